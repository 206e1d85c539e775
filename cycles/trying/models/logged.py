"""Notes that stand in the log of something that is tried."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField
from records.models import Record

from .experiments import Experiment


class Sign(models.TextChoices):
    """What a note is in the log of an experiment."""

    LOG = "log", _("What happened")
    HOPE = "hope", _("A sign of hope")
    WORRY = "worry", _("A sign of worry")


class LoggedNote(models.Model):
    """That a note stands in the log of an experiment, and as which sign.

    It opens nothing: the note is shown there to those who may read it, and nothing is said of it to the others. Who
    marked it, and when, is shown to nobody: it could tell who wrote what is not named.
    """

    public_id = PublicIdField()
    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="log")
    note = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="logged_in")
    sign = models.CharField(max_length=5, choices=Sign, default=Sign.LOG)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["experiment", "note"], name="%(app_label)s_%(class)s_once_each")]

    def __str__(self):
        return f"logged note {self.public_id}"
