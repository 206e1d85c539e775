"""What somebody said at a session that they would do."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.models import Record
from records.models.record import RecordQuerySet

from .in_space import is_in_space

LONGEST_REASON_TO_LET_GO = 500


class CommitmentState(models.TextChoices):
    """Where a commitment stands."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    LET_GO = "let_go", _("Let go")


class CommitmentQuerySet(RecordQuerySet):
    """Words for finding commitments by where they stand."""

    def open(self):
        """Return what is to be done still."""
        return self.filter(state=CommitmentState.OPEN)

    def of(self, person):
        """Return what that person is to do."""
        return self.filter(doer=person)

    def next_first(self):
        """Order by the day until when, those without one last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")

    def for_list(self, reader):
        """Fetch what lists show, without those whose words are withheld from the reader."""
        rows = self.standing().with_words_for(reader).without_texts()
        return rows.select_related("doer", "space__partnership")

    def with_what_became(self):
        """Note on each whether its doer is in its space still, and how often it was let go."""
        return self.annotate(
            doer_is_here=Case(When(is_in_space("doer"), then=True), default=False),
            times_let_go=Count("changes", filter=Q(changes__state=CommitmentState.LET_GO)),
        )


class Commitment(Record):
    """What somebody said at a session that they would do: what, who, and perhaps by when.

    It is its space's: where its doer leaves, it stays. The record's title says what, its author wrote it down.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    doer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="commitments")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=CommitmentState, default=CommitmentState.OPEN)
    reminded_at = models.DateTimeField(null=True, blank=True)

    # Set by `with_what_became`.
    doer_is_here: bool
    times_let_go: int

    objects = CommitmentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        indexes = [models.Index(fields=["doer", "state", "due_on"], name="convening_commitment_by_doer")]

    def __str__(self):
        return f"commitment {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of what it says, and of the day."""
        super().withhold_words()
        self.due_on = None

    @property
    def is_open(self) -> bool:
        """Say whether it is to be done still."""
        return self.state == CommitmentState.OPEN

    @property
    def is_due(self) -> bool:
        """Say whether its day has come, or gone by."""
        return self.is_open and self.due_on is not None and self.due_on <= _today()


def _today() -> date:
    return timezone.localdate()


class CommitmentChange(models.Model):
    """That a commitment was done, let go with a reason, or taken up again: by whom and when. Each is kept."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=8, choices=CommitmentState, help_text="Where it stood from then on.")
    reason = models.CharField(max_length=LONGEST_REASON_TO_LET_GO, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="commitment_changes")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CommitmentState.LET_GO) | Q(reason=""),
                name="%(app_label)s_%(class)s_only_letting_go_has_a_reason",
            )
        ]

    def __str__(self):
        return f"change {self.pk} of a commitment"

    @property
    def is_taking_up(self) -> bool:
        """Say whether it was taken up again."""
        return self.state == CommitmentState.OPEN
