"""Where words are shared: named sets of members."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnpartner.fields import PublicIdField

from .memberships import Membership, MembershipQuerySet
from .partnerships import Partnership
from .stays import Stay, StayQuerySet, ends_after_it_starts


class SpaceQuerySet(models.QuerySet):
    """Words for finding spaces."""

    def readable_by(self, person):
        """Return the spaces that the person is in now: the half of the one rule of reading that is about spaces.

        *Everyone* follows the memberships, so that there are no rows to keep in step. The other spaces of a partnership
        hold memberships, which must last themselves. The wider field is open to whoever can sign in.
        """
        mine = Membership.objects.of(person).current()
        places = SpaceMembership.objects.current().filter(membership__in=mine)
        return self.filter(
            Q(kind=Space.Kind.EVERYONE, partnership__in=mine.values("partnership"))
            | Q(pk__in=places.values("space"))
            | Q(kind=Space.Kind.WIDER_FIELD)
        )

    def in_order(self):
        """Order as people meet them: everyone first, one to ones last."""
        order = models.Case(
            *[models.When(kind=kind, then=number) for number, kind in enumerate(Space.Kind.values)],
            default=99,
        )
        return self.order_by(order, "name", "pk")


class Space(models.Model):
    """A named set of people who can read what is shared in it.

    Across the power line it says who holds power over whom. One space, the wider field, belongs to no partnership and
    is open to everybody who can sign in. A space is closed, never deleted: what was shared there stays readable to
    those in it.
    """

    class Kind(models.TextChoices):
        """Who it is for."""

        EVERYONE = "everyone", _("Everyone")
        PEERS = "peers", _("Peers")
        POWER_LINE = "power_line", _("Across the power line")
        ONE_TO_ONE = "one_to_one", _("One to one")
        WIDER_FIELD = "wider_field", _("The wider field")

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="spaces")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=80, blank=True, help_text="Empty for everyone, one to one and the wider field.")
    purpose = models.CharField(max_length=300, blank=True)
    power_statement = models.CharField(
        max_length=300,
        blank=True,
        help_text="Across the power line: who holds power over whom, in one sentence.",
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(partnership=None, kind="wider_field")
                | (Q(partnership__isnull=False) & ~Q(kind="wider_field")),
                name="%(app_label)s_%(class)s_only_the_wider_field_has_no_partnership",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="wider_field"),
                name="%(app_label)s_%(class)s_one_wider_field",
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(kind="everyone"),
                name="%(app_label)s_%(class)s_one_everyone_each",
            ),
            models.CheckConstraint(
                condition=~Q(kind="power_line") | ~Q(power_statement=""),
                name="%(app_label)s_%(class)s_across_the_power_line_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["peers", "power_line"]) | ~Q(name=""),
                name="%(app_label)s_%(class)s_peers_and_power_line_have_names",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self):
        """Return the address of its page."""
        if self.kind == self.Kind.WIDER_FIELD:
            return reverse("records:landscape")
        return reverse("partnerships:space-detail", args=[self.partnership.slug, self.public_id])

    def place_in_order(self) -> tuple[int, str, int]:
        """Return where it stands among others, as `in_order` has them, for spaces that are fetched already."""
        return list(Space.Kind).index(Space.Kind(self.kind)), self.name, self.pk

    @property
    def is_open(self) -> bool:
        """Say whether more can be shared in it."""
        return self.closed_at is None

    def close_if_over(self) -> None:
        """Close it when nobody is in it, for nobody could ever be asked in again.

        A one to one is over as well when one of the two is gone, and nobody is being asked: it never grows.
        """
        inside = self.members().count()
        alone = self.kind == self.Kind.ONE_TO_ONE and inside == 1 and not self.admissions.pending().exists()
        if self.is_open and (not inside or alone):
            self.closed_at = timezone.now()
            self.save(update_fields=["closed_at"])

    def members(self) -> MembershipQuerySet:
        """Return the memberships whose people can read here now; none for the wider field, which has no list."""
        if self.kind == self.Kind.EVERYONE:
            return Membership.objects.current().filter(partnership=self.partnership_id)
        places = SpaceMembership.objects.current().filter(space=self)
        return Membership.objects.current().filter(pk__in=places.values("membership"))


class SpaceMembership(Stay):
    """One member's time in a space."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="places")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="places")

    objects = StayQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts(),
            models.UniqueConstraint(
                fields=["space", "membership"],
                condition=Q(ended_at=None),
                name="%(app_label)s_%(class)s_open_once",
            ),
        ]

    def __str__(self):
        return f"place {self.pk}"


def names_in(spaces: Iterable[Space], *, but=None) -> dict[int, list[str]]:
    """Return the names of the people in each of the spaces, which hold places of their own: one query for all.

    `but` is a person to leave out.
    """
    names: dict[int, list[str]] = {space.pk: [] for space in spaces}
    places = SpaceMembership.objects.current().filter(space__in=names, membership__in=Membership.objects.current())
    if but:
        places = places.exclude(membership__person=but)
    for space, name in places.order_by("membership__person__name").values_list("space", "membership__person__name"):
        names[space].append(name)
    return names


def wider_field() -> Space:
    """Return the one space that is open to everybody who can sign in."""
    return Space.objects.get(kind=Space.Kind.WIDER_FIELD)
