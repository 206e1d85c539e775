"""The phases of a partnership's life."""

from django.conf import settings
from django.db import models
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
        return self.name or str(DEFAULT_PHASES[self.key])


class PhaseChange(models.Model):
    """From which day a partnership has been in a phase, and why. Earlier ones are kept."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="phase_changes")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="changes")
    began_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["began_on", "pk"]

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
    """Return the phase that the partnership is in today."""
    changes = partnership.phase_changes.filter(began_on__lte=timezone.localdate()).select_related("phase")
    change = changes.order_by("-began_on", "-pk").first()
    return change.phase if change else None
