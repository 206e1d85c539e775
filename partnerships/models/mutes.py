"""Spaces of which somebody wants no mail."""

from django.conf import settings
from django.db import models

from .spaces import Space


class Mute(models.Model):
    """One person's wish to get no mail about one space. It wins over every other choice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="mutes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "space"], name="%(app_label)s_%(class)s_once")]

    def __str__(self):
        return f"mute {self.pk}"
