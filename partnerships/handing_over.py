"""What is known of a change of learning partner: who has been one when, and where the agreement names somebody."""

from dataclasses import dataclass
from datetime import datetime

from .models import HeldRole, Membership, Partnership


@dataclass
class Time:
    """From when to when somebody was learning partner here."""

    membership: Membership
    since: datetime
    until: datetime | None


def times_of(partnership: Partnership) -> list[Time]:
    """Return who has been learning partner and when, the newest first; a change of other things interrupts nothing."""
    ever = HeldRole.objects.filter(membership__partnership=partnership, is_learning_partner=True)
    rows = HeldRole.objects.filter(membership__in=ever.values("membership"))
    times: list[Time] = []
    before: HeldRole | None = None
    for row in rows.select_related("membership__person").order_by("membership", "started_at", "pk"):
        goes_on = before is not None and before.membership_id == row.membership_id and before.is_learning_partner
        if row.is_learning_partner and goes_on:
            times[-1].until = row.ended_at
        elif row.is_learning_partner:
            times.append(Time(row.membership, row.started_at, row.ended_at))
        before = row
    return sorted(times, key=lambda time: time.since, reverse=True)


def lines_that_name(partnership: Partnership, name: str) -> list[str]:
    """Return the lines of the agreement that holds now in which the name stands."""
    agreement = partnership.agreements.adopted().first()
    if agreement is None:
        return []
    lines = [*agreement.text.splitlines(), *agreement.safety.splitlines()]
    return [line.strip() for line in lines if name.casefold() in line.casefold()]
