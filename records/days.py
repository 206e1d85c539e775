"""On which days a record of a kind was: when it began, and when it ended.

Rooms register theirs in `apps.py`. What draws records along time asks here, and knows no kind by name.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from partnerships.reader import Reader


@dataclass(frozen=True)
class Days:
    """When something began, and when it ended: the same day where it was on one, None where it goes on."""

    began_on: date
    ended_on: date | None


# Gives the days of those records of one kind that the reader reads, by their primary keys, in one query.
Provider = Callable[[Reader, Collection[int]], Mapping[int, Days]]

_providers: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    """Say when records of that kind are."""
    _providers[kind] = provider


def kinds_with_days() -> list[str]:
    """Return the keys of the kinds that can be drawn along time, in the order of registering."""
    return list(_providers)


def days_of(reader: Reader, keys: Mapping[str, Collection[int]]) -> dict[int, Days]:
    """Return the days of records, given by kind: one query for each kind."""
    found: dict[int, Days] = {}
    for kind, provider in _providers.items():
        if keys.get(kind):
            found |= provider(reader, keys[kind])
    return found
