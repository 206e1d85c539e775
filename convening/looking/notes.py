"""What notes of sessions share: who writes them, and what they said before."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.models import FormerNote, Session
from partnerships.reader import Reader
from records.versions import StaleVersion

from .rules import takes_notes


def held_for_notes(session: Session, by) -> Session:
    """Return the session, held against all who write its notes; PermissionDenied outside its space.

    Raises ValidationError before it begins, where it was cancelled, and once its space is closed.
    """
    rows = Session.objects.select_for_update(of=("self",)).select_related("space__partnership", "partnership")
    locked = rows.get(pk=session.pk)
    reader = Reader(by)
    if locked.space_id not in reader.spaces or not locked.stands:
        raise PermissionDenied("Not in its space.")
    if locked.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nothing came of it."), code="cancelled")
    if not locked.has_started:
        raise ValidationError(_("This session has not begun yet."), code="early")
    if not takes_notes(reader, locked):
        raise ValidationError(_("This space is closed, so nothing more is written here."), code="closed")
    return locked


def change_note(note: Any, *, session: Session, part: str, version: int, words: dict[str, Any], by) -> None:
    """Keep what the note says, and put these words in its place. Raises StaleVersion where somebody was faster."""
    if note.version != version:
        raise StaleVersion
    if note.version:
        keep = {"words": plain(note.words), "written_by_id": note.written_by_id, "written_at": note.written_at}
        FormerNote.objects.create(session=session, part=part, number=note.version, **keep)
    for name, value in words.items():
        setattr(note, name, value)
    note.version += 1
    note.written_by, note.written_at = by, timezone.now()


def wrote_before(session: Session, part: str, words: dict[str, Any], by) -> bool:
    """Say whether this person wrote these very words here before: a form that is sent again."""
    rows = FormerNote.objects.filter(session=session, part=part, written_by=by)
    return any(row.words == plain(words) for row in rows)


def words_at(session: Session, part: str, version: int) -> dict[str, Any]:
    """Return what that note said at an earlier version; nothing where there was none."""
    row = FormerNote.objects.filter(session=session, part=part, number=version).first()
    return row.words if row else {}


def plain(words: dict[str, Any]) -> dict[str, Any]:
    """Return the words as JSON holds them."""
    return json.loads(json.dumps(words, cls=DjangoJSONEncoder))
