"""Readings side by side: a column for each role and organisation, in it what was said for it, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from curating.models import Reading
from partnerships.models import Membership


@dataclass
class Column:
    """What was said for one role or organisation."""

    heading: str
    is_organisation: bool
    readings: list[Reading] = field(default_factory=list)


def columns_of(readings: Iterable[Reading]) -> list[Column]:
    """Return a column for each role and organisation for which somebody said how it reads; the first come first."""
    found: dict[tuple[bool, str], Column] = {}
    for row in sorted(readings, key=lambda row: (row.shared_at, row.pk)):
        heading = row.said_for
        column = found.setdefault(
            (row.is_organisations, heading), Column(heading=heading, is_organisation=row.is_organisations)
        )
        column.readings.insert(0, row)
    return list(found.values())


def not_heard(readers: Iterable[Membership], columns: Iterable[Column]) -> list[str]:
    """Return the organisations of those who read there for which nobody has said yet how it reads."""
    heard = {column.heading for column in columns if column.is_organisation}
    here = {row.held_role.organisation.name for row in readers if row.held_role.organisation}
    return sorted(here - heard, key=str.casefold)
