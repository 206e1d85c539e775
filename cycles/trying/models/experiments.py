"""Something that people try together, to find out."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.models import Record
from records.models.record import RecordQuerySet
from records.withholding import author_is_in_space

# A paragraph or a few, in each box.
LONGEST_STEP = 4_000


class Agreed(models.TextChoices):
    """Whether those who may be affected agreed to it, as those who try it see it."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    SOME = "some", _("Some of them did")
    YES = "yes", _("They did")
    NO = "no", _("They did not")


class Decision(models.TextChoices):
    """What becomes of what was tried.

    Sources: Snowden's safe-to-fail probes, which are amplified or damped; the paper's stages, of which the last is to
    embed in one's own practice, or to influence the conditions around it.
    """

    AMPLIFY = "amplify", _("More of it")
    ADAPT = "adapt", _("Go on, changed")
    DAMP = "damp", _("Less of it")
    STOP = "stop", _("Stop")
    EMBED = "embed", _("Make it how we work")
    INFLUENCE = "influence", _("Take it to where the rules are made")


class ExperimentQuerySet(RecordQuerySet):
    """Words for finding what is being tried."""

    def running(self):
        """Return what is being tried still, what is looked at next first."""
        return self.filter(closed_at=None).order_by("look_again_on", "pk")

    def closed(self):
        """Return what was closed, the last first."""
        return self.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")

    def to_look_at(self):
        """Return what is being tried still, and whose day to look again has come or gone by."""
        return self.running().filter(look_again_on__lte=timezone.localdate())

    def begun_by_or_left_to(self, person):
        """Keep what the person began, and what its beginner, who is not in its space any more, left to all in it."""
        return self.filter(Q(author=person) | ~author_is_in_space())

    def for_list(self, reader):
        """Fetch what lists show, without those whose words are withheld from the reader."""
        rows = self.standing().with_words_for(reader).without_texts()
        return rows.defer(*LONG).select_related("author", "space__partnership")


class Experiment(Record):
    """Something that people of a space try: one sentence and a day to look again, and the rest when it comes.

    It is its space's: all in it fill in its steps and close it; who began it has no other right. The record's title
    says what is tried, its text the hunch. It is never closed without what is believed now.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    look_again_on = models.DateField()
    smallest = models.TextField(max_length=LONGEST_STEP, blank=True, help_text="The smallest safe version.")
    affected = models.TextField(max_length=LONGEST_STEP, blank=True, help_text="Who may be affected.")
    agreed = models.CharField(max_length=10, choices=Agreed, blank=True, help_text="Whether they agreed.")
    hope = models.TextField(max_length=LONGEST_STEP, blank=True, help_text="What would be signs of hope.")
    worry = models.TextField(max_length=LONGEST_STEP, blank=True, help_text="What would be signs of worry.")
    surprised = models.TextField(max_length=LONGEST_STEP, blank=True, help_text="What surprised those who tried it.")
    belief = models.TextField(max_length=LONGEST_STEP, blank=True, help_text="What they believe now.")
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ExperimentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, decision="", belief="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(decision="") & ~Q(belief="")),
                name="%(app_label)s_%(class)s_closed_with_what_is_believed_now",
            ),
        ]
        indexes = [
            models.Index(fields=["look_again_on"], condition=Q(closed_at=None), name="cycles_experiment_to_look_at")
        ]

    def __str__(self):
        return f"experiment {self.public_id}"

    def withhold_words(self) -> None:
        """Empty this copy of all that was said of it."""
        super().withhold_words()
        for name in (*LONG, "agreed", "decision"):
            setattr(self, name, "")

    @property
    def is_closed(self) -> bool:
        """Say whether it is tried no more, or has become how one works."""
        return self.closed_at is not None

    @property
    def is_due(self) -> bool:
        """Say whether the day to look again has come, or gone by."""
        return not self.is_closed and self.look_again_on <= _today()


# What people wrote of it beside title and hunch.
LONG = ("smallest", "affected", "hope", "worry", "surprised", "belief")


def _today() -> date:
    return timezone.localdate()
