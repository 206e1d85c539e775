"""What every change of a session goes through: who may, whether it is still ahead, and what it said before is kept."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.reader import Reader
from records.search import index
from records.versions import keep_version, swap_version

from .access import is_host
from .models import Session


def require_host(session: Session, person) -> None:
    """Raise PermissionDenied for others than its host, and ValidationError once it is cancelled."""
    if not is_host(Reader(person), session):
        raise PermissionDenied("Not its host.")
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled."), code="cancelled")


def require_ahead(session: Session, words: str) -> None:
    """Raise ValidationError with these words once it has begun."""
    if session.has_started:
        raise ValidationError(words, code="begun")


def require_live(session: Session) -> None:
    """Raise ValidationError unless its live page is open, saying why it is not."""
    if session.is_over:
        raise ValidationError(_("This session is over."), code="over")
    if not session.is_live:
        raise ValidationError(_("This session has not begun yet."), code="early")


def put_at(session: Session, *, version: int, times: dict[str, Any], alone: bool, by) -> None:
    """Put a session at other times, to be reminded of anew; `alone` where its series does not go with it."""
    moved = {"was_to_start_at": session.starts_at, "reminded_at": None, "moved_alone": alone}
    change_columns(session, version=version, changes=times | moved, by=by)


def call_off(session: Session, *, because: str, by) -> None:
    """Mark a session as cancelled."""
    cancelled = {"cancelled_at": timezone.now(), "cancelled_by": by, "cancelled_because": because}
    change_columns(session, version=session.version, changes=cancelled, by=by)


def change_columns(session: Session, *, version: int, changes: dict[str, Any], by) -> None:
    """Change what a session says, and keep what it said before. Raises StaleVersion."""
    swap_version(session, version)
    keep_version(session, number=version, by=by)
    for name, value in changes.items():
        setattr(session, name, value)
    session.save(update_fields=list(changes))
    index.write(session)
