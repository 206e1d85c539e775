"""Who is in a cycle, or takes part in an activity."""

from django.conf import settings
from django.db import models

from records.models import Record


class TakingPart(models.Model):
    """One person in one cycle or activity, named by somebody in its space: as who facilitates it, or takes part."""

    whole = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="taking_part")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="taking_part")
    facilitates = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["whole", "person"], name="%(app_label)s_%(class)s_once_each")]

    def __str__(self):
        return f"taking part {self.pk}"
