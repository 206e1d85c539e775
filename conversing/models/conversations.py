"""Conversations: a question among the people of a space, what came of it, and who wants no mail about it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import DateTimeField, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField
from partnerships.models import Partnership
from records.models import Record, Response
from records.models.record import RecordQuerySet

LONGEST_SUMMARY = 5_000
LONGEST_CLOSING = 500
LONGEST_CALL = 1_000
# In weeks, where a partnership has not set its own.
QUIET_AFTER = 4
LONGEST_QUIET = 52


class ConversationState(models.TextChoices):
    """Where a conversation is in its life. Nobody sets it but by speaking, or by closing it.

    Source: the paper: conversing is instigating, encouraging, nurturing and mending conversations.
    """

    STARTED = "started", _("Started")
    ALIVE = "alive", _("Alive")
    QUIET = "quiet", _("Quiet")
    CLOSED = "closed", _("Closed")


class ConversationQuerySet(RecordQuerySet):
    """Words for finding conversations with what has been said in them."""

    def with_what_was_said(self):
        """Note on each when somebody last spoke, whether another has, and after how many weeks it counts as quiet."""
        said = Response.objects.filter(within=OuterRef("pk")).standing().order_by()  # type: ignore[attr-defined]
        last = said.values("within").annotate(last=Max("shared_at")).values("last")
        quiet = QuietAfter.objects.filter(partnership=OuterRef("partnership")).values("weeks")
        return self.annotate(
            last_said_at=Coalesce(Subquery(last), "shared_at", output_field=DateTimeField()),
            has_answers=Exists(said.exclude(author=OuterRef("author"))),
            weeks_until_quiet=Coalesce(Subquery(quiet), QUIET_AFTER),
        )


class Conversation(Record):
    """A question among the people of a space, and what they say to it.

    It is its space's. The record's title is the question, its text what lies behind it; what people say are responses.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=LONGEST_CLOSING, blank=True, help_text="A line on why it was closed.")

    # Set by `with_what_was_said`.
    last_said_at: datetime
    has_answers: bool
    weeks_until_quiet: int

    objects = ConversationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(closing=""),
                name="%(app_label)s_%(class)s_only_closed_ones_say_why",
            )
        ]

    def __str__(self):
        return f"conversation {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of all that is said of it."""
        super().withhold_words()
        self.closing = ""

    @property
    def is_closed(self) -> bool:
        """Say whether somebody has closed it."""
        return self.closed_at is not None

    @property
    def state(self) -> ConversationState:
        """Say where it is, by comparing moments: no job makes it quiet. Fetched by `with_what_was_said`."""
        if self.is_closed:
            return ConversationState.CLOSED
        if self.last_said_at < timezone.now() - timedelta(weeks=self.weeks_until_quiet):
            return ConversationState.QUIET
        return ConversationState.ALIVE if self.has_answers else ConversationState.STARTED


class ConversationSummary(models.Model):
    """What a conversation has come to, in one of its versions: each stays, and the last one holds.

    Anybody in the space writes it, so it is the group's.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="summaries")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=LONGEST_SUMMARY)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="summaries_written")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="%(app_label)s_%(class)s_once_each")
        ]

    def __str__(self):
        return f"summary {self.pk} of a conversation"


class ConversationMute(models.Model):
    """That somebody wants no mail about one conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="mutes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversation_mutes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="%(app_label)s_%(class)s_once_each")
        ]

    def __str__(self):
        return f"mute {self.pk}"


class StepInQuerySet(models.QuerySet):
    """Words for finding who asks the learning partner to step in."""

    def open(self):
        """Return what no learning partner has seen to yet."""
        return self.filter(ended_at=None)

    def asked_of(self, reader: Any):
        """Return what the reader is asked as learning partner of the partnership, in spaces that they are in now."""
        mine = [key for key, row in reader.memberships.items() if row.held_role.is_learning_partner]
        asked = self.open().filter(conversation__partnership__in=mine, conversation__space__in=list(reader.spaces))
        return asked.exclude(asked_by=reader.person)


class StepIn(models.Model):
    """That somebody asks the learning partner to step in to a conversation. Nobody else learns of it."""

    public_id = PublicIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="calls")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calls_to_step_in")
    text = models.TextField(max_length=LONGEST_CALL, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When a learning partner had seen to it.")

    objects = StepInQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "asked_by"],
                condition=Q(ended_at=None),
                name="%(app_label)s_%(class)s_one_at_a_time",
            )
        ]

    def __str__(self):
        return f"call {self.pk}"


class QuietAfter(models.Model):
    """After how many weeks without a word a conversation counts as quiet, as a partnership has set it."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="quiet_after")
    weeks = models.PositiveSmallIntegerField(default=QUIET_AFTER)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=LONGEST_QUIET), name="%(app_label)s_%(class)s_within_a_year"
            )
        ]

    def __str__(self):
        return f"quiet after, {self.partnership_id}"
