"""When somebody's sessions are: the next one, those that wait for an answer, and a month of them."""

import re
from calendar import Calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from partnerships.asked import Asked
from partnerships.reader import Reader

from .models import Answer, Attendee, Session
from .times import written

WRITTEN = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})")
# How far a calendar goes, to either side of this month.
YEARS = relativedelta(years=10)
ASKED_AHEAD = timedelta(days=14)
DAY = timedelta(days=1)
# Where the month ends somewhere on the earth while it has not in another place, nobody has as many sessions.
AT_THE_EDGE = 50


def sessions_of(reader: Reader) -> QuerySet[Session]:
    """Return the sessions that the reader may read, cancelled ones among them, with what lists show."""
    return Session.objects.visible_to(reader).for_list(reader)  # type: ignore[attr-defined]


def next_session(reader: Reader) -> Session | None:
    """Return the session that the reader comes to next, or that is going on; not where they have said no."""
    ahead = sessions_of(reader).coming().taking_place()  # type: ignore[attr-defined]
    return ahead.exclude(Exists(_answers_of(reader).filter(answer=Answer.NO))).first()


def unanswered(reader: Reader) -> QuerySet[Session]:
    """Return the sessions of the coming fortnight of which the reader has not said whether they come; but as host."""
    return perhaps_unanswered(reader).with_words_for(reader).standing()  # type: ignore[attr-defined]


def perhaps_unanswered(reader: Reader) -> QuerySet[Session]:
    """Return these, and those of which nothing may be said any more."""
    now = timezone.now()
    near = Session.objects.visible_to(reader).taking_place()  # type: ignore[attr-defined]
    near = near.filter(starts_at__gt=now, starts_at__lte=now + ASKED_AHEAD)
    return near.exclude(host=reader.person).exclude(Exists(_answers_of(reader)))


def asked_whether_coming(reader: Reader) -> list[Asked]:
    """Return these as what is asked of the reader: one query."""
    rows = unanswered(reader).without_texts().select_related("partnership").order_by("starts_at", "pk")  # type: ignore[attr-defined]
    return [_asked(session) for session in rows]


def _asked(session: Session) -> Asked:
    words = _("%(title)s, %(hour)s") % {"title": session.title, "hour": written(session.starts.time())}
    return Asked(
        title=_("Are you coming on %(day)s?") % {"day": formats.date_format(session.day, "l j F")},
        words=", ".join(filter(None, [words, session.place])),
        where=session.partnership.name if session.partnership else "",
        address=f"{session.get_absolute_url()}#coming",
        label=_("Answer"),
    )


def _answers_of(reader: Reader) -> QuerySet[Attendee]:
    return Attendee.objects.filter(session=OuterRef("pk"), person=reader.person).exclude(answer="")


@dataclass(frozen=True)
class Day:
    """A day and the sessions that start on it, where they are."""

    date: date
    sessions: list[Session]
    is_in_month: bool = True


@dataclass(frozen=True)
class Month:
    """A month as a table shows it, and the nearest ones before and after it in which there is something."""

    first: date
    weeks: list[list[Day]]
    earlier: date | None
    later: date | None


def month_of(text: str) -> date:
    """Return the first day of a month written as "2026-12". ValueError where it is none, or too far away."""
    found = WRITTEN.fullmatch(text)
    if not found:
        raise ValueError(text)
    first = date(int(found["year"]), int(found["month"]), 1)
    if not _is_near(first):
        raise ValueError(text)
    return first


def this_month() -> date:
    """Return the first day of this month."""
    return timezone.localdate().replace(day=1)


def month_with(sessions: QuerySet[Session], first: date) -> Month:
    """Return the month that begins on that day, with these sessions: three queries, whatever is in it."""
    after = first + relativedelta(months=1)
    there = {day.date: day.sessions for day in days_of(between(sessions, first, after))}
    weeks = [
        [Day(day, there.get(day, []) if day.month == first.month else [], day.month == first.month) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    before = sessions.filter(starts_at__lt=_midnight(first + DAY)).order_by("-starts_at")
    beyond = sessions.filter(starts_at__gte=_midnight(after - DAY)).order_by("starts_at")
    return Month(
        first,
        weeks,
        earlier=_month_of_first(before, lambda day: day < first),
        later=_month_of_first(beyond, lambda day: day >= after),
    )


def between(sessions: QuerySet[Session], first: date, after: date) -> list[Session]:
    """Return those that start on the first day or later and before the last, where they are, in their order."""
    near = sessions.filter(starts_at__gte=_midnight(first - DAY), starts_at__lt=_midnight(after + DAY))
    return [session for session in near.order_by("starts_at", "pk") if first <= session.day < after]


def days_of(sessions: Iterable[Session]) -> list[Day]:
    """Return the days on which sessions are, with them."""
    found: dict[date, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.day, []).append(session)
    return [Day(day, rows) for day, rows in sorted(found.items())]


def _month_of_first(sessions: QuerySet[Session], fits: Callable[[date], bool]) -> date | None:
    starts = sessions.values_list("starts_at", "zone")[:AT_THE_EDGE]
    days = (at.astimezone(ZoneInfo(zone)).date() for at, zone in starts)
    return next((day.replace(day=1) for day in days if fits(day) and _is_near(day.replace(day=1))), None)


def _is_near(first: date) -> bool:
    return this_month() - YEARS <= first <= this_month() + YEARS


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
