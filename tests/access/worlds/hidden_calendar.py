"""Hidden series, what is told of them, and the calendar feed of somebody of whom nobody knows that they have one."""

from datetime import timedelta

from django.utils import timezone

from convening import actions, reminding
from convening.models import Rhythm
from convening.repeating import days_by_number
from desk import drafts
from tests.cast import Cast

from .hidden_sessions import of_others
from .hidden_words import WORDS, first, second
from .steps import hidden


@hidden()
def a_series_of_others(cast: Cast) -> None:
    """Repeated, moved from its second on, changed, and cancelled from its third on."""
    session = of_others(cast)
    series = actions.repeat_session(
        session=session,
        rhythm=Rhythm.WEEKLY,
        days=days_by_number(Rhythm.WEEKLY, session.day, number=4),
        hosts=[],
        by=first(cast),
    )
    rows = list(series.sessions.order_by("starts_at"))
    later = rows[1].starts_at + timedelta(days=1)
    times = {"starts_at": later, "ends_at": later + timedelta(hours=1), "zone": rows[1].zone}
    actions.move_following(session=rows[1], version=rows[1].version, by=first(cast), **times)
    rows = list(series.sessions.order_by("starts_at"))
    actions.change_following(
        session=rows[0],
        version=rows[0].version,
        changes={"text": f"{WORDS}, anew"},
        by=first(cast),
        key=drafts.new_key(),
    )
    rows = list(series.sessions.order_by("starts_at"))
    actions.cancel_following(session=rows[2], because=WORDS, by=first(cast), key=drafts.new_key())


@hidden()
def a_reminder_of_a_session_of_others(cast: Cast) -> None:
    session = of_others(cast, begins_in=timedelta(hours=20))
    type(session).objects.filter(pk=session.pk).update(created_at=timezone.now() - timedelta(days=2))
    session.refresh_from_db()
    reminding._remind(session)


@hidden()
def a_calendar_feed(cast: Cast) -> None:
    actions.make_feed(by=second(cast))
