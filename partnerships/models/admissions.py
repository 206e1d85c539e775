"""How somebody comes into a space that others are in already."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField

from .memberships import Membership
from .spaces import Space

# Silence of those inside counts as yes after this long.
SILENCE_IS_YES_AFTER = timedelta(days=3)
# After a no nobody is asked the same again for this long.
NOT_ASKED_AGAIN_FOR = timedelta(days=30)


class AdmissionQuerySet(models.QuerySet):
    """Words for finding admissions."""

    def pending(self):
        """Return those that are not decided yet, by the clock: one may close on a day to come."""
        return self.filter(Q(closed_at=None) | Q(closed_at__gt=timezone.now()))

    def refused(self, *outcomes: str):
        """Return those that ended so lately, in one of these ways, that it is too soon to ask again."""
        return self.filter(outcome__in=outcomes, closed_at__gt=timezone.now() - NOT_ASKED_AGAIN_FOR).exclude(
            closed_at__gt=timezone.now()
        )


class Admission(models.Model):
    """The question whether somebody comes into a space, or may stay in it.

    Somebody inside asks another member in, or a member asks to join and somebody inside takes that up; those inside
    hear of it by name. It takes effect when the person has accepted and all inside have said yes, or three days after
    it was asked. One no from inside stops it, and is told without a name. Whoever is asked into a space as it opens
    needs no answer from others who are asked then.

    Where the person holds power over people in a space of peers, silence is no yes, and a change of role that gives
    such power asks the question of those inside once more.

    No job runs: once the person has accepted, the place in the space is written with the moment at which it begins,
    and the admission closes at that same moment, which may lie ahead. A no until then takes both away.
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

    @property
    def is_pending(self) -> bool:
        """Say whether it is not decided yet."""
        return self.closed_at is None or self.closed_at > timezone.now()

    @property
    def is_taken_up(self) -> bool:
        """Say whether somebody inside asks it. A request to join waits for that, and its days do not begin before."""
        return self.kind != self.Kind.ASKED_TO_JOIN or self.asked_by_id is not None

    @property
    def needs_every_yes(self) -> bool:
        """Say whether silence is no yes here."""
        return self.holds_power and self.kind != self.Kind.FOUNDING

    @property
    def silence_is_yes_at(self) -> datetime:
        """Return the moment from which silence of those inside counts as yes."""
        return self.asked_at + SILENCE_IS_YES_AFTER

    @property
    def since(self) -> datetime:
        """Return since when the question stands: since the person asked to join, or was asked."""
        return self.asked_at if self.is_taken_up else (self.accepted_at or self.asked_at)

    @property
    def holds_back_from_joining(self) -> bool:
        """Say whether somebody inside said no so lately that the person cannot ask to join yet."""
        again_on = self.can_be_asked_again_on
        stopped = self.outcome == self.Outcome.STOPPED
        return stopped and again_on is not None and again_on > timezone.now()

    @property
    def can_be_asked_again_on(self) -> datetime | None:
        """Return from when the same may be asked again, after a no."""
        return self.closed_at + NOT_ASKED_AGAIN_FOR if self.closed_at else None


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
