"""The rooms of a partnership, for its bar and its overview. Upper apps register theirs; the menu shows what exists."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from .models import Partnership
from .permissions import Permission, may
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

    `key` stays for ever: a partnership may have another word for the room. Rooms that are not `always` there open when
    they are first needed: by a member, by an action that makes the first thing in them (`actions.open_room`), or while
    `needed` says so to this reader. `line` tells on "More rooms" what one does there. `permission`
    keeps a room to those who may. `happenings` gives the lines that the room has for the overview, for this reader.
    """

    key: str
    label: str | Promise
    url_name: str
    order: int
    always: bool = True
    line: str | Promise = ""
    needed: Callable[[Reader, Partnership], bool] | None = None
    permission: Permission | None = None
    happenings: Callable[[Reader, Partnership], list[Happening]] | None = None


_rooms: list[Room] = []


def register(room: Room) -> None:
    """Add a room to every partnership."""
    _rooms.append(room)
    _rooms.sort(key=lambda row: row.order)


def all_rooms() -> list[Room]:
    """Return the rooms in their order."""
    return list(_rooms)


def word_of(room: Room, partnership: Partnership) -> str:
    """Return the partnership's word for the room, or the app's."""
    return partnership.word_for(f"room:{room.key}", str(room.label))


def word_for(key: str, partnership: Partnership) -> str:
    """Return the partnership's word for the room of that key, or the app's; KeyError where no room is registered."""
    return word_of({room.key: room for room in _rooms}[key], partnership)


def open_rooms(reader: Reader, partnership: Partnership) -> list[Room]:
    """Return the rooms that are open to the reader, in their order; none to who is no member."""
    return [room for room in _rooms if _is_for(room, reader, partnership) and _is_open(room, reader, partnership)]


def rooms_to_open(reader: Reader, partnership: Partnership) -> list[Room]:
    """Return the rooms that the reader may open, since nobody has needed them yet."""
    return [room for room in _rooms if _is_for(room, reader, partnership) and not _is_open(room, reader, partnership)]


def _is_for(room: Room, reader: Reader, partnership: Partnership) -> bool:
    membership = reader.membership_in(partnership.pk)
    return membership is not None and (room.permission is None or may(membership, room.permission))


def _is_open(room: Room, reader: Reader, partnership: Partnership) -> bool:
    if room.always or room.key in partnership.opened_rooms:
        return True
    return room.needed is not None and room.needed(reader, partnership)


def happenings(reader: Reader, partnership: Partnership) -> list[Happening]:
    """Return what is going on in the partnership, as far as the reader may read it."""
    return [row for room in _rooms if room.happenings for row in room.happenings(reader, partnership)]
