"""What a record said before it was changed."""

from django.conf import settings
from django.db import models

from .record import Record


class Version(models.Model):
    """The words of a record until somebody changed them. Only its author reads former words."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="The record's version number while it said this.")
    words = models.JSONField(help_text="Title, text, and the further words of the kind.")
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="%(app_label)s_%(class)s_each_number_once")
        ]

    def __str__(self):
        return f"version {self.pk}"
