"""The phases of a partnership's life."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .partnerships import Partnership

# The phases that every partnership begins with; each can change their words, leave some out and add its own.
DEFAULT_PHASES = {
    "discovery": _("Discovery"),
    "agreeing": _("Agreeing how"),
    "working": _("Working"),
    "looking_again": _("Looking again"),
    "changing_shape": _("Changing shape"),
    "ending": _("Ending well"),
    "afterlife": _("Afterlife"),
}


class Phase(models.Model):
    """One phase that a partnership may be in. The key stays when the word changes."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="phases")
    key = models.CharField(max_length=30)
    name = models.CharField(max_length=60, blank=True, help_text="Empty where the app's word is good enough.")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "key"], name="%(app_label)s_%(class)s_once_per_partnership"),
            models.CheckConstraint(
                condition=~models.Q(name="") | models.Q(key__in=list(DEFAULT_PHASES)),
                name="%(app_label)s_%(class)s_has_a_word",
            ),
        ]

    def __str__(self):
        return f"phase {self.key}"

    @property
    def word(self) -> str:
        """Return the word that people see."""
        return phase_word(self.key, self.name)


class PhaseChange(models.Model):
    """From which day a partnership has been in a phase, and why. Earlier ones are kept.

    What was recorded last is how it is. It may say from a day in the past, so that a partnership that is older than its
    place here can say so; what was recorded before for that day, or a later one, is corrected by it.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="phase_changes")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="changes")
    began_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"phase change {self.pk}"


def begin_phases(partnership: Partnership, *, by) -> None:
    """Give a new partnership the default phases, and put it into the first of them today."""
    phases = [Phase(partnership=partnership, key=key, position=position) for position, key in enumerate(DEFAULT_PHASES)]
    Phase.objects.bulk_create(phases)
    PhaseChange.objects.create(
        partnership=partnership,
        phase=partnership.phases.get(key="discovery"),
        began_on=timezone.localdate(),
        recorded_by=by,
        recorded_at=timezone.now(),
    )


def phase_of(partnership: Partnership) -> Phase | None:
    """Return the phase that the partnership is in."""
    change = partnership.phase_changes.select_related("phase").order_by("-pk").first()
    return change.phase if change else None


def phase_word(key: str | None, name: str | None) -> str:
    """Return the word that people see for a phase, of its two columns; empty where there is none."""
    return name or (str(DEFAULT_PHASES[key]) if key in DEFAULT_PHASES else "")


def phase_columns(partnership: str) -> dict[str, Subquery]:
    """Give the two columns of the present phase, to be annotated; `partnership` is the path to the partnership's key.

    So a list of partnerships, or the bar on each page, takes no query more.
    """
    latest = PhaseChange.objects.filter(partnership=OuterRef(partnership)).order_by("-pk")
    return {
        "phase_key": Subquery(latest.values("phase__key")[:1]),
        "phase_name": Subquery(latest.values("phase__name")[:1]),
    }


def standing(changes: Iterable[PhaseChange]) -> list[PhaseChange]:
    """Leave out what was corrected afterwards, and return the rest by day."""
    found: list[PhaseChange] = []
    for change in sorted(changes, key=lambda row: row.pk, reverse=True):
        if not found or change.began_on < found[-1].began_on:
            found.append(change)
    return found[::-1]
