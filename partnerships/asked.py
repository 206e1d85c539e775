"""What is asked of a person, for the first part of home. Each domain registers what it may ask."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Value

from .reader import Reader


@dataclass(frozen=True)
class Asked:
    """One thing asked of a person: a heading, a line on it, where it is answered, and what the button says.

    `where` names the partnership that it is about.
    """

    title: str
    words: str
    where: str
    address: str
    label: str


Provider = Callable[[Reader], list[Asked]]
Rows = Callable[[Reader], Any]

_providers: list[tuple[Provider, Rows | None]] = []


def register(provider: Provider, *, perhaps: Rows | None = None) -> None:
    """Add something that may ask; it takes one query or two.

    What asks seldom gives, as `perhaps`, rows without which it asks nothing: never fewer than it asks about, and rather
    more than costly to find, so without the rule of reading. Whether there are any is asked for all of these in one
    query, and on most days nothing more; the provider itself asks by the rule.
    """
    _providers.append((provider, perhaps))


def asked_of(reader: Reader) -> list[Asked]:
    """Return all that is asked of the reader, in the order in which the domains registered."""
    places = [
        perhaps(reader).order_by().values_list(Value(place))
        for place, (_find, perhaps) in enumerate(_providers)
        if perhaps is not None
    ]
    # A union names each place once. An "exists" for each would cost the database no less, and twice as much to write.
    there = {place for (place,) in places[0].union(*places[1:]).order_by()} if places else set()
    asking = [find for place, (find, perhaps) in enumerate(_providers) if perhaps is None or place in there]
    return [row for find in asking for row in find(reader)]
