"""How a boundary object reads to somebody, for their role or their organisation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation
from records.models import Record


class Whose(models.TextChoices):
    """For whom somebody says how it reads: only for what they belong to themselves."""

    ROLE = "role", _("For my role")
    ORGANISATION = "organisation", _("For my organisation")


class Reading(Record):
    """How a boundary object reads to a role or an organisation, in the words of one person who belongs to it.

    It is its author's own, within the object and never wider. It stands beside those of others: nobody's takes the
    place of another's, and nothing is made of them all.

    Source: what makes it a boundary object: it reads differently in each place (Star and Griesemer's "interpretive
    flexibility").
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    whose = models.CharField(max_length=12, choices=Whose)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Its author's, then."
    )
    of_version = models.PositiveIntegerField(help_text="The number of the version that was read.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(whose="role", organisation=None) | Q(whose="organisation", organisation__isnull=False),
                name="%(app_label)s_%(class)s_is_a_roles_or_an_organisations",
            )
        ]

    def __str__(self):
        return f"reading {self.public_id}"

    @property
    def is_organisations(self) -> bool:
        """Say whether it is said for an organisation."""
        return self.whose == Whose.ORGANISATION

    @property
    def said_for(self) -> str:
        """Return the role or the organisation for which it is said, as it is called here."""
        if self.organisation:
            return self.organisation.name
        return self._word_here(f"role:{self.role}", self.get_role_display())
