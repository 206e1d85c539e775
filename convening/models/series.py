"""Series: sessions that were convened together, at a rhythm."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often the sessions of a series are. Which weekday or day of the month follows from the first of them.

    Source: RFC 5545, recurrence rules: FREQ, INTERVAL, BYMONTHDAY and BYDAY.
    """

    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTH_DAY = "month_day", _("Every month, on the same day of the month")
    MONTH_WEEKDAY = "month_weekday", _("Every month, on the same weekday")
    MONTH_LAST = "month_last", _("Every month, on the last such weekday")


class Series(models.Model):
    """What holds the sessions of a series together: each is a row of its own, with its own host, words and answers.

    Who made it may change all that follow in it; a host changes those that they host.
    """

    rhythm = models.CharField(max_length=16, choices=Rhythm)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "series"

    def __str__(self):
        return f"series {self.pk}"
