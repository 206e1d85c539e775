"""What is in the way of people who learn and try together, and what they were answered."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.models import Record
from records.models.record import RecordQuerySet

LONGEST_MATTER = 4_000
LONGEST_ANSWER = 2_000


class Answer(models.TextChoices):
    """What somebody answers to what is in the way.

    Source: the paper's system conditions, which are not the practitioner's to change; and the article, in which trust
    makes room for autonomy: "yours to decide".
    """

    CHANGED = "changed", _("Changed")
    TRYING = "trying", _("Trying to change it")
    CANNOT = "cannot", _("Cannot")
    YOURS = "yours", _("Yours to decide")


class ConditionQuerySet(RecordQuerySet):
    """Words for finding what is in the way."""

    def with_answer(self):
        """Note on each its last answer, empty where there is none."""
        last = ConditionAnswer.objects.filter(condition=OuterRef("pk")).order_by("-pk")
        return self.annotate(last_answer=Subquery(last.values("answer")[:1]))

    def unanswered(self):
        """Keep what nobody has answered, the oldest first."""
        return self.filter(~_is_answered()).order_by("shared_at", "pk")

    def answered(self):
        """Keep what was answered, what was raised last first."""
        return self.filter(_is_answered()).order_by("-shared_at", "-pk")

    def asked_of(self, person):
        """Keep what that person is asked to answer."""
        return self.filter(asked=person)

    def for_list(self, reader):
        """Fetch what lists show, without those whose words are withheld from the reader."""
        rows = self.standing().with_words_for(reader).without_texts()
        return rows.with_answer().select_related("asked", "space__partnership")


def _is_answered() -> Exists:
    return Exists(ConditionAnswer.objects.filter(condition=OuterRef("pk")))


class Condition(Record):
    """What is in the way: raised in a space, and answered by somebody in it who was asked to.

    The record's title says it in a line, its text what it does to the work. Answers follow one another; the last one
    holds.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="asked_conditions")

    # Set by `with_answer`.
    last_answer: str | None

    objects = ConditionQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self):
        return f"condition {self.public_id}"

    @property
    def weeks(self) -> int:
        """Return for how many whole weeks it has stood."""
        return (timezone.localdate() - timezone.localtime(self.shared_at or self.created_at).date()).days // 7


class ConditionAnswer(models.Model):
    """One answer to what is in the way: by whom, when, and in which words."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=8, choices=Answer)
    text = models.TextField(max_length=LONGEST_ANSWER, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="condition_answers")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="%(app_label)s_%(class)s_is_one_of_four")
        ]

    def __str__(self):
        return f"answer {self.pk} to a condition"
