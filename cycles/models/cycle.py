"""Learning cycles: a question that the people of a space go round with together."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.models import Record
from records.models.record import RecordQuerySet

LONGEST_MISSING = 500


class Scale(models.TextChoices):
    """How much of the system a cycle is about.

    Source: Human Learning Systems: learning cycles exist at several scales, and are connected across them.
    """

    PERSON = "person", _("A person’s life")
    TEAM = "team", _("A team")
    ORGANISATION = "organisation", _("An organisation")
    PLACE = "place", _("A place")
    COUNTRY = "country", _("A country")


class Pace(models.TextChoices):
    """How fast it goes round. Source: the paper: consultants offer fast, short cycles, academics a slower one."""

    FAST = "fast", _("Fast")
    SLOW = "slow", _("Slow")


class CycleQuerySet(RecordQuerySet):
    """Words for finding cycles by where they stand."""

    def with_where_it_stands(self):
        """Note on each its stage, its state, and since when: what its last move says."""
        from .move import CycleMove

        last = CycleMove.objects.filter(cycle=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            stage=Subquery(last.values("stage")[:1]),
            state=Subquery(last.values("state")[:1]),
            stands_since=Subquery(last.values("moved_on")[:1]),
        )

    def for_list(self, reader):
        """Fetch what lists show, without those whose words are withheld from the reader."""
        rows = self.standing().with_words_for(reader).without_texts().with_where_it_stands()
        return rows.select_related("space__partnership")

    def to_look_at_again(self):
        """Return those whose day to look again has come, and that have not ended."""
        from .move import CycleState

        due = self.with_where_it_stands().filter(look_again_on__lte=timezone.localdate())
        return due.exclude(state=CycleState.ENDED)


class LearningCycle(Record):
    """A learning cycle: its question is the record's title, why it is asked its text.

    It is its space's, not its beginner's: whoever is in the space changes and moves it. Source: Human Learning Systems,
    and the paper's critical action learning.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    scale = models.CharField(max_length=16, choices=Scale, default=Scale.TEAM)
    pace = models.CharField(max_length=8, choices=Pace, default=Pace.FAST)
    look_again_on = models.DateField(null=True, blank=True)
    missing = models.CharField(max_length=LONGEST_MISSING, blank=True, help_text="Who is missing from it.")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="smaller", help_text="A larger cycle."
    )

    # Set by `with_where_it_stands`.
    stage: str
    state: str

    objects = CycleQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="%(app_label)s_%(class)s_not_within_itself"
            )
        ]
        indexes = [models.Index(fields=["look_again_on"], name="cycles_cycle_by_day")]

    def __str__(self):
        return f"cycle {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of all that was said of it."""
        super().withhold_words()
        self.missing = ""
        self.look_again_on = self.parent = None

    @property
    def is_due(self) -> bool:
        """Say whether the day to look at it again has come."""
        return self.look_again_on is not None and self.look_again_on <= timezone.localdate()
