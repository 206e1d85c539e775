"""What is asked of a person, for the first part of home. Each domain registers what it may ask."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists

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


def register(provider: Provider, *, rows: Rows | None = None) -> None:
    """Add something that may ask; it takes one query or two.

    What asks seldom gives, as `rows`, the queryset that it is made of: whether there are any is asked for all of these
    in one query, and on most days nothing more.
    """
    _providers.append((provider, rows))


def asked_of(reader: Reader) -> list[Asked]:
    """Return all that is asked of the reader, in the order in which the domains registered."""
    any_rows = {f"rows_{place}": Exists(rows(reader)) for place, (_find, rows) in enumerate(_providers) if rows}
    people = get_user_model().objects.filter(pk=reader.person.pk)
    there = (people.values(**any_rows).first() or {}) if any_rows else {}
    asking = [find for place, (find, _rows) in enumerate(_providers) if there.get(f"rows_{place}", True)]
    return [row for find in asking for row in find(reader)]
