"""What is said to be part of a cycle or an activity."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from learnpartner.fields import PublicIdField
from records.models import Record


class Part(models.Model):
    """That a record of any kind is part of a cycle or an activity. It changes neither, and opens neither.

    It is shown to those who read both, by the one rule, and to nobody else.
    """

    public_id = PublicIdField()
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="part_of")
    whole = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="made_of")
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "whole"], name="%(app_label)s_%(class)s_once_each"),
            models.CheckConstraint(condition=~Q(record=F("whole")), name="%(app_label)s_%(class)s_not_of_itself"),
        ]

    def __str__(self):
        return f"part {self.public_id}"
