"""Where a learning cycle stands, and where it stood: one dated row for each move."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .cycle import LearningCycle

LONGEST_NOTE = 500


class Stage(models.TextChoices):
    """The stages of a learning cycle; it may skip one, and go back.

    Source: Human Learning Systems, a practical guide for the curious: "the cycle you plan is never the one you run".
    """

    UNDERSTAND = "understand", _("Understand")
    CO_DESIGN = "co_design", _("Co-design")
    EXPERIMENT = "experiment", _("Experiment and explore")
    EMBED = "embed", _("Embed and influence")


class CycleState(models.TextChoices):
    """Whether a cycle goes on."""

    RUNNING = "running", _("Going on")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


# The place of each stage in their usual order.
PLACES = {stage: place for place, stage in enumerate(Stage.values)}


class CycleMove(models.Model):
    """That a cycle went to a stage, forward or back, or was paused, ended or taken up: on a day, with a line on why.

    Each is kept; the last one says where the cycle stands.
    """

    cycle = models.ForeignKey(LearningCycle, on_delete=models.CASCADE, related_name="moves")
    stage = models.CharField(max_length=16, choices=Stage)
    state = models.CharField(max_length=8, choices=CycleState, default=CycleState.RUNNING)
    moved_on = models.DateField()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cycle_moves")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"move {self.pk} of a cycle"
