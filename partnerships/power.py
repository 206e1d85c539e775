"""Who holds power over whom in a partnership, and among the readers of a space.

Both sources are about what happens to honesty when those who fund or manage read along, so the composer says it by name
before anything is shared, and nobody who holds power comes into a space of peers without a question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from .models import HeldRole, Membership, Participation, Partnership, Role, Space
from .reader import Reader


@dataclass
class Power:
    """The power among the readers of a space: its own statement, or what roles and organisations tell."""

    statement: str = ""
    deciding: list[str] = field(default_factory=list)
    managing: list[str] = field(default_factory=list)

    def __bool__(self):
        return bool(self.statement or self.deciding or self.managing)


@dataclass(frozen=True)
class Standing:
    """The roles that people hold, by their memberships' primary keys, and the organisations that pay.

    A manager is taken to manage the practitioners of the same organisation; commissioners, and members of commissioning
    or funding organisations, to decide about the service's money.
    """

    held: Mapping[int, HeldRole]
    paying: frozenset[int]

    def decides(self, member: int) -> bool:
        """Say whether the member decides about the service's money."""
        held = self.held[member]
        return held.role == Role.COMMISSIONER or (
            held.organisation_id in self.paying and held.role != Role.PRACTITIONER
        )

    def managed_by(self, member: int, others: Iterable[int]) -> set[int]:
        """Return those of the others whom the member manages."""
        held = self.held[member]
        if held.role != Role.MANAGER or not held.organisation_id:
            return set()
        theirs = {other: self.held[other] for other in others if other != member}
        return {
            other
            for other, row in theirs.items()
            if row.role == Role.PRACTITIONER and row.organisation_id == held.organisation_id
        }

    def over(self, member: int, others: Iterable[int]) -> set[int]:
        """Return those of the others over whom the member holds power. Who decide about the money are peers in that."""
        others = set(others) - {member}
        below = {other for other in others if not self.decides(other)} if self.decides(member) else set()
        return below | self.managed_by(member, others)


def paying_in(partnership_id: int | None) -> frozenset[int]:
    """Return the primary keys of the organisations that commission or fund."""
    paying = Participation.objects.filter(Q(commissions=True) | Q(funds=True), partnership=partnership_id)
    return frozenset(paying.values_list("organisation", flat=True))


def standing_in(partnership: Partnership) -> Standing:
    """Return how all members of the partnership stand to each other now."""
    members = Membership.objects.current().filter(partnership=partnership)
    held = HeldRole.objects.current().filter(membership__in=members)
    return Standing(held={row.membership_id: row for row in held}, paying=paying_in(partnership.pk))


def standing_of(members: Iterable[Membership], partnership_id: int | None) -> Standing:
    """Return how these members stand to each other; they come `with_roles()`."""
    return Standing(held={row.pk: row.held_role for row in members}, paying=paying_in(partnership_id))


def power_among(space: Space, readers: list[Membership]) -> Power:
    """Say who of these readers decides about the service's money, and who manages others among them.

    A space across the power line has said it itself. `readers` come from `space.members().with_roles()`, the person who
    shares included.
    """
    if space.power_statement:
        return Power(statement=space.power_statement)
    standing = standing_of(readers, space.partnership_id)
    return Power(
        deciding=[reader.person.name for reader in readers if standing.decides(reader.pk)],
        managing=[reader.person.name for reader in readers if standing.managed_by(reader.pk, standing.held)],
    )


def power_around(reader: Reader) -> Power:
    """Say who in the person's own partnerships decides about the money, or manages others: they read the wider field.

    Of people elsewhere nothing is said, not that they are there. One query beside those for the other members.
    """
    paying: dict[int, set[int]] = {pk: set() for pk in reader.memberships}
    rows = Participation.objects.filter(Q(commissions=True) | Q(funds=True), partnership__in=paying)
    for partnership_id, organisation_id in rows.values_list("partnership", "organisation"):
        paying[partnership_id].add(organisation_id)
    deciding, managing = set(), set()
    for pk, mine in reader.memberships.items():
        others = {row.pk: row for row in reader.others[pk]}
        held = {key: row.held_role for key, row in others.items()} | {mine.pk: mine.held_role}
        standing = Standing(held=held, paying=frozenset(paying[pk]))
        deciding |= {row.person.name for key, row in others.items() if standing.decides(key)}
        managing |= {row.person.name for key, row in others.items() if standing.managed_by(key, held)}
    return Power(deciding=sorted(deciding), managing=sorted(managing))


def question_about(member: Membership, standing: Standing, others: Iterable[int]) -> str:
    """Put the question that is asked before somebody with power over the others is among peers; "" where there is none.

    The sentence is that of 6-voices.
    """
    name = {"name": member.person.name}
    if not standing.over(member.pk, others):
        return ""
    if standing.managed_by(member.pk, others):
        return _("%(name)s manages people here. Is this still a space of peers?") % name
    return _("%(name)s decides about the service’s money. Is this still a space of peers?") % name


def questions_among(members: Iterable[Membership], standing: Standing) -> dict[int, str]:
    """Put the question about each of these members who holds power over others of them, by their primary keys."""
    members = list(members)
    everybody = {member.pk for member in members}
    questions = {member.pk: question_about(member, standing, everybody) for member in members}
    return {pk: question for pk, question in questions.items() if question}
