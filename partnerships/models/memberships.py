"""Who takes part, in which role, from when to when."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField

from .organisations import Organisation
from .partnerships import Partnership
from .stays import Stay, StayQuerySet, current_stay, ends_after_it_starts


class Role(models.TextChoices):
    """From where somebody takes part.

    The first three are the paper's ("Learning partner", the roles of practitioner, consultant and academic); beside the
    practitioner stand those whose power or experience a partnership needs in the room.
    """

    PRACTITIONER = "practitioner", _("Practitioner")
    MANAGER = "manager", _("Manager")
    COMMISSIONER = "commissioner", _("Commissioner")
    EXPERT = "expert", _("Expert by experience")
    CONSULTANT = "consultant", _("Consultant")
    ACADEMIC = "academic", _("Academic")
    OTHER = "other", _("Other")


class MembershipQuerySet(StayQuerySet):
    """Words for finding memberships."""

    def of(self, person):
        """Return the person's own."""
        return self.filter(person=person)

    def with_duty(self):
        """Keep those who are learning partner or steward now."""
        held = HeldRole.objects.current().filter(Q(is_learning_partner=True) | Q(is_steward=True))
        return self.filter(pk__in=held.values("membership"))

    def with_roles(self):
        """Fetch the person and the role held now, for lists of people: three queries, however many there are."""
        return self.select_related("person", "partnership").with_held_roles()

    def with_held_roles(self):
        """Fetch the role held now with its organisation, where person and partnership are known already."""
        held = HeldRole.objects.current().select_related("organisation")
        return self.prefetch_related(Prefetch("held_roles", held, to_attr="current_roles"))


class Membership(Stay):
    """One stay of one person in a partnership.

    Role, own words, duties and organisation are dated rows beneath it, so a change of role leaves the spaces alone. Who
    returns gets a new membership, without the old spaces. It is ended now, never for a day to come: until that day a
    second stay could begin beside it, past the constraint (`records/checks.py` looks for such).
    """

    public_id = PublicIdField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts(),
            models.UniqueConstraint(
                fields=["person", "partnership"],
                condition=Q(ended_at=None),
                name="%(app_label)s_%(class)s_open_once",
            ),
        ]

    def __str__(self):
        return f"membership {self.pk}"

    def begin_role(
        self,
        *,
        role: str,
        own_words: str = "",
        organisation: Organisation | None = None,
        learning_partner: bool = False,
        steward: bool = False,
    ) -> "HeldRole":
        """Begin a role with its duties now; who calls has ended the one before."""
        return HeldRole.objects.create(
            membership=self,
            role=role,
            own_words=own_words,
            organisation=organisation,
            is_learning_partner=learning_partner,
            is_steward=steward,
            started_at=timezone.now(),
        )

    @property
    def held_role(self) -> "HeldRole":
        """Return the role held now; the latest one where the stay has ended."""
        if hasattr(self, "current_roles") and self.current_roles:
            return self.current_roles[0]
        return self.held_role_at(timezone.now())

    def held_role_at(self, moment: datetime) -> "HeldRole":
        """Return the role held at that moment; the first one where the moment is before it."""
        rows = self.held_roles.select_related("organisation").order_by("-started_at", "-id")
        return rows.filter(started_at__lte=moment).first() or rows.reverse()[0]

    def other_stewards(self) -> StayQuerySet:
        """Return the roles of the others who are steward here now, and can sign in."""
        members = Membership.objects.current().filter(partnership=self.partnership_id, person__is_active=True)
        return HeldRole.objects.current().filter(is_steward=True, membership__in=members.exclude(pk=self.pk))


class HeldRole(Stay):
    """The role, own words, duties and organisation of a membership, from one day to another."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="held_roles")
    role = models.CharField(max_length=20, choices=Role)
    own_words = models.CharField(max_length=120, blank=True, help_text='Such as "policy lead, national programme".')
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_learning_partner = models.BooleanField(default=False)
    is_steward = models.BooleanField(default=False)

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            ends_after_it_starts(),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(ended_at=None),
                name="%(app_label)s_%(class)s_one_open_per_stay",
            ),
        ]

    def __str__(self):
        return f"role {self.pk}"

    @property
    def role_in_words(self) -> str:
        """Return the person's own words for the role, or the app's."""
        return self.own_words or self.role_word

    @property
    def role_word(self) -> str:
        """Return the partnership's word for the role, or the app's."""
        return self.membership.partnership.word_for(f"role:{self.role}", self.get_role_display())

    @property
    def has_duty(self) -> bool:
        """Say whether a duty comes with it."""
        return self.is_learning_partner or self.is_steward


def organisations_in(partnership: Partnership) -> models.QuerySet[Organisation]:
    """Return the organisations that take part in the partnership, or from which its members come now."""
    members = current_members(partnership)
    held = HeldRole.objects.current().filter(membership__in=members).exclude(organisation=None)
    return Organisation.objects.filter(
        Q(pk__in=held.values("organisation")) | Q(participations__partnership=partnership)
    ).distinct()


def current_members(partnership: Partnership) -> MembershipQuerySet:
    """Return the memberships of the partnership that last now."""
    return Membership.objects.filter(current_stay(), partnership=partnership)
