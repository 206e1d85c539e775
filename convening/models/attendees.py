"""Who is asked to a session: whether they come, and whether they were there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .sessions import Session


class Answer(models.TextChoices):
    """Whether somebody comes (iCalendar, RFC 5545: PARTSTAT)."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Not sure")


class Attendee(models.Model):
    """One person and one session: the answer, and whether they were there.

    The answer is for the host and oneself. Everybody in the space is asked; a row is made with the first answer, or
    when attendance is noted.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendees")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attendances")
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True, help_text="Empty until somebody noted it.")
    noted_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True, help_text="When the person said it of themselves.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="%(app_label)s_%(class)s_once_each"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="%(app_label)s_%(class)s_answered_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(attended=None, noted_at=None, corrected_at=None)
                | Q(attended__isnull=False, noted_at__isnull=False),
                name="%(app_label)s_%(class)s_noted_at_some_time",
            ),
        ]

    def __str__(self):
        return f"attendee {self.pk}"
