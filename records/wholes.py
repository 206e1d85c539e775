"""What a record can be said to be part of, such as a learning cycle.

The room that has such wholes registers itself here; the pages of other rooms show them, and begin things within them,
without knowing that room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists

from partnerships.reader import Reader

from .models import Record


@dataclass(frozen=True)
class PartOf:
    """What the page of a record says of it: of what it is part, and where its reader says that it is of more."""

    wholes: list[Record]
    address: str = ""


@dataclass(frozen=True)
class Wholes:
    """A room that has wholes.

    `is_part` gives the condition, for the query of the door, that a record is part of something in this room at all;
    where it is not, its page asks no more. `part_of` gives what a page shows to this reader. `find` gives the whole of
    that public id in which this reader may begin something, or None; `put` makes a record part of it.
    """

    is_part: Callable[[], Exists]
    part_of: Callable[[Reader, Record], PartOf]
    find: Callable[[Reader, str], Record | None]
    put: Callable[[Record, Record, Any], None]


_rooms: list[Wholes] = []


def register(room: Wholes) -> None:
    """Make a room's wholes known."""
    _rooms.append(room)


def columns() -> dict[str, Any]:
    """Return a column for the door: whether a record is part of anything. Pages ask further only then."""
    return {"is_part": reduce(or_, (room.is_part() for room in _rooms))} if _rooms else {}


def part_of(reader: Reader, record: Record) -> list[PartOf]:
    """Return what the page of a record says of all that it is part of."""
    return [room.part_of(reader, record) for room in _rooms]


def whole_for(reader: Reader, public_id: str, *, slug: str) -> Record | None:
    """Return what the reader may begin something within, by its public id, where it is of that partnership."""
    sought = public_id[:12].replace("\0", "")
    found = (room.find(reader, sought) for room in _rooms) if sought else ()
    return next((whole for whole in found if whole and whole.partnership and whole.partnership.slug == slug), None)


def begin_within(record: Record, *, whole: str, by) -> None:
    """Make a new record part of what its form was opened from; nothing where that cannot be read any more."""
    reader, sought = Reader(by), whole[:12].replace("\0", "")
    for room in _rooms if sought else ():
        found = room.find(reader, sought)
        if found:
            room.put(record, found, by)
