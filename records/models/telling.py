"""Words that somebody told and somebody else wrote down: how the teller agreed, and who else knows of it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from learnpartner.fields import PublicIdField, new_public_id
from partnerships.models import Membership, Space

from .record import Record

LONGEST_SENTENCE = 500


class Telling(models.Model):
    """How a teller agreed that their words stand in a record: how, when, and for which audience.

    Who told it is a column of the record. `edition` is another random string after each change of the words or of the
    agreement; a confirmation holds for the edition that it was given for. A number would tell how often it changed.

    Source: trace row 55 of the paper (interviews as first-person research): who does not write has a say all the same.
    """

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="telling")
    how_agreed = models.CharField(max_length=LONGEST_SENTENCE, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_for = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The audience that the teller agreed to; none: only the one who wrote it down, so far.",
    )
    edition = models.CharField(max_length=12, default=new_public_id, editable=False)

    def __str__(self):
        return f"telling {self.pk}"

    @property
    def is_complete(self) -> bool:
        """Say whether it says how and when the teller agreed, and to whom."""
        return bool(self.how_agreed and self.agreed_on and self.agreed_for_id)

    @property
    def asked(self) -> "TellingQuestion | None":
        """Return the question to a second member, if one was asked."""
        return getattr(self, "question", None)

    @property
    def was_confirmed(self) -> bool:
        """Say whether a second member has confirmed it, for this edition or one before."""
        return bool(self.asked and self.asked.knows)

    @property
    def is_confirmed(self) -> bool:
        """Say whether a second member has confirmed it as it is now."""
        return bool(self.asked and self.asked.knows and self.asked.answered_edition == self.edition)


class TellingQuestionQuerySet(models.QuerySet):
    """Words for finding questions."""

    def waiting(self):
        """Return those to be answered: not answered yet, or confirmed before what was agreed or said changed.

        Of what is shared nobody is asked any more, and who could not say so is not asked the same again.
        """
        changed = Q(knows=True) & ~Q(answered_edition=F("telling__edition"))
        return self.filter(Q(answered_at=None) | changed, telling__record__space=None)

    def with_what_is_shown(self):
        """Fetch what the second member is shown: who asks, whose words they are, how, when and for whom. No more."""
        return self.select_related("telling__agreed_for__partnership", "asked__partnership").annotate(
            asked_by=F("telling__record__author__name"),
            told_by=F("telling__record__told_by"),
            is_shared=Q(telling__record__space__isnull=False),
        )


class TellingQuestion(models.Model):
    """What one second member is asked: whether the teller agreed as the writer says. They are shown no word of it.

    One at a time; whoever asks somebody else, asks anew. Nobody but the two ever sees it, and what was answered shows
    to readers in one line.
    """

    public_id = PublicIdField()
    telling = models.OneToOneField(Telling, on_delete=models.CASCADE, related_name="question")
    asked = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    knows = models.BooleanField(null=True, help_text="Whether they know that it is so.")
    how_known = models.CharField(max_length=LONGEST_SENTENCE, blank=True)
    answered_edition = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TellingQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(knows=None, answered_at=None, answered_edition="")
                | (Q(knows__isnull=False, answered_at__isnull=False) & ~Q(answered_edition="")),
                name="%(app_label)s_%(class)s_answered_whole_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(knows=True) | ~Q(how_known=""),
                name="%(app_label)s_%(class)s_who_knows_says_how",
            ),
        ]

    def __str__(self):
        return f"telling question {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Say whether it is to be answered, as long as nothing is shared."""
        return self.answered_at is None or (bool(self.knows) and self.answered_edition != self.telling.edition)
