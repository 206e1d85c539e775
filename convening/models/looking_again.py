"""Looking again: what a session says of each intention on the evidence, what it decides, and who does what now.

Source: the paper: convening makes occasions for "governance (review and evaluation of intentions based on evidence
provided through the process of action learning)".
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField
from partnerships.models import Intention, Membership, PhaseChange
from records.models import Record

from .sessions import Session

# With the words before it, it fits where a change of phase says why.
LONGEST_WHY = 240
LONGEST_NEW_WORDS = 300
LONGEST_UNINTENDED = 4_000
LONGEST_DECISION_OBJECTION = 1_000
# How long what members decide stands before they carry it out themselves: docs/decisions/0017.
STANDS = timedelta(days=7)


class DecisionQuerySet(models.QuerySet):
    """Words for finding decisions by how far they are; all of them compare moments, so that no job is needed."""

    def open_to_objections(self):
        """Return what changes something and has not stood for seven days, and is neither carried out nor stopped."""
        changes = ~Q(about=Decision.About.INTENTION)
        changes |= Q(verdict__in=[Decision.Verdict.CHANGE, Decision.Verdict.LET_GO])
        young = self.filter(changes, version__gt=0, written_at__gt=timezone.now() - STANDS)
        return young.filter(carried_out_at=None, stopped_at=None)


class Decision(models.Model):
    """What a session says and decides of one thing: an intention, the phase, or who holds a duty.

    Anybody in the space writes it. It changes nothing in the partnership until somebody carries it out. An objection is
    to the words as they stood, so changing them lifts it, and the seven days begin anew.
    """

    class About(models.TextChoices):
        """What it is about."""

        INTENTION = "intention", _("What we set out to do")
        PHASE = "phase", _("Where we are")
        LEARNING_PARTNER = "learning_partner", _("Learning partner")
        STEWARD = "steward", _("Steward")

    class Verdict(models.TextChoices):
        """What becomes of an intention."""

        KEEP = "keep", _("Keep it")
        CHANGE = "change", _("Change it")
        LET_GO = "let_go", _("Let it go")

    public_id = PublicIdField()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="decisions")
    about = models.CharField(max_length=20, choices=About)
    intention = models.ForeignKey(Intention, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    phase_key = models.CharField(max_length=30, blank=True)
    phase_word = models.CharField(max_length=60, blank=True, help_text="As it was called then.")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    new_words = models.CharField(max_length=LONGEST_NEW_WORDS, blank=True)
    unintended = models.TextField(max_length=LONGEST_UNINTENDED, blank=True)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="0 while there is evidence, and nothing written.")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions_written")
    written_at = models.DateTimeField()
    submission = models.CharField(max_length=24, blank=True, help_text="The key of the form that made it.")
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="When somebody objected to it as it stands.")
    carried_out_at = models.DateTimeField(null=True, blank=True)
    carried_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    successor = models.OneToOneField(
        Intention, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="What came of it."
    )
    phase_change = models.OneToOneField(
        PhaseChange, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="What came of it."
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "intention"],
                condition=Q(intention__isnull=False),
                name="%(app_label)s_%(class)s_once_for_each_intention",
            ),
            models.CheckConstraint(
                condition=Q(about="intention", intention__isnull=False, phase_key="", member=None)
                | (Q(about="phase", intention=None, member=None) & ~Q(phase_key=""))
                | Q(about__in=["learning_partner", "steward"], intention=None, phase_key="", member__isnull=False),
                name="%(app_label)s_%(class)s_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", "keep", "let_go"], new_words="")
                | (Q(verdict="change") & ~Q(new_words="")),
                name="%(app_label)s_%(class)s_has_new_words_if_it_changes",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at=None, carried_out_by=None)
                | Q(carried_out_at__isnull=False, carried_out_by__isnull=False, stopped_at=None),
                name="%(app_label)s_%(class)s_carried_out_by_somebody",
            ),
        ]

    def __str__(self):
        return f"decision {self.public_id}"

    @property
    def words(self) -> dict[str, Any]:
        """Return what it says, box by box."""
        return {name: getattr(self, name) for name in ("verdict", "new_words", "unintended", "why")}

    @property
    def is_written(self) -> bool:
        """Say whether anything is written; there may be evidence before."""
        return self.version > 0

    @property
    def is_carried_out(self) -> bool:
        """Say whether somebody carried it out: it is fixed from then on."""
        return self.carried_out_at is not None

    @property
    def is_stopped(self) -> bool:
        """Say whether somebody objects to it as it stands."""
        return self.stopped_at is not None

    @property
    def gives_a_duty(self) -> bool:
        """Say whether a member becomes learning partner or steward by it."""
        return self.about in (self.About.LEARNING_PARTNER, self.About.STEWARD)

    @property
    def changes_something(self) -> bool:
        """Say whether there is anything to carry out."""
        return self.about != self.About.INTENTION or self.verdict in (self.Verdict.CHANGE, self.Verdict.LET_GO)

    @property
    def waits(self) -> bool:
        """Say whether it is still to be carried out, and nobody objects."""
        return self.changes_something and not (self.is_carried_out or self.is_stopped)

    @property
    def stands_at(self) -> datetime:
        """Return when it will have stood for seven days as it is written."""
        return self.written_at + STANDS

    @property
    def has_stood(self) -> bool:
        """Say whether it has stood for seven days as it is written."""
        return self.stands_at <= timezone.now()


class Evidence(models.Model):
    """A record that speaks to an intention. It opens nothing: the record is shown to those who may read it."""

    public_id = PublicIdField()
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="evidence")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="evidence")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "record"], name="%(app_label)s_%(class)s_once_each")]

    def __str__(self):
        return f"evidence {self.public_id}"


class DecisionObjection(models.Model):
    """Why somebody in the space does not want a decision carried out as it stands. It stops that."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="objections")
    version = models.PositiveIntegerField(help_text="The version of the decision that it objects to.")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decision_objections")
    text = models.TextField(
        max_length=LONGEST_DECISION_OBJECTION, blank=True, help_text="Empty once its author took all back."
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"objection {self.pk}"


class TasksNow(models.Model):
    """Who does the partnership's learning work now, as it was said at one session: task by task, with a line.

    `answers` is a list of `{"task", "name", "who", "line"}`: `task` is the key of one of the app's, empty for one of
    their own. Never a number.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="tasks_now")
    answers: Any = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(version__gt=0), name="%(app_label)s_%(class)s_has_a_version")]

    def __str__(self):
        return f"tasks of session {self.session_id}"

    @property
    def words(self) -> dict[str, Any]:
        """Return what it says."""
        return {"answers": self.answers}


class FormerNote(models.Model):
    """What a note of a session said before somebody changed it; all who read the session read it.

    `part` is "tasks", "supervision", or the public id of a decision.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="former_notes")
    part = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    words: Any = models.JSONField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "part", "number"], name="%(app_label)s_%(class)s_once_each")
        ]

    def __str__(self):
        return f"former note {self.pk}"
