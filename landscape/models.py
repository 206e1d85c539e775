"""Patterns: what recurs across what people wrote, and the sources that agree or disagree."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from records.models import Link, Record
from records.models.record import RecordQuerySet

LONGEST_SENTENCE = 200
LONGEST_MEMO = 20_000
LONGEST_LOOKED_FOR = 4_000
LONGEST_WHY = 500


class PatternState(models.TextChoices):
    """How a pattern stands. It is let go rather than proved: what did not hold is worth keeping as well."""

    EMERGING = "emerging", _("Emerging")
    TESTED = "tested", _("Tested")
    LET_GO = "let_go", _("Let go")


class Stance(models.TextChoices):
    """What a source does to a pattern. Both are sources alike, and neither is a smaller one."""

    AGREES = "agrees", _("It fits")
    DISAGREES = "disagrees", _("It does not fit")


class Pattern(Record):
    """What recurs across records: the title in a sentence, the text as a memo, and what was looked for and not found.

    It is its space's: all in it change its words, say how it stands and add sources, whatever their role; it goes dark
    for who wrote it down when they leave.

    Source: the paper: academics offer "deep pattern spotting" across landscapes, which here is nobody's by position.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=PatternState, default=PatternState.EMERGING)
    looked_for = models.TextField(max_length=LONGEST_LOOKED_FOR, blank=True, help_text="Looked for and not found.")

    objects = RecordQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PatternState.values), name="%(app_label)s_%(class)s_has_a_known_state"
            )
        ]

    def __str__(self):
        return f"pattern {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of all that it says."""
        super().withhold_words()
        self.looked_for = ""

    @property
    def is_let_go(self) -> bool:
        """Say whether the group has let it go."""
        return self.state == PatternState.LET_GO


class PatternChange(models.Model):
    """From which day on a pattern stood how, and why. Each is kept; the first is that it was written down."""

    pattern = models.ForeignKey(Pattern, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=8, choices=PatternState, help_text="How it stood from then on.")
    reason = models.CharField(max_length=LONGEST_WHY, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pattern_changes")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PatternState.values), name="%(app_label)s_%(class)s_has_a_known_state"
            )
        ]

    def __str__(self):
        return f"change {self.pk} of a pattern"


class PatternSourceQuerySet(models.QuerySet):
    """Words for finding sources."""

    def in_force(self):
        """Leave out what was taken into a notebook or shared anew since: then it was not this that was a source."""
        return self.filter(source__space=F("grown__space"), source__shared_at__lte=F("made_at"))


class PatternSource(Link):
    """A link from a record to a pattern that grew from it, and whether the record agrees or disagrees, with a line.

    Anybody in the space adds one, of the same space. Who added it takes it off again, or who wrote the record: one's
    own words stand in no pattern that one does not want them in.
    """

    link = models.OneToOneField(
        Link, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="of_pattern"
    )
    stance = models.CharField(max_length=9, choices=Stance)
    why = models.CharField(max_length=LONGEST_WHY, blank=True, help_text="In what it fits, or does not.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pattern_sources")

    objects = PatternSourceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="%(app_label)s_%(class)s_agrees_or_disagrees"
            )
        ]

    def __str__(self):
        return f"source {self.public_id} of a pattern"
