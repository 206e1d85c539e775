"""What happened, who did it and when; never what was written."""

from django.conf import settings
from django.db import models


class AuditEventQuerySet(models.QuerySet):
    """Words for finding events."""

    def by(self, person):
        """Return what this person did."""
        return self.filter(actor=person)

    def unsealed(self):
        """Return events that are not in the chain yet."""
        return self.filter(seal=None)


class AuditEvent(models.Model):
    """One change of state, kept so that people can later be told who did what.

    Holds no content: the thing is named by its kind and public id only. Events are added by the action that makes the
    change, in its transaction, and are never changed: the database refuses it (migration 0004), and where it did not,
    the chain of seals would show it.
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

    objects = AuditEventQuerySet.as_manager()

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


class AuditSeal(models.Model):
    """One link of the chain: an event's place in it, and a digest of the event and of all links before it.

    Whoever changes, takes away, adds or moves an event later would have to make all links after it anew; a digest that
    was noted elsewhere (an anchor) then shows that this was done. `desk.sealing` makes links, `manage.py verify_audit`
    looks at them. Seals are never changed either.
    """

    number = models.PositiveBigIntegerField(unique=True, help_text="From 1, without a gap.")
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="seal")
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256, in hexadecimal.")

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.digest}"

    def save(self, *args, **kwargs):
        """Add the link; refuse to change one."""
        if self.pk:
            raise ValueError("A seal is never changed.")
        super().save(*args, **kwargs)
