"""What people are told of a series by mail: once for all of its sessions, and never about what."""

from typing import Any

from django.utils.translation import gettext as _

from desk import notices

from .models import Session
from .notices import line_about, others_in

SERIES, MOVED, CANCELLED = "session_series", "session_series_moved", "session_series_cancelled"


def tell_of_series(session: Session, *, by) -> None:
    """Have everybody in the space told that a session is repeated."""
    notices.notify(people=others_in(session, by), kind=SERIES, about=session.public_id)


def tell_of_moving(session: Session, *, by) -> None:
    """Have everybody in the space told that a session was moved, and what follows it."""
    notices.notify(people=others_in(session, by), kind=MOVED, about=session.public_id)


def tell_of_cancelling(session: Session, *, by) -> None:
    """Have everybody in the space told that a session is cancelled, and what follows it."""
    notices.notify(people=others_in(session, by), kind=CANCELLED, about=session.public_id)


def series_line(person: Any, about: str) -> notices.Line | None:
    """Say that there is a series, where, and when its next session is."""
    words = _("A series of sessions in %(space)s, the next on %(when)s")
    return line_about(person, _next_after(about), words, lambda session: not session.is_cancelled)


def moved_line(person: Any, about: str) -> notices.Line | None:
    """Say at which time a session is now, and that those which follow were moved as well."""
    words = _("A session in %(space)s was moved to %(when)s, and so were those that follow it")
    return line_about(person, about, words, lambda session: not session.is_cancelled)


def cancelled_line(person: Any, about: str) -> notices.Line | None:
    """Say that a session does not take place, nor those that follow."""
    words = _("The session in %(space)s on %(when)s is cancelled, and so are those that follow it")
    return line_about(person, about, words, lambda session: session.is_cancelled)


def _next_after(about: str) -> str:
    """Return the id of the session of the same series that is next, whoever may read it; nothing where none is."""
    ahead = Session.objects.coming().taking_place().filter(series__sessions__public_id=about)
    found = ahead.values_list("public_id", flat=True).first()
    return found or ""
