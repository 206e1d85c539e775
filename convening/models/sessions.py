"""Sessions: occasions on which people of a space meet."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partnerships.models import Membership
from records.models import Record
from records.models.record import RecordQuerySet

from .series import Series

LONGEST_PLACE = 200
LONGEST_LINK = 500
LONGEST_QUESTION = 300
LONGEST_REASON = 500
# So long before it starts, those who come may look in.
DOORS_OPEN = timedelta(minutes=15)


class Occasion(models.TextChoices):
    """What a session is an occasion for.

    Source: the paper: convening makes occasions for sense-making, co-creation, governance and reflection; and the
    article, in which a commissioner works a shift "shoulder to shoulder" with those who deliver.
    """

    SENSE_MAKING = "sense_making", _("Making sense together")
    CO_CREATION = "co_creation", _("Creating something together")
    LOOKING_AGAIN = "looking_again", _("Looking again at what we set out to do")
    REFLECTION = "reflection", _("Reflecting")
    VISIT = "visit", _("A visit, side by side")


class Activity(models.TextChoices):
    """The way of learning together, if it has a name.

    Source: the paper's activities of first- and second-person learning, and those of neighbouring methods.
    """

    INTERVIEW = "interview", _("Interview")
    GUIDED_REFLECTION = "guided_reflection", _("Guided reflection")
    COACHING = "coaching", _("Coaching")
    WORKSHOP = "workshop", _("Workshop")
    LEARNING_EVENT = "learning_event", _("Learning event")
    LEARNING_COMMUNITY = "learning_community", _("Learning community")
    COMMUNITY_OF_PRACTICE = "community_of_practice", _("Community of practice")
    ACTION_LEARNING_SET = "action_learning_set", _("Action learning set")
    REFLECTIVE_SUPERVISION = "reflective_supervision", _("Reflective supervision")
    ANALYSIS = "analysis", _("Looking for deep patterns")
    THEORY_OF_CHANGE = "theory_of_change", _("Theory of change")


class Confidentiality(models.TextChoices):
    """What may leave the room."""

    ORDINARY = "ordinary", _("As in our agreement")
    CHATHAM_HOUSE = "chatham_house", _("Chatham House Rule")


class SessionQuerySet(RecordQuerySet):
    """Words for finding sessions by when they are."""

    def coming(self):
        """Return what is not over yet, cancelled ones included, the next first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def over(self):
        """Return what has ended, the last first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")

    def taking_place(self):
        """Leave out what was cancelled."""
        return self.filter(cancelled_at=None)

    def held(self, pk):
        """Return a session with its space as they are now, its row held until the end of the transaction."""
        return self.select_for_update(of=("self",)).select_related("space__partnership").get(pk=pk)

    def for_list(self, reader):
        """Fetch what lists and calendars show, with what is withheld left empty."""
        rows = self.standing().with_words_for(reader).without_texts()
        return rows.select_related("space__partnership", "host")


class Session(Record):
    """An occasion on which people of a space meet: why, when, where, and what leaves the room.

    It is its space's, not its convener's. Its purpose is the record's text; its author is who convened it, which gives
    no right. The host runs it now.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    occasion = models.CharField(max_length=20, choices=Occasion, default=Occasion.SENSE_MAKING)
    activity = models.CharField(max_length=24, choices=Activity, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=64, default="Europe/London", help_text="The zone in which its hours are said.")
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    link = models.URLField(max_length=LONGEST_LINK, blank=True, help_text="Where one joins from afar.")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hosted_sessions")
    confidentiality = models.CharField(max_length=16, choices=Confidentiality, default=Confidentiality.ORDINARY)
    missing = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="Who is missing from the table.")
    question = models.CharField(max_length=LONGEST_QUESTION, blank=True, help_text="What one may write on before it.")
    is_silent = models.BooleanField(default=True, help_text="What is written before stays unseen until the reveal.")
    revealed_at = models.DateTimeField(null=True, blank=True)
    was_to_start_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was to be before it was last moved."
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    moved_alone = models.BooleanField(default=False, help_text="It keeps its time where its series is moved.")

    objects = SessionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="%(app_label)s_%(class)s_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_because="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_because="")),
                name="%(app_label)s_%(class)s_cancelled_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(zone=""), name="%(app_label)s_%(class)s_has_a_zone"),
            models.CheckConstraint(
                condition=Q(moved_alone=False) | Q(series__isnull=False),
                name="%(app_label)s_%(class)s_moved_alone_out_of_a_series",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="convening_session_by_start"),
            models.Index(fields=["ends_at"], name="convening_session_by_end"),
        ]

    def __str__(self):
        return f"session {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of all that was said of it."""
        super().withhold_words()
        self.place = self.link = self.missing = self.question = self.cancelled_because = ""

    @cached_property
    def members_now(self) -> list[Membership]:
        """Return those in its space now, by name, each with their person: asked once for a page."""
        return list(self.space.members().select_related("person").order_by("person__name")) if self.space else []

    @cached_property
    def attendees_now(self) -> list[Any]:
        """Return what is noted of each person: whether they come, whether they were there. Asked once for a page."""
        return list(self.attendees.select_related("person"))

    @property
    def tzinfo(self) -> ZoneInfo:
        """Return the zone in which its hours are said."""
        return ZoneInfo(self.zone)

    @property
    def starts(self) -> datetime:
        """Return when it starts, in its own zone."""
        return self.starts_at.astimezone(self.tzinfo)

    @property
    def ends(self) -> datetime:
        """Return when it ends, in its own zone."""
        return self.ends_at.astimezone(self.tzinfo)

    @property
    def day(self) -> date:
        """Return the day on which it starts, where it is."""
        return self.starts.date()

    @property
    def minutes(self) -> int:
        """Return how long it lasts, in minutes."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def is_cancelled(self) -> bool:
        """Say whether it does not take place."""
        return self.cancelled_at is not None

    @property
    def has_started(self) -> bool:
        """Say whether its time has come."""
        return self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        """Say whether its time has gone by."""
        return self.ends_at <= timezone.now()

    @property
    def is_running(self) -> bool:
        """Say whether it takes place now."""
        return self.has_started and not self.is_over and not self.is_cancelled

    @property
    def is_live(self) -> bool:
        """Say whether its live page is open: from a quarter of an hour before it starts until its end."""
        return self.starts_at - DOORS_OPEN <= timezone.now() < self.ends_at and not self.is_cancelled

    @property
    def is_chatham_house(self) -> bool:
        """Say whether no names and no organisations leave the room.

        Source: the Chatham House Rule: what was said may be used, and neither who said it nor their affiliation told.
        """
        return self.confidentiality == Confidentiality.CHATHAM_HOUSE

    @property
    def is_elsewhere(self) -> bool:
        """Say whether its hours are said in another zone than the site's."""
        return self.zone != timezone.get_default_timezone_name()

    @property
    def takes_words(self) -> bool:
        """Say whether one may still write for it."""
        return not (self.is_over or self.is_cancelled)

    @property
    def hides_contributions(self) -> bool:
        """Say whether what is written for it is seen by its author only, for now."""
        return self.is_silent and self.revealed_at is None
