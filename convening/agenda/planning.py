"""How an agenda is held while it is changed, where an item belongs, and how long all may take."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.models import AgendaItem, LiveState, Session
from convening.models.agenda import MOST_MINUTES_IN_ALL
from partnerships.reader import Reader

from . import kinds


def held_for_agenda(session: Session, by: Any) -> Session:
    """Return the session with its row held; PermissionDenied for who does not host it, ValidationError once closed.

    Where it goes on already, those who have its live page open see the change.
    """
    locked = held(session)
    if not is_host(Reader(by), locked):
        raise PermissionDenied("Not its host.")
    require_ahead(locked)
    LiveState.changed(locked)
    return locked


def held(session: Session) -> Session:
    """Return the session as it is now, with its row held until the end of the transaction."""
    return Session.objects.select_for_update(of=("self",)).select_related("space", "partnership").get(pk=session.pk)


def require_ahead(session: Session) -> None:
    """Raise ValidationError where a session takes no plans any more."""
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so its agenda stays as it is."), code="cancelled")
    if session.is_over:
        raise ValidationError(_("This session is over, so its agenda stays as it is."), code="over")


def check_time(session: Session, more: int) -> None:
    """Raise ValidationError where an agenda would be longer than a day by so many minutes more."""
    if sum(session.agenda.values_list("minutes", flat=True)) + more > MOST_MINUTES_IN_ALL:
        words = _("With this the agenda is longer than 24 hours. Look at the minutes: is one of them a slip?")
        raise ValidationError({"minutes": ValidationError(words, code="longer_than_a_day")})


def insert(session: Session, **words: Any) -> AgendaItem:
    """Put a new item where its kind belongs: a check-in first, what is open after it, the rest before the close."""
    rows = list(session.agenda.all())
    item = AgendaItem(session=session, position=0, **words)
    rows.insert(_place_of(item.kind, [row.kind for row in rows]), item)
    item.position = rows.index(item)
    item.save()
    number(rows)
    return item


def commitments_first(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put what is open from the last time directly after the check-in."""
    rest = [row for row in rows if row["kind"] != kinds.COMMITMENTS]
    at = _place_of(kinds.COMMITMENTS, [row["kind"] for row in rest])
    return [*rest[:at], *(row for row in rows if row["kind"] == kinds.COMMITMENTS), *rest[at:]]


def _place_of(kind: str, among: Sequence[str]) -> int:
    first = next((number for number, other in enumerate(among) if other != kinds.CHECK_IN), len(among))
    last = next((number for number in range(len(among), 0, -1) if among[number - 1] != kinds.CLOSE), 0)
    return {kinds.CHECK_IN: 0, kinds.COMMITMENTS: first, kinds.CLOSE: len(among)}.get(kind, last)


def number(rows: Sequence[AgendaItem]) -> None:
    """Save the order in which the items of one agenda stand."""
    moved = [(place, row) for place, row in enumerate(rows) if row.position != place]
    for place, row in moved:
        row.position = place
    AgendaItem.objects.bulk_update([row for _place, row in moved], ["position"])
