"""What a boundary object said at each time, how it stood, and where people used it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models import Attachment
from records.models.record import LONGEST_TEXT, LONGEST_TITLE

from .objects import LONGEST_WHY, BoundaryObject, ObjectState

LONGEST_CHANGE = 200
LONGEST_REASON = 500
LONGEST_USE = 300


class ObjectVersion(models.Model):
    """One version of a boundary object, with a line on what changed. All who read the object read all of them.

    Those from before a fold was ended by other words are kept, and read by nobody but who wrote the object down: they
    hold what could identify somebody (`is_hidden`).
    """

    boundary_object = models.ForeignKey(BoundaryObject, on_delete=models.CASCADE, related_name="kept_versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    why = models.CharField(max_length=LONGEST_WHY)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    change = models.CharField(max_length=LONGEST_CHANGE, blank=True, help_text="What changed; empty for the first.")
    files = models.ManyToManyField(Attachment, related_name="+", blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="object_versions")
    made_at = models.DateTimeField()
    is_hidden = models.BooleanField(default=False, help_text="A fold was ended by a later version.")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["boundary_object", "number"], name="%(app_label)s_%(class)s_once_each")
        ]

    def __str__(self):
        return f"version {self.pk} of a boundary object"

    @property
    def words(self) -> dict[str, str]:
        """Return what it says, as `records.former` compares it."""
        return {"title": self.title, "why": self.why, "text": self.text}

    @property
    def kept_files(self) -> list[Attachment]:
        """Return its files that were not taken off for good; prefetch them for several versions."""
        return [row for row in self.files.all() if row.record_id == self.boundary_object_id]


class ObjectChange(models.Model):
    """From which day on a boundary object stood how, and why. Each is kept; the first is that it came in."""

    boundary_object = models.ForeignKey(BoundaryObject, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=10, choices=ObjectState, help_text="How it stood from then on.")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    superseded_by = models.ForeignKey(BoundaryObject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="object_changes")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ObjectState.values), name="%(app_label)s_%(class)s_has_a_known_state"
            )
        ]

    def __str__(self):
        return f"change {self.pk} of a boundary object"


class ObjectUse(models.Model):
    """Where somebody used a boundary object, and on which day, in a line of theirs."""

    boundary_object = models.ForeignKey(BoundaryObject, on_delete=models.CASCADE, related_name="uses")
    line = models.CharField(max_length=LONGEST_USE, verbose_name=_("where"))
    used_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="object_uses")
    written_at = models.DateTimeField()
    submission = models.CharField(max_length=24, editable=False, help_text="The key of the form that made it.")

    class Meta:
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "submission"], name="%(app_label)s_%(class)s_saved_once_per_form")
        ]

    def __str__(self):
        return f"use {self.pk} of a boundary object"
