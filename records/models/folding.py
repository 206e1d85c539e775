"""Words that readers get no longer: folded until their author has looked, or set aside."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .record import Record

LONGEST_WORDS = 1000
LONGEST_REASON = 500


class FoldQuerySet(models.QuerySet):
    """Words for finding folds."""

    def open(self):
        """Return those that hold now."""
        return self.filter(ended_at=None)


class Fold(models.Model):
    """A reader's "This could identify somebody": the words are folded for all but their author, until they have looked.

    Who folded is told to nobody, and kept so that one reader does not fold again what was put back unchanged.

    Source: 3-access, "Setting aside"; the paper's care for those who are written about and not in the room.
    """

    class End(models.TextChoices):
        """How a fold ended."""

        EDITED = "edited", _("Its author changed the words")
        PUT_BACK = "put_back", _("Put back, with a reason")
        TAKEN_BACK = "taken_back", _("Its author took it back, or undid sharing")

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="folds")
    folded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    folded_at = models.DateTimeField()
    words = models.TextField(blank=True, max_length=LONGEST_WORDS, help_text="To the author, from a reader not named.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    end = models.CharField(max_length=12, choices=End, blank=True)
    reason = models.TextField(blank=True, max_length=LONGEST_REASON, help_text="Why it was put back, for its readers.")

    objects = FoldQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(ended_at=None), name="%(app_label)s_%(class)s_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end="")),
                name="%(app_label)s_%(class)s_ends_with_who_and_how",
            ),
            models.CheckConstraint(
                condition=(Q(end="put_back") & ~Q(reason="")) | (~Q(end="put_back") & Q(reason="")),
                name="%(app_label)s_%(class)s_put_back_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"fold {self.pk}"


class SettingAsideQuerySet(models.QuerySet):
    """Words for finding what was set aside."""

    def open(self):
        """Return those that hold now."""
        return self.filter(lifted_at=None)


class SettingAside(models.Model):
    """Words set aside by those who look after their space, or unread by a site admin who was ordered to by law.

    Each is lifted only by the side that it came from, so both may hold at once. The reason is for readers and author.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="settings_aside")
    by_order = models.BooleanField(help_text="By legal order, unread; otherwise by who looks after the space.")
    reason = models.TextField(max_length=LONGEST_REASON)
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SettingAsideQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "by_order"],
                condition=Q(lifted_at=None),
                name="%(app_label)s_%(class)s_once_from_each_side",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="%(app_label)s_%(class)s_lifted_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="%(app_label)s_%(class)s_has_a_reason"),
        ]

    def __str__(self):
        return f"setting aside {self.pk}"
