"""The rooms of a partnership, for its bar and its overview. Upper apps register theirs; the menu shows what exists."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from .models import Partnership
from .reader import Reader


@dataclass(frozen=True)
class Happening:
    """One line under "What is going on": when, what, and a word on it."""

    when: str
    title: str
    address: str
    words: str


@dataclass(frozen=True)
class Room:
    """One entry of a partnership's bar. `url_name` takes the slug.

    `happenings` gives the lines that the room has for the overview, for this reader.
    """

    label: str | Promise
    url_name: str
    order: int
    happenings: Callable[[Reader, Partnership], list[Happening]] | None = None


_rooms: list[Room] = []


def register(room: Room) -> None:
    """Add a room to every partnership."""
    _rooms.append(room)
    _rooms.sort(key=lambda row: row.order)


def all_rooms() -> list[Room]:
    """Return the rooms in their order."""
    return list(_rooms)


def happenings(reader: Reader, partnership: Partnership) -> list[Happening]:
    """Return what is going on in the partnership, as far as the reader may read it."""
    return [row for room in _rooms if room.happenings for row in room.happenings(reader, partnership)]
