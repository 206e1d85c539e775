"""Who was at a session, and who may know that."""

from dataclasses import dataclass, field

from convening.access import is_host
from convening.models import Attendee, Session
from partnerships.reader import Reader


@dataclass
class Attendance:
    """What a reader may know: whether they are noted as there themselves, and the others, or nothing of them.

    `names` is None for those who may not know: under the Chatham House Rule, who was not there and does not host. They
    are given no number either.
    """

    mine: bool | None = None
    said_by_me: bool = False
    names: list[str] | None = None
    is_noted: bool = False
    boxes: list["Box"] = field(default_factory=list)


@dataclass(frozen=True)
class Box:
    """One person whom the host may tick: ticked or not, and whether they have said it of themselves."""

    public_id: str
    name: str
    is_there: bool
    said_by_them: bool


def attendance_to(reader: Reader, session: Session) -> Attendance:
    """Return what the reader may know of who was there; no query of its own."""
    rows = {row.person_id: row for row in session.attendees_now}
    mine = rows.get(reader.person.pk)
    hosts = is_host(reader, session)
    found = Attendance(
        mine=mine.attended if mine else None, said_by_me=bool(mine and mine.corrected_at), is_noted=was_noted(rows)
    )
    if hosts:
        found.boxes = [_box(row.person, rows.get(row.person_id)) for row in session.members_now]
    if hosts or found.mine or not session.is_chatham_house:
        found.names = sorted((row.person.name_as_author for row in rows.values() if row.attended), key=str.casefold)
    return found


def was_noted(rows: dict[int, Attendee]) -> bool:
    """Say whether the host has ticked once who was there."""
    return any(row.noted_at and row.noted_at != row.corrected_at for row in rows.values())


def _box(person, row: Attendee | None) -> Box:
    return Box(
        public_id=person.public_id,
        name=person.name,
        is_there=bool(row and row.attended),
        said_by_them=bool(row and row.corrected_at),
    )
