"""What people are to be told, in a mail at once or in one a week."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .outbox import Outbox

# The hour at which the mails of a new day are written.
MORNING = 7
# Longer than any notice waits for its weekly mail.
KEEP_NOTICES = timedelta(days=30)


class MailChoice(models.TextChoices):
    """How somebody is told of what is new."""

    STRAIGHT_AWAY = "straight_away", _("Straight away")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


def next_morning() -> datetime:
    """Return when the mails of the next day are written."""
    return _at_morning(timezone.localtime() + timedelta(days=1))


def last_monday_morning() -> datetime:
    """Return when the mails of this week were written; before that, those of the week before."""
    now = timezone.localtime()
    monday = _at_morning(now - timedelta(days=now.weekday()))
    return monday if monday <= now else monday - timedelta(weeks=1)


def _at_morning(day: datetime) -> datetime:
    return day.replace(hour=MORNING, minute=0, second=0, microsecond=0)


class NoticeQuerySet(models.QuerySet):
    """Words for finding notices."""

    def due(self):
        """Return those that are to be told by now, and have not been put into a mail.

        Who wants one mail a week is told on Monday morning of what had come up by then. What is old is no news.
        """
        now = timezone.now()
        waiting = self.filter(done_at=None, due_at__lte=now, created_at__gte=now - KEEP_NOTICES)
        return waiting.exclude(person__mail_choice=MailChoice.WEEKLY, due_at__gt=last_monday_morning())

    def old(self):
        """Return those that nobody needs any more, told or not."""
        return self.filter(created_at__lt=timezone.now() - KEEP_NOTICES)


class Notice(models.Model):
    """One thing that one person is to be told of: what kind of thing and which one, never a word of it.

    Whether it may be told is asked when the mail is written, and once more when the mail goes. There is one row for
    each person and thing; what comes up again, waits again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80, help_text="The public id of the thing.")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    mail = models.ForeignKey(Outbox, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")
    done_at = models.DateTimeField(null=True, blank=True, help_text="Put into a mail, or not to be told any more.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "about"], name="%(app_label)s_%(class)s_once_each")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="desk_notice_waiting"),
        ]

    def __str__(self):
        return f"notice {self.pk}"
