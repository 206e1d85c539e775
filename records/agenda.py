"""The kinds of items that an agenda may hold. Rooms register theirs in `apps.py`; what plans a session asks here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from partnerships import rooms
from partnerships.models import Partnership, Space
from partnerships.reader import Reader


@dataclass(frozen=True)
class Waiting:
    """A record that waits to be looked at together: an item of that kind, called like it."""

    kind: str
    public_id: str
    title: str
    address: str


@dataclass(frozen=True)
class AgendaKind:
    """One kind of item: what it is called, and a line on how it is done, for who leads it.

    `key` stays for ever, since items name it. A kind with a `room` is offered only where that room is open. `waiting`
    gives what is offered to who plans a session in that space, and `why_waiting` says why in a line; it gives nothing
    that somebody in the space may not read.
    """

    key: str
    label: str | Promise
    guidance: str | Promise
    room: str = ""
    waiting: Callable[[Reader, Space], list[Waiting]] | None = None
    why_waiting: str | Promise = ""


_kinds: dict[str, AgendaKind] = {}


def register(kind: AgendaKind) -> None:
    """Make a kind known."""
    _kinds[kind.key] = kind


def get(key: str) -> AgendaKind:
    """Return the kind of that key; KeyError where none is registered."""
    return _kinds[key]


def is_known(key: str) -> bool:
    """Say whether a kind of that key is registered."""
    return key in _kinds


def offered(reader: Reader, partnership: Partnership) -> list[AgendaKind]:
    """Return what the reader may put on an agenda there, in the order of registering."""
    of_a_room = any(kind.room for kind in _kinds.values())
    open_now = {room.key for room in rooms.open_rooms(reader, partnership)} if of_a_room else set()
    return [kind for kind in _kinds.values() if not kind.room or kind.room in open_now]


def waiting(reader: Reader, space: Space) -> list[tuple[AgendaKind, list[Waiting]]]:
    """Return what waits to be looked at together in that space, for whoever plans a session there; none is left out."""
    found = [(kind, kind.waiting(reader, space)) for kind in _kinds.values() if kind.waiting]
    return [(kind, rows) for kind, rows in found if rows]


def find_waiting(reader: Reader, space: Space, public_id: str) -> Waiting | None:
    """Return what waits there under that public id."""
    return next((row for _kind, rows in waiting(reader, space) for row in rows if row.public_id == public_id), None)
