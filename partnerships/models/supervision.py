"""Reflective supervision: which partnerships are talked of there, and when people met.

The "therapist's therapist" of the paper: a partnership around a learning partner. The partnerships talked of learn only
that there is supervision, in which month it last was, and when its agreement is looked at again.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from .memberships import Membership
from .partnerships import Partnership
from .stays import Stay, StayQuerySet, current_stay, ends_after_it_starts


class BroughtPartnershipQuerySet(StayQuerySet):
    """Words for finding what is brought to a supervision."""

    def standing(self):
        """Return what is brought now, by people who are members still: of the supervision, and of what they bring."""
        members = Membership.objects.current().filter(
            partnership=OuterRef("partnership"), person=OuterRef("membership__person")
        )
        return self.current().filter(
            current_stay("membership__"), Exists(members), membership__partnership__kind=Partnership.Kind.SUPERVISION
        )


class BroughtPartnership(Stay):
    """A partnership that a member of a supervision brings there: a label, and never a way into it."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="brings")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="brought_to")

    objects = BroughtPartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            ends_after_it_starts(),
            models.UniqueConstraint(
                fields=["membership", "partnership"],
                condition=Q(ended_at=None),
                name="%(app_label)s_%(class)s_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"brought partnership {self.pk}"


class SupervisionMeeting(models.Model):
    """A day on which a supervision met. Others are told the month only."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="supervision_meetings")
    met_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["met_on"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "met_on"], name="%(app_label)s_%(class)s_once_a_day")
        ]

    def __str__(self):
        return f"meeting {self.pk}"
