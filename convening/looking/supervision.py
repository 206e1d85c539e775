"""What a supervision session leaves, as those in its space read it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from convening.access import is_host
from convening.models import Attendee, Session, SupervisionNote
from partnerships.models import Partnership
from partnerships.reader import Reader
from partnerships.supervision import learning_partners

from .rules import takes_notes


def is_supervision(session: Session) -> bool:
    """Say whether the session is one of a supervision, and takes place."""
    partnership = session.partnership
    return partnership is not None and partnership.kind == Partnership.Kind.SUPERVISION and not session.is_cancelled


def was_away(session: Session, person) -> bool:
    """Say whether it is noted that the person was not there."""
    return Attendee.objects.filter(session=session, person=person, attended=False).exists()


def is_acknowledged_by_both(note: SupervisionNote, session: Session) -> bool:
    """Say whether a supervisor and somebody else have acknowledged the note as it stands."""
    people = set(note.acknowledgements.filter(version=note.version).values_list("person", flat=True))
    supervisors = (
        set(learning_partners(session.partnership).values_list("person", flat=True)) if session.partnership else set()
    )
    return bool(people & supervisors) and bool(people - supervisors)


@dataclass
class SupervisionShown:
    """What the page of a supervision session shows of its note.

    `names` are those who acknowledged it as it stands, with the day: under the Chatham House Rule they say who was
    there, so only those who were read them.
    """

    note: SupervisionNote | None
    may_write: bool
    is_asked: bool = False
    has_acknowledged: bool = False
    names: list[tuple[str, datetime]] = field(default_factory=list)
    was_changed_after: bool = False


def supervision_to(reader: Reader, session: Session, note: SupervisionNote | None) -> SupervisionShown:
    """Return what the page shows of a supervision and its note: one query, and none before there is a note."""
    shown = SupervisionShown(note=note, may_write=takes_notes(reader, session))
    if note is None:
        return shown
    rows = list(note.acknowledgements.select_related("person"))
    now = [row for row in rows if row.version == note.version]
    shown.has_acknowledged = any(row.person_id == reader.person.pk for row in now)
    shown.was_changed_after = any(row.person_id == reader.person.pk for row in rows) and not shown.has_acknowledged
    away = any(row.person_id == reader.person.pk and row.attended is False for row in session.attendees_now)
    shown.is_asked = shown.may_write and not shown.has_acknowledged and not away
    if not session.is_chatham_house or shown.has_acknowledged or is_host(reader, session):
        shown.names = [(row.person.name_as_author, row.made_at) for row in now]
    return shown


def in_boxes(words: dict[str, Any]) -> dict[str, Any]:
    """Return the words of a note, present or former, as the boxes of its form hold them."""
    day = words.get("followed_up_on")
    has_concern = "yes" if words.get("has_concern") else "no"
    return words | {
        "has_concern": has_concern,
        "followed_up_on": date.fromisoformat(day) if isinstance(day, str) else day,
    }
