"""Help with the words: what a reader, asked by a record's author, would change in it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField
from partnerships.models import Membership, Space, SpaceMembership

from .record import Attribution, Record

LONGEST_LINE = 300


class SuggestionQuerySet(models.QuerySet):
    """Words for finding what is asked and suggested."""

    def open(self):
        """Return those that nobody has answered, declined or taken back."""
        return self.filter(ended_at=None)

    def standing(self):
        """Return questions that hold: both have been in the record's space ever since, and the author is named in it.

        Who left and came back is asked anew, and so is everybody once a record was shared anew.
        """
        rows = self.open().filter(record__withdrawn_at=None, record__attribution=Attribution.NAMED)
        rows = rows.filter(record__shared_at__lte=F("asked_at"))
        return rows.filter(_in_its_space("helper"), _in_its_space("record__author"))

    def to_write(self):
        """Return those on which the helper has not written yet."""
        return self.filter(suggested_at=None)

    def to_answer(self):
        """Return those that wait for the record's author."""
        return self.open().filter(suggested_at__isnull=False)


def _in_its_space(person: str) -> Q:
    """Say that somebody has been in the record's space without a gap since the question was asked."""
    stay = {"person": OuterRef(person), "started_at__lte": OuterRef("asked_at")}
    place = {"membership__person": OuterRef(person), "started_at__lte": OuterRef("asked_at")}
    member = Membership.objects.current().filter(partnership=OuterRef("record__space__partnership"), **stay)
    inside = SpaceMembership.objects.current().filter(space=OuterRef("record__space"), **place)
    return Q(record__space__kind=Space.Kind.WIDER_FIELD) | (
        Exists(member) & (Q(record__space__kind=Space.Kind.EVERYONE) | Exists(inside))
    )


class Suggestion(models.Model):
    """One question to one helper, and what they then suggest; nothing of it is in the record before its author says so.

    It widens nothing: only somebody who can read the record is asked. Its words are wiped as it ends.
    Source: a dyslexic member who wants somebody trusted to correct their words (loomio/loomio, issue 3954).
    """

    class Outcome(models.TextChoices):
        """How it ended."""

        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Not now")
        TAKEN_BACK = "taken_back", _("Taken back")

    public_id = PublicIdField()
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="suggestions")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    wish = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="What the author would like.")
    asked_at = models.DateTimeField()
    asked_version = models.PositiveIntegerField(help_text="The record's version when its author asked.")
    had = models.JSONField(default=dict, blank=True, help_text="The words as the helper had them: field to text.")
    suggested = models.JSONField(default=dict, blank=True, help_text="The same fields as the helper would have them.")
    note = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="A line from the helper to the author.")
    suggested_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "helper"],
                condition=Q(ended_at=None),
                name="%(app_label)s_%(class)s_one_open_per_helper",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="%(app_label)s_%(class)s_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(suggested_at__isnull=False) | Q(had={}, suggested={}, note=""),
                name="%(app_label)s_%(class)s_words_come_with_their_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(wish="", had={}, suggested={}, note=""),
                name="%(app_label)s_%(class)s_holds_no_words_once_ended",
            ),
        ]

    def __str__(self):
        return f"suggestion {self.public_id}"

    @property
    def is_open(self) -> bool:
        """Say whether it has neither been answered, declined nor taken back."""
        return self.ended_at is None

    def end(self, outcome: str) -> Self:
        """End it, and wipe all its words."""
        self.outcome, self.ended_at = outcome, timezone.now()
        self.wish = self.note = ""
        self.had, self.suggested = {}, {}
        self.save(update_fields=["outcome", "ended_at", "wish", "note", "had", "suggested"])
        return self
