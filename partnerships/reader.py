"""The person who reads, and the spaces they are in: resolved once per request."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import FETCH_PEERS, Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Admission, Membership, Partnership, Space, SpaceMembership
from .models.phases import phase_columns, phase_word
from .models.spaces import names_in
from .models.stays import current_stay

# More readers than this are counted in the composer, and named on the page that shares.
MOST_NAMED = 15


@dataclass(frozen=True)
class Partner:
    """The other person of a one to one: reading there, asked and not accepted yet, or neither."""

    name: str
    reads: bool = False
    is_asked: bool = False


class Reader:
    """What decides about reading: a person, and the spaces that they are in now.

    Records know only readers. No office, role or duty of the person enters here, so none can open a record.
    """

    def __init__(self, person):
        self.person = person

    @cached_property
    def spaces(self) -> dict[int, Space]:
        """Return the spaces the person is in, by primary key, in the order people meet them."""
        if not self.person.is_authenticated:
            return {}
        # Whoever wants to know their partnerships asks for all of them at once.
        spaces = list(Space.objects.readable_by(self.person).fetch_mode(FETCH_PEERS))
        known = self.memberships if "memberships" in vars(self) else {}
        for space in spaces:
            if space.partnership_id in known:
                space.partnership = known[space.partnership_id].partnership
        return {space.pk: space for space in sorted(spaces, key=Space.place_in_order)}

    @cached_property
    def memberships(self) -> dict[int, Membership]:
        """Return the person's current memberships with the role held now, by the partnership's primary key."""
        if not self.person.is_authenticated:
            return {}
        # With what the bar shows on each page: the path, as deep as partnerships usually nest, the phase, the rooms.
        rows = Membership.objects.of(self.person).current().select_related("partnership__parent__parent__parent")
        kinds = (Space.Kind.PEERS, Space.Kind.POWER_LINE)
        named = Space.objects.filter(partnership=OuterRef("partnership"), kind__in=kinds)
        rows = rows.with_held_roles().annotate(**phase_columns("partnership"), can_ask_in=Exists(named))
        found = {row.partnership_id: row for row in rows}
        for row in found.values():
            row.person = self.person
        return found

    def phase_in(self, partnership: Partnership) -> str:
        """Return the word for the phase that one of the person's partnerships is in."""
        row = self.memberships.get(partnership.pk)
        return phase_word(getattr(row, "phase_key", ""), getattr(row, "phase_name", ""))

    def has_spaces_apart(self, partnership: Partnership) -> bool:
        """Say whether there are spaces beside everyone that the person may know of: they are in one, or can ask to be.

        In which they are is known already on nearly every page.
        """
        if any(space.kind != Space.Kind.EVERYONE for space in self.spaces_of(partnership)):
            return True
        return getattr(self.memberships.get(partnership.pk), "can_ask_in", False)

    def membership_in(self, partnership_id: int | None) -> Membership | None:
        """Return the person's current membership of the partnership with that primary key, if any."""
        return self.memberships.get(partnership_id) if partnership_id else None

    @cached_property
    def partnerships(self) -> list[Partnership]:
        """Return the opened partnerships that the person is in, and the drafts that they started, by name."""
        return sorted((row.partnership for row in self.memberships.values()), key=lambda row: row.name.casefold())

    def spaces_of(self, partnership: Partnership) -> list[Space]:
        """Return the spaces of the partnership that the person is in."""
        found = [space for space in self.spaces.values() if space.partnership_id == partnership.pk]
        for space in found:
            space.partnership = partnership
        return found

    @cached_property
    def _sizes(self) -> dict[int, int]:
        """Count the people in each of the person's spaces, themselves included: one query for all."""
        everyone = [pk for pk, space in self.spaces.items() if space.kind == Space.Kind.EVERYONE]
        members = Space.objects.filter(current_stay("partnership__memberships__"), pk__in=everyone)
        counted = members.values_list("pk").annotate(Count("partnership__memberships")).order_by()
        others = [pk for pk in self.spaces if pk not in everyone]
        places = SpaceMembership.objects.current().filter(current_stay("membership__"), space__in=others)
        return dict(counted.union(places.values_list("space").annotate(Count("pk")).order_by(), all=True))

    @cached_property
    def _partners(self) -> dict[int, Partner]:
        """Return the other person of each of the person's one to ones: a query or two for all."""
        pairs = [pk for pk, space in self.spaces.items() if space.kind == Space.Kind.ONE_TO_ONE]
        if not pairs:
            return {}
        places = SpaceMembership.objects.filter(space__in=pairs).exclude(membership__person=self.person)
        found = {
            row.space_id: Partner(row.membership.person.name, reads=row.is_current and row.membership.is_current)
            for row in places.select_related("membership__person").order_by("pk")
        }
        without = [pk for pk in pairs if pk not in found]
        if without:
            asked = Admission.objects.filter(space__in=without).exclude(membership__person=self.person)
            found |= {
                row.space_id: Partner(row.membership.person.name, is_asked=row.is_pending)
                for row in asked.select_related("membership__person").order_by("pk")
            }
        return found

    def waits_for(self, space: Space) -> str:
        """Name the other of a one to one who has not accepted yet, and reads nothing until then."""
        partner = self._partners.get(space.pk)
        return partner.name if partner and partner.is_asked else ""

    def others_in(self, space: Space) -> int:
        """Count the people other than this one who read the space now."""
        return max(self._sizes.get(space.pk, 0) - 1, 0)

    @cached_property
    def others(self) -> dict[int, list[Membership]]:
        """Return the other members of the person's partnerships by name, each with the role held now: two queries."""
        found: dict[int, list[Membership]] = {pk: [] for pk in self.memberships}
        rows = Membership.objects.current().filter(partnership__in=found).exclude(person=self.person)
        for row in rows.with_roles().order_by("person__name") if found else []:
            found[row.partnership_id].append(row)
        return found

    @cached_property
    def _names(self) -> dict[int, list[str]]:
        """Name the others in the person's spaces, but for large ones: one query beside that for `others`."""
        small = [space for pk, space in self.spaces.items() if 1 < self._sizes.get(pk, 0) <= MOST_NAMED + 1]
        names = names_in([space for space in small if space.kind != Space.Kind.EVERYONE], but=self.person)
        for space in small:
            if space.kind == Space.Kind.EVERYONE:
                names[space.pk] = [row.person.name for row in self.others.get(space.partnership_id or 0, [])]
        return names

    def names_of_others(self, space: Space) -> list[str]:
        """Name the people other than this one who read the space now; nobody where there are more than fifteen."""
        return self._names.get(space.pk, [])

    def name_of(self, space: Space) -> str:
        """Name a space as this person knows it: a one to one by the other's name."""
        if space.kind == Space.Kind.ONE_TO_ONE:
            partner = self._partners.get(space.pk)
            return _("%(name)s and you") % {"name": partner.name} if partner else _("One to one")
        return space.name or str(space.get_kind_display())

    def who_reads(self, space: Space | None) -> str:
        """Say in words who can read what is in the space, such as "Early shift peers: 7 people"."""
        if space is None:
            return _("Only you")
        if space.kind == Space.Kind.WIDER_FIELD:
            return _("The wider field: everyone who can sign in here")
        if space.kind == Space.Kind.ONE_TO_ONE:
            return self._who_reads_of_two(space)
        others = self.others_in(space)
        words = ngettext("%(space)s: %(n)d person", "%(space)s: %(n)d people", others)
        return words % {"space": self.name_of(space), "n": others}

    def _who_reads_of_two(self, space: Space) -> str:
        """Say who reads a one to one, which the other may not have accepted yet, or has left."""
        partner = self._partners.get(space.pk)
        if partner is None or partner.reads:
            return self.name_of(space)
        if partner.is_asked:
            return _("Only you, until %(name)s has accepted") % {"name": partner.name}
        return _("Only you: %(name)s is not in it") % {"name": partner.name}
