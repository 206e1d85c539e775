"""What happened, who did it and when; never what was written."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One change of state, kept so that people can later be told who did what.

    Holds no content: the thing is named by its kind and public id only. No page of the product is built from it.
    Events are added by the action that makes the change, in its transaction, and are never changed.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: the system.",
    )
    action = models.CharField(max_length=60, help_text="A verb on a kind, such as reflection.share.")
    kind = models.CharField(max_length=40)
    public_id = models.CharField(max_length=80)
    facts = models.JSONField(default=dict, blank=True, help_text="Keys and ids, such as the space; no words of people.")
    happened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "public_id"])]

    def __str__(self):
        return f"{self.action} {self.public_id}"

    def save(self, *args, **kwargs):
        """Add the event; refuse to change one."""
        if self.pk:
            raise ValueError("An audit event is never changed.")
        super().save(*args, **kwargs)
