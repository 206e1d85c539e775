"""What a partnership set out to do, and what that takes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from learnpartner.fields import PublicIdField

from .partnerships import Partnership
from .stays import Stay, StayQuerySet, ends_after_it_starts

MOST_INTENTIONS = 5


class Intention(Stay):
    """One thing that the members set out to do, in their words. Changed ones are kept, with the one that followed.

    Governance is looking again at these on the evidence of what was learnt (the paper, "governance").
    """

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="intentions")
    text = models.CharField(max_length=300)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    # On which day it was decided, set for pages: `partnerships.decided`.
    decided: object | None = None

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [ends_after_it_starts()]

    def __str__(self):
        return f"intention {self.pk}"


def intentions_of(partnership: Partnership) -> tuple[list[Intention], list[Intention]]:
    """Return the present intentions, and the earlier ones: one query.

    Each keeps the place of the one that it grew from, so that a changed word moves nothing.
    """
    rows = {row.pk: row for row in Intention.objects.filter(partnership=partnership)}

    def first(row: Intention) -> Intention:
        return first(rows[row.follows_id]) if row.follows_id else row

    ordered = sorted(rows.values(), key=lambda row: (first(row).started_at, first(row).pk, row.started_at, row.pk))
    return [row for row in ordered if row.is_current], [row for row in ordered if not row.is_current]


class Resource(models.Model):
    """One line of what a partnership takes: who or what, how many days or pounds, for what, paid by whom.

    The article asks for "maximum transparency" about resources, so all members read every line.
    """

    class Kind(models.TextChoices):
        """What sort of thing it is."""

        TIME = "time", _("People's time")
        MONEY = "money", _("Money")
        PROTECTED_TIME = "protected_time", _("Protected time")
        LEARNING_PARTNER = "learning_partner", _("The learning partner's days")

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=20, choices=Kind)
    who = models.CharField(max_length=120, help_text="Whose time it is, or who is engaged.")
    days = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    pounds = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    paid_by = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=(Q(days=None) | Q(days__gt=0)) & (Q(pounds=None) | Q(pounds__gt=0)),
                name="%(app_label)s_%(class)s_is_more_than_nothing",
            ),
        ]

    def __str__(self):
        return f"resource {self.pk}"

    @property
    def amount(self) -> str:
        """Return the days and the pounds in words, as far as either is given."""
        parts = []
        if self.days is not None:
            number = formats.number_format(self.days.normalize(), use_l10n=True)
            parts.append(ngettext("%(n)s day", "%(n)s days", 1 if self.days == 1 else 2) % {"n": number})
        if self.pounds is not None:
            pence = 0 if self.pounds == self.pounds.to_integral_value() else 2
            parts.append(f"£{formats.number_format(self.pounds, pence, force_grouping=True)}")
        return ", ".join(parts)
