"""Tensions: two poles that a group holds, and where between them it feels to whom, on which day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import DateTimeField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.models import Record
from records.models.record import RecordQuerySet

LONGEST_POLE = 75
LONGEST_SIDE = 2_000
LONGEST_WHY = 500
# Between the two poles in the record's title. No pole may hold it, so that the title can be taken apart again.
BETWEEN = " ↔ "
# So long after somebody last looked at it, a tension is offered for an agenda.
LOOKED_AT_WITHIN = timedelta(days=91)
# The columns for what each pole gives and costs, and by what one notices it early.
SIDES = ("gives_first", "costs_first", "signs_first", "gives_second", "costs_second", "signs_second")


class TensionState(models.TextChoices):
    """How a tension stands. None of these is "resolved": what is held well stays a tension.

    Source: the paper's dilemmas and dualisms, which a learning partnership inherits and does not end; Barry Johnson's
    polarities, which are managed and not solved.
    """

    NOTICED = "noticed", _("Noticed")
    NAMED = "named", _("Named together")
    HELD = "held", _("Held")
    CHANGED = "changed", _("Changed shape")
    LET_GO = "let_go", _("Let go")


class TensionQuerySet(RecordQuerySet):
    """Words for finding tensions by how they stand, and by when somebody last looked at them."""

    def held_on_to(self):
        """Leave out what was let go."""
        return self.exclude(state=TensionState.LET_GO)

    def with_last_look(self):
        """Note on each when somebody last checked in on it, or said how it stands: `looked_at`."""
        check_ins = CheckIn.objects.filter(within=OuterRef("pk")).standing().filter(folded_at=None).order_by()
        changes = TensionChange.objects.filter(tension=OuterRef("pk")).order_by()
        return self.annotate(
            looked_at=Greatest(
                _latest(check_ins, "shared_at"), _latest(changes, "made_at"), "created_at", output_field=DateTimeField()
            )
        )

    def not_looked_at_lately(self):
        """Keep what is held on to and nobody has looked at for three months, the longest ago first."""
        rows = self.held_on_to().with_last_look()
        return rows.filter(looked_at__lt=timezone.now() - LOOKED_AT_WITHIN).order_by("looked_at", "pk")


def _latest(rows: models.QuerySet, column: str) -> Coalesce:
    """Return the latest of that column among a record's rows; where there are none, when the record was made."""
    found = rows.values("within" if column == "shared_at" else "tension").annotate(last=Max(column)).values("last")
    return Coalesce(Subquery(found), "created_at", output_field=DateTimeField())


class Tension(Record):
    """Two poles that belong together and pull apart: what each gives and costs, who feels it, and what helps.

    It is its space's: all in it see how it stands and change its words, and it goes dark for who opened it when they
    leave. The record's title holds both poles, its text says in a sentence why.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=TensionState, default=TensionState.NOTICED)
    felt_by = models.JSONField(default=list, blank=True, help_text="The keys of the roles that feel it.")
    gives_first = models.TextField(max_length=LONGEST_SIDE, blank=True, help_text="What the first pole gives.")
    costs_first = models.TextField(max_length=LONGEST_SIDE, blank=True, help_text="What it costs.")
    signs_first = models.TextField(max_length=LONGEST_SIDE, blank=True, help_text="Early signs of too much of it.")
    gives_second = models.TextField(max_length=LONGEST_SIDE, blank=True, help_text="What the second pole gives.")
    costs_second = models.TextField(max_length=LONGEST_SIDE, blank=True, help_text="What it costs.")
    signs_second = models.TextField(max_length=LONGEST_SIDE, blank=True, help_text="Early signs of too much of it.")
    what_helps = models.TextField(max_length=LONGEST_SIDE, blank=True)

    # Set by `with_last_look`.
    looked_at: datetime

    objects = TensionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TensionState.values), name="%(app_label)s_%(class)s_has_a_known_state"
            )
        ]

    def __str__(self):
        return f"tension {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of all that is said of it."""
        super().withhold_words()
        self.felt_by = []
        for name in (*SIDES, "what_helps"):
            setattr(self, name, "")

    @property
    def poles(self) -> tuple[str, str]:
        """Return the two poles, as the title holds them."""
        title = self.shown_title if "shown_title" in self.__dict__ else self.title
        first, _between, second = title.partition(BETWEEN)
        return first, second

    @property
    def is_let_go(self) -> bool:
        """Say whether the group has let it go."""
        return self.state == TensionState.LET_GO


class TensionChange(models.Model):
    """From which day on a tension stood how, and why. Each is kept; the first is that it was noticed."""

    tension = models.ForeignKey(Tension, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=8, choices=TensionState, help_text="How it stood from then on.")
    reason = models.CharField(max_length=LONGEST_WHY, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tension_changes")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TensionState.values), name="%(app_label)s_%(class)s_has_a_known_state"
            )
        ]

    def __str__(self):
        return f"change {self.pk} of a tension"


class CheckIn(Record):
    """Where between the poles a tension feels to one person on one day, and why: the record's text.

    It is its author's own words, within the tension and never wider. There is no average of them anywhere.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    lean = models.PositiveSmallIntegerField(help_text="0: all the first pole; 100: all the second.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lean__gte=0, lean__lte=100), name="%(app_label)s_%(class)s_leans_from_0_to_100"
            )
        ]

    def __str__(self):
        return f"check-in {self.public_id}"
