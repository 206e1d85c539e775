"""What is kept of a supervision session, and acknowledging it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.looking.notes import change_note, held_for_notes, wrote_before
from convening.looking.rules import day_in_force
from convening.looking.supervision import is_acknowledged_by_both, is_supervision, was_away
from convening.models import Acknowledgement, Session, SupervisionNote
from desk.audit import record_event
from desk.models import Draft
from partnerships.actions import note_meeting
from records.versions import AlreadySent, StaleVersion


@transaction.atomic
def note_supervision(*, session: Session, version: int, words: dict[str, Any], by, key: str) -> SupervisionNote:
    """Write what is kept of a supervision session; `words` are its boxes. Those who acknowledged it are asked again.

    Anybody in its space does, from its start on. Raises StaleVersion, AlreadySent, ValidationError, PermissionDenied.
    """
    locked = _held(session, by)
    row = SupervisionNote.objects.filter(session=locked).first()
    is_new = Draft.use(author=by, key=key, form="supervision")
    if row and (row.words == words or (not is_new and wrote_before(locked, "supervision", words, by))):
        return row
    if not is_new:
        raise AlreadySent
    row = row or SupervisionNote(session=locked, version=0)
    change_note(row, session=locked, part="supervision", version=version, words=words, by=by)
    row.save()
    record_event(by=by, action="session.note_supervision", kind="session", public_id=locked.public_id)
    return row


@transaction.atomic
def acknowledge(*, session: Session, version: int, by) -> None:
    """Say that one was there, has read the note at this version, and lets it stand.

    Once a supervisor and somebody who is supervised have, the day is noted: those who are talked of are told its month.
    Raises StaleVersion where it was changed after one read it, ValidationError for who is noted as not there.
    """
    locked = _held(session, by)
    note = SupervisionNote.objects.filter(session=locked).first()
    if note is None:
        raise ValidationError(_("Nothing is written yet, so there is nothing to acknowledge."), code="nothing")
    if was_away(locked, by):
        raise ValidationError(_("You are noted as not there. Correct that first, if you were."), code="away")
    if note.version != version:
        raise StaleVersion
    _row, made = Acknowledgement.objects.get_or_create(
        note=note, person=by, version=note.version, defaults={"made_at": timezone.now()}
    )
    if not made:
        return
    record_event(by=by, action="session.acknowledge", kind="session", public_id=locked.public_id)
    if locked.partnership and is_acknowledged_by_both(note, locked):
        note_meeting(partnership=locked.partnership, met_on=day_in_force(locked), by=by)


def _held(session: Session, by) -> Session:
    locked = held_for_notes(session, by)
    if not is_supervision(locked):
        raise PermissionDenied("No supervision.")
    return locked
