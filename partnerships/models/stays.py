"""What lasts from one moment to another: an affiliation, a membership, a role, a place in a space."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class StayQuerySet(models.QuerySet):
    """Words for stays, by the clock: an end takes effect at the next request, without a job."""

    def current(self):
        """Return the stays that have begun and have not ended."""
        return self.filter(current_stay())


class Stay(models.Model):
    """Something that lasts: begun at a moment, and perhaps ended."""

    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_current(self) -> bool:
        """Say whether it lasts now."""
        now = timezone.now()
        return self.started_at <= now and (self.ended_at is None or self.ended_at > now)


def current_stay(prefix: str = "") -> Q:
    """Give the condition that the stay at the end of `prefix` (such as "membership__") lasts now."""
    now = timezone.now()
    return Q(**{f"{prefix}started_at__lte": now}) & (
        Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": now})
    )


def ends_after_it_starts() -> models.CheckConstraint:
    """Give the constraint that each stay has."""
    return models.CheckConstraint(
        condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
        name="%(app_label)s_%(class)s_ends_after_it_starts",
    )
