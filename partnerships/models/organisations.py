"""The organisations that people come from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField

from .stays import Stay, StayQuerySet, ends_after_it_starts


class Organisation(models.Model):
    """A public body, a non-profit, a consultancy, a university, a funder, or an alliance of such."""

    class Kind(models.TextChoices):
        """What sort of organisation it is."""

        PUBLIC_BODY = "public_body", _("Public body")
        NON_PROFIT = "nonprofit", _("Non-profit")
        CONSULTANCY = "consultancy", _("Consultancy")
        UNIVERSITY = "university", _("University")
        FUNDER = "funder", _("Funder")
        ALLIANCE = "alliance", _("Alliance")

    public_id = PublicIdField()
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    members_may_start = models.BooleanField(
        default=False, help_text="Its people may start partnerships, whatever the site says."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class AffiliationQuerySet(StayQuerySet):
    """Words for finding affiliations."""

    def of(self, person):
        """Return the person's own."""
        return self.filter(person=person)


class Affiliation(Stay):
    """A person's time with an organisation. Ending it never closes the account: the notebook is the person's.

    An organisation admin looks after the organisation's people and partnerships, and reads no record by it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    job = models.CharField(max_length=120, blank=True, help_text="In the person's own words.")
    is_admin = models.BooleanField(default=False)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts(),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(ended_at=None),
                name="%(app_label)s_%(class)s_open_once",
            ),
        ]

    def __str__(self):
        return f"affiliation {self.pk}"

    def other_admins(self) -> AffiliationQuerySet:
        """Return the time of the organisation's other admins, as far as they can sign in."""
        admins = Affiliation.objects.current().filter(organisation=self.organisation_id, is_admin=True)
        return admins.filter(person__is_active=True).exclude(pk=self.pk)
