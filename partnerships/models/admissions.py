"""How somebody comes into a space that others are in already."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField

from .memberships import Membership
from .spaces import Space

# Silence of those inside counts as yes after this long.
SILENCE_IS_YES_AFTER = timedelta(days=3)


class AdmissionQuerySet(models.QuerySet):
    """Words for finding admissions."""

    def pending(self):
        """Return those that are not decided yet."""
        return self.filter(closed_at=None)


class Admission(models.Model):
    """The question whether somebody comes into a space, or may stay in it.

    Somebody inside asks another member in, or a member asks to join and somebody inside takes that up; those inside
    hear of it by name. It takes effect when the person has accepted and all inside have said yes, or three days after
    it was asked. One no from inside stops it, and is told without a name. Whoever is asked into a space as it opens
    needs no answer from others who are asked then.

    Where the person holds power over people in a space of peers, silence is no yes, and a change of role that gives
    such power asks the question of those inside once more.
    """

    class Kind(models.TextChoices):
        """Where the question came from."""

        FOUNDING = "founding", _("Asked in as it opened")
        ASKED_IN = "asked_in", _("Asked in")
        ASKED_TO_JOIN = "asked_to_join", _("Asked to join")
        NEW_POWER = "new_power", _("Has power over people here since")

    class Outcome(models.TextChoices):
        """How it ended."""

        ADMITTED = "admitted", _("Came in")
        DECLINED = "declined", _("Would rather not")
        STOPPED = "stopped", _("Not now")
        LAPSED = "lapsed", _("Came to nothing")

    public_id = PublicIdField()
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="admissions")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="admissions")
    kind = models.CharField(max_length=20, choices=Kind)
    asked_by = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(help_text="When somebody inside asked, or took the request up.")
    holds_power = models.BooleanField(default=False, help_text="Over people in this space of peers.")
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "membership"],
                condition=Q(closed_at=None),
                name="%(app_label)s_%(class)s_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (~Q(closed_at=None) & ~Q(outcome="")),
                name="%(app_label)s_%(class)s_ends_somehow",
            ),
        ]

    def __str__(self):
        return f"admission {self.pk}"


class AdmissionAnswer(models.Model):
    """What one person inside said. A no is never shown with a name."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="answers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    says_yes = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["admission", "membership"], name="%(app_label)s_%(class)s_once")]

    def __str__(self):
        return f"answer {self.pk}"
