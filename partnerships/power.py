"""Who holds power over whom among the readers of a space.

Both sources are about what happens to honesty when those who fund or manage read along, so the composer says it by name
before anything is shared.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from .models import HeldRole, Membership, Participation, Role, Space


@dataclass
class Power:
    """The power among the readers of a space: its own statement, or what roles and organisations tell."""

    statement: str = ""
    deciding: list[str] = field(default_factory=list)
    managing: list[str] = field(default_factory=list)

    def __bool__(self):
        return bool(self.statement or self.deciding or self.managing)


def power_among(space: Space, readers: list[Membership]) -> Power:
    """Say who of these readers decides about the service's money, and who manages others among them.

    A manager is taken to manage the practitioners of the same organisation; commissioners, and members of commissioning
    or funding organisations, to decide about the money. A space across the power line has said it itself. `readers`
    come from `space.members().with_roles()`, the person who shares included.
    """
    if space.power_statement:
        return Power(statement=space.power_statement)
    paying = set(
        Participation.objects.filter(Q(commissions=True) | Q(funds=True), partnership=space.partnership_id).values_list(
            "organisation", flat=True
        )
    )
    held = {reader: reader.held_role for reader in readers}
    managed = {row.organisation_id for row in held.values() if row.role == Role.PRACTITIONER and row.organisation_id}

    def decides(row: HeldRole) -> bool:
        return row.role == Role.COMMISSIONER or (row.organisation_id in paying and row.role != Role.PRACTITIONER)

    return Power(
        deciding=[reader.person.name for reader, row in held.items() if decides(row)],
        managing=[
            reader.person.name
            for reader, row in held.items()
            if row.role == Role.MANAGER and row.organisation_id in managed
        ],
    )
