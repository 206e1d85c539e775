"""What came of a session: the words, what they were before, whether they are agreed, and whether they may travel."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .attendees import Attendee
from .sessions import Session

LONGEST_NOTES = 20_000
LONGEST_OBJECTION = 2_000
# The boxes of an outcome, in their order.
BOXES = ("learned", "will_try", "questions", "we_assumed", "we_now_assume")


class OutcomeState(models.TextChoices):
    """How far an outcome is on its way to be agreed."""

    NOTED = "noted", _("Notes, not agreed yet")
    PROPOSED = "proposed", _("Proposed")
    OBJECTED = "objected", _("Somebody objects")
    AGREED = "agreed", _("Agreed")


class OutcomeQuerySet(models.QuerySet):
    """Words for finding outcomes by how far they are; all of them compare moments, so that no job is needed."""

    def open_to_objections(self):
        """Return what is proposed, and neither agreed yet nor stopped by an objection."""
        return self.filter(agrees_at__gt=timezone.now(), stopped_at=None)

    def stopped(self):
        """Return what somebody objects to, until it is amended."""
        return self.exclude(stopped_at=None)

    def agreed(self):
        """Return what nobody objected to until its day had passed."""
        return self.filter(agrees_at__lte=timezone.now(), stopped_at=None)

    def noting_carried(self):
        """Note on each, as `all_say_yes`, whether all who were there say that it may be carried further."""
        there = Attendee.objects.filter(session=OuterRef("session"), attended=True)
        yes = Carrying.objects.filter(outcome__session=OuterRef("session"), person=OuterRef("person"), may_travel=True)
        silent = there.exclude(Exists(yes))
        return self.annotate(all_say_yes=Case(When(Exists(there) & ~Exists(silent), then=True), default=False))


class Outcome(models.Model):
    """What came of a session, one for each: what was learned, what will be tried, what stays open.

    Anybody in the space takes notes; the host proposes them, and they are agreed unless somebody objects until the end
    of a day. That is never written down: `agrees_at` is the end of that day, and an objection stops it.

    Source: sociocracy's consent ("no paramount objection") and the paper's double loop, "we assumed, we now assume".
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="outcome")
    learned = models.TextField(max_length=LONGEST_NOTES, blank=True)
    will_try = models.TextField(max_length=LONGEST_NOTES, blank=True)
    questions = models.TextField(max_length=LONGEST_NOTES, blank=True)
    we_assumed = models.TextField(max_length=LONGEST_NOTES, blank=True)
    we_now_assume = models.TextField(max_length=LONGEST_NOTES, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="outcomes_written")
    written_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    agrees_at = models.DateTimeField(null=True, blank=True, help_text="The end of the day until which one may object.")
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="When somebody objected to what is proposed.")

    # Set by `convening.after.outcomes.outcome_of`.
    objections_now: list["Objection"]

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_at=None, proposed_by=None, agrees_at=None)
                | Q(proposed_at__isnull=False, proposed_by__isnull=False, agrees_at__gt=models.F("proposed_at")),
                name="%(app_label)s_%(class)s_proposed_by_somebody_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(proposed_at__isnull=False, stopped_at__lt=models.F("agrees_at")),
                name="%(app_label)s_%(class)s_stopped_before_its_day_is_over",
            ),
        ]
        indexes = [models.Index(fields=["agrees_at"], name="convening_outcome_by_day")]

    def __str__(self):
        return f"outcome {self.pk}"

    @property
    def words(self) -> dict[str, str]:
        """Return what it says, box by box."""
        return {name: getattr(self, name) for name in BOXES}

    @property
    def state(self) -> OutcomeState:
        """Say how far it is, by comparing moments."""
        if self.agrees_at is None:
            return OutcomeState.NOTED
        if self.stopped_at:
            return OutcomeState.OBJECTED
        return OutcomeState.AGREED if self.agrees_at <= timezone.now() else OutcomeState.PROPOSED

    @property
    def is_agreed(self) -> bool:
        """Say whether its day has passed and nobody objected: it is fixed from then on."""
        return self.state == OutcomeState.AGREED

    @property
    def is_proposed(self) -> bool:
        """Say whether it stands as it was proposed, objected to or not."""
        return self.state in (OutcomeState.PROPOSED, OutcomeState.OBJECTED)

    @property
    def is_objected_to(self) -> bool:
        """Say whether an objection keeps it from being agreed."""
        return self.state == OutcomeState.OBJECTED

    @property
    def takes_objections(self) -> bool:
        """Say whether one may object: until the end of its day, after another's objection as well."""
        return self.agrees_at is not None and self.agrees_at > timezone.now()

    @property
    def last_day(self) -> date | None:
        """Return the last day on which one may object, where the session is."""
        return last_day_before(self.agrees_at, self.session) if self.agrees_at else None

    def take_proposal_back(self) -> None:
        """Empty what says that it is proposed; the caller saves."""
        self.proposed_by = self.proposed_at = self.agrees_at = self.stopped_at = None


def last_day_before(moment: datetime, session: Session) -> date:
    """Return the day that ends at that moment, where the session is."""
    return (moment - timedelta(microseconds=1)).astimezone(session.tzinfo).date()


class OutcomeVersion(models.Model):
    """What an outcome said before it was changed, and who had written that: all in the space read it."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    words: Any = models.JSONField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    was_proposed = models.BooleanField(default=False, help_text="It was proposed like this when it was changed.")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["outcome", "number"], name="%(app_label)s_%(class)s_once_each")]

    def __str__(self):
        return f"version {self.number} of outcome {self.outcome_id}"


class Objection(models.Model):
    """Why somebody does not agree with an outcome as it was proposed; kept with the version that it is about."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="objections")
    version = models.PositiveIntegerField(help_text="The version of the outcome that it objects to.")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="objections")
    text = models.TextField(max_length=LONGEST_OBJECTION, blank=True, help_text="Empty once its author took all back.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"objection {self.pk}"


class Carrying(models.Model):
    """Whether one who was there lets an agreed outcome be carried further, nobody named. Silence is no.

    Only oneself ever sees it; others see that all said yes, or nothing.
    """

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="carryings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="carryings")
    may_travel = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "person"], name="%(app_label)s_%(class)s_once_each")]

    def __str__(self):
        return f"carrying {self.pk}"
