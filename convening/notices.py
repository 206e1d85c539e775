"""What people are told of sessions by mail: that there is one, where, and when. Never about what, nor by whom."""

from collections.abc import Callable
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from desk import notices
from partnerships.reader import Reader
from records.notices import name_of, space_to_tell_of

from .models import Session
from .times import written

ASKED, MOVED, CANCELLED, TOMORROW = "session", "session_moved", "session_cancelled", "session_tomorrow"


def tell_of_session(session: Session, *, by) -> None:
    """Have everybody in the space told that they are asked to a session, but who convened it."""
    notices.notify(people=others_in(session, by), kind=ASKED, about=session.public_id)


def tell_of_moving(session: Session, *, by) -> None:
    """Have everybody in the space told that a session is at another time now."""
    notices.notify(people=others_in(session, by), kind=MOVED, about=session.public_id)


def tell_of_cancelling(session: Session, *, by) -> None:
    """Have everybody in the space told that a session does not take place."""
    notices.notify(people=others_in(session, by), kind=CANCELLED, about=session.public_id)


def asked_line(person: Any, about: str) -> notices.Line | None:
    """Say that there is a session, where and when, while it is ahead."""
    return line_about(person, about, _("A session in %(space)s, %(when)s"), lambda session: not session.is_cancelled)


def moved_line(person: Any, about: str) -> notices.Line | None:
    """Say at which time a session is now."""
    words = _("A session in %(space)s was moved to %(when)s")
    return line_about(person, about, words, lambda session: not session.is_cancelled)


def cancelled_line(person: Any, about: str) -> notices.Line | None:
    """Say that a session does not take place."""
    words = _("The session in %(space)s on %(when)s is cancelled")
    return line_about(person, about, words, lambda session: session.is_cancelled)


def others_in(session: Session, by: Any) -> list[Any]:
    """Return the people of a session's space, but this one."""
    if session.space is None:
        return []
    return [row.person for row in session.space.members().select_related("person") if row.person_id != by.pk]


def line_about(person: Any, about: str, words: str, holds: Callable[[Session], bool]) -> notices.Line | None:
    """Return the line about a session ahead that the person may read, in a space whose mail they want."""
    reader = Reader(person)
    readable = Session.objects.visible_to(reader).with_words_for(reader).standing()
    session = readable.filter(public_id=about).first()
    space = space_to_tell_of(reader, session)
    if session is None or space is None or space.partnership is None or session.has_started or not holds(session):
        return None
    return notices.Line(
        place=space.partnership.name,
        words=words % {"space": name_of(space), "when": when_in_words(session)},
        address=session.get_absolute_url(),
    )


def when_in_words(session: Session) -> str:
    """Say when a session begins, in its own zone, such as "Thursday 26 November, 10am"."""
    return f"{formats.date_format(session.starts, 'l j F')}, {written(session.starts.time())}"
