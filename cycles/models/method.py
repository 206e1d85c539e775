"""A partnership's own methods."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from learnpartner.fields import PublicIdField
from partnerships.models import Partnership

LONGEST_NAME = 80
# A paragraph that can be read in a minute.
LONGEST_GUIDE = 1_500
LONGEST_SOURCE = 300


class Method(models.Model):
    """A way of doing an activity that a partnership adds, with a short guide. It is the group's.

    A changed one is a row of its own that `follows` the former one, which is put away: what activities were done by
    stays readable as it was.
    """

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="methods")
    name = models.CharField(max_length=LONGEST_NAME)
    guide = models.TextField(max_length=LONGEST_GUIDE)
    source = models.CharField(max_length=LONGEST_SOURCE, blank=True)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    submission = models.CharField(max_length=24, editable=False, help_text="The key of the form that made it.")
    put_away_at = models.DateTimeField(null=True, blank=True)
    put_away_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["made_by", "submission"], name="%(app_label)s_%(class)s_sent_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(guide=""), name="%(app_label)s_%(class)s_has_a_name_and_a_guide"
            ),
            models.CheckConstraint(
                condition=Q(put_away_at=None, put_away_by=None)
                | (Q(put_away_at__isnull=False) & Q(put_away_by__isnull=False)),
                name="%(app_label)s_%(class)s_put_away_by_somebody",
            ),
        ]

    def __str__(self):
        return f"method {self.public_id}"

    def was_offered_by(self, person_id: int) -> bool:
        """Say whether that person wrote it, or what it grew from."""
        row: Method | None = self
        while row:
            if row.made_by_id == person_id:
                return True
            row = row.follows
        return False

    def as_it_is_now(self) -> "Method":
        """Return what it says now, where it was changed since."""
        row = self
        while changed := Method.objects.filter(follows=row).first():
            row = changed
        return row
