"""What a supervision session leaves: through which lenses, what shifted, a concern, and who acknowledged it.

Source: the paper's "therapist's therapist", for "the ethics, quality, and governance of the learning partners".
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .sessions import Session

LONGEST_SUPERVISION_NOTE = 10_000


class Lens(models.TextChoices):
    """Ways of looking at practice in supervision.

    Source: Proctor's three functions; the seven eyes of Hawkins and Shohet.
    """

    NORMATIVE = "normative", _("Doing it right: ethics, quality, what we answer for")
    FORMATIVE = "formative", _("Learning: what I could get better at")
    RESTORATIVE = "restorative", _("Being carried: what the work does to me")
    EYE_1 = "eye_1", _("The people I work with")
    EYE_2 = "eye_2", _("What I did there")
    EYE_3 = "eye_3", _("How they and I are with each other")
    EYE_4 = "eye_4", _("Myself in this work")
    EYE_5 = "eye_5", _("How it repeats between us here")
    EYE_6 = "eye_6", _("What the supervisor notices in themselves")
    EYE_7 = "eye_7", _("The wider system around it")


PROCTOR = (Lens.NORMATIVE, Lens.FORMATIVE, Lens.RESTORATIVE)
EYES = tuple(lens for lens in Lens if lens not in PROCTOR)
SUPERVISION_BOXES = ("lenses", "shifted", "has_concern", "concern", "followed_up", "followed_up_on")


class SupervisionNote(models.Model):
    """What is kept of a supervision session, one for each; read by those in its space alone."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="supervision_note")
    lenses: Any = models.JSONField(default=list)
    shifted = models.TextField(max_length=LONGEST_SUPERVISION_NOTE, blank=True)
    has_concern = models.BooleanField(default=False)
    concern = models.TextField(max_length=LONGEST_SUPERVISION_NOTE, blank=True)
    followed_up = models.TextField(max_length=LONGEST_SUPERVISION_NOTE, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(has_concern=False, concern="", followed_up="", followed_up_on=None)
                | (Q(has_concern=True) & ~Q(concern="")),
                name="%(app_label)s_%(class)s_says_what_the_concern_is",
            ),
            models.CheckConstraint(
                condition=Q(followed_up="", followed_up_on=None)
                | (~Q(followed_up="") & Q(followed_up_on__isnull=False)),
                name="%(app_label)s_%(class)s_followed_up_on_a_day",
            ),
        ]

    def __str__(self):
        return f"supervision note {self.pk}"

    @property
    def words(self) -> dict[str, Any]:
        """Return what it says, box by box."""
        return {name: getattr(self, name) for name in SUPERVISION_BOXES}

    @property
    def lens_words(self) -> list[str]:
        """Return the lenses in words, in their order."""
        return [str(lens.label) for lens in Lens if lens.value in self.lenses]


class Acknowledgement(models.Model):
    """That one who was there has read the note and lets it stand, at the version that they saw."""

    note = models.ForeignKey(SupervisionNote, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acknowledgements")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["note", "person", "version"], name="%(app_label)s_%(class)s_once_each")
        ]

    def __str__(self):
        return f"acknowledgement {self.pk}"
