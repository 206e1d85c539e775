"""People and organisations that fit: those whom the pages of people in one's partnerships show, and no others."""

from dataclasses import dataclass, field
from typing import Any

from partnerships.models import HeldRole, Membership, Organisation, Participation, Partnership
from partnerships.reader import Reader

from . import snippets
from .query import Query
from .snippets import Passage

# Enough to see that somebody is there; the pages of people have them all.
MOST = 3


@dataclass
class PersonFound:
    """Somebody who fits, with the roles held in one's own partnerships.

    `said` is what they say of themselves, where that is what fits.
    """

    person: Any
    said: list[Passage]
    roles: list[HeldRole] = field(default_factory=list)


@dataclass
class OrganisationFound:
    """An organisation that fits, and in which of one's own partnerships it is."""

    organisation: Organisation
    partnerships: list[Partnership] = field(default_factory=list)


@dataclass
class Found:
    """A few people and organisations, and whether there are more."""

    people: list[PersonFound]
    organisations: list[OrganisationFound]
    are_more: bool


def people_of(reader: Reader, query: Query, *, partnership: Partnership | None) -> Found:
    """Return people and organisations of the partnership, or of all that the reader is in: two queries.

    Read off what a page of people shows, so that nothing is found that could not be read there.
    """
    mine = [partnership.pk] if partnership else list(reader.memberships)
    members = Membership.objects.current().filter(partnership__in=mine)
    rows = HeldRole.objects.current().filter(membership__in=members)
    rows = rows.select_related("membership__person", "membership__partnership", "organisation")
    people: dict[int, PersonFound] = {}
    organisations: dict[int, OrganisationFound] = {}
    for row in rows.order_by("membership__person__name", "membership__person", "membership__partnership__name"):
        if row.organisation:
            _note(organisations, row.organisation, row.membership.partnership, query)
        if query.fits(_said_by(row)):
            found = people.setdefault(row.membership.person_id, _person_found(row.membership.person, query))
            found.roles.append(row)
    taking_part = Participation.objects.filter(partnership__in=mine).select_related("organisation", "partnership")
    for part in taking_part.order_by("partnership__name"):
        _note(organisations, part.organisation, part.partnership, query)
    named = sorted(organisations.values(), key=lambda row: row.organisation.name.casefold())
    return Found(
        people=list(people.values())[:MOST],
        organisations=named[:MOST],
        are_more=len(people) > MOST or len(named) > MOST,
    )


def _said_by(row: HeldRole) -> str:
    """Return what a page of people says of somebody in their own words; each on a line of its own."""
    person = row.membership.person
    return "\n".join([person.name, row.role_in_words, person.wants_to_learn, person.can_offer, person.answers_for])


def _person_found(person, query: Query) -> PersonFound:
    said = snippets.around([person.wants_to_learn, person.can_offer, person.answers_for], query)
    return PersonFound(person, said=said if any(passage.is_marked for passage in said) else [])


def _note(found: dict[int, OrganisationFound], organisation: Organisation, partnership: Partnership, query: Query):
    if query.fits(organisation.name):
        row = found.setdefault(organisation.pk, OrganisationFound(organisation))
        if partnership not in row.partnerships:
            row.partnerships.append(partnership)
