"""The days of a series, and the moments that they are: across the change of the clocks, and in months without a 31st.

Source: RFC 5545, recurrence rules; a day that a month does not have is left out.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from .models import Rhythm, Session
from .times import moment

MOST = 60
FURTHEST = relativedelta(years=2)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Times:
    """When one session of a series is."""

    starts_at: datetime
    ends_at: datetime

    def day_in(self, zone: str) -> date:
        """Return the day on which it starts in that zone."""
        return self.starts_at.astimezone(ZoneInfo(zone)).date()


def rhythms_of(day: date) -> list[tuple[str, str]]:
    """Return the rhythms that a series may have whose first session is on that day, in words: "the last Thursday"."""
    shown = {"weekday": formats.date_format(day, "l"), "date": formats.date_format(day, "jS")}
    offered = [
        (Rhythm.WEEKLY, _("Every week, on %(weekday)s")),
        (Rhythm.FORTNIGHTLY, _("Every two weeks, on %(weekday)s")),
        (Rhythm.MONTH_DAY, _("Every month, on the %(date)s")),
    ]
    which = [
        _("Every month, on the first %(weekday)s"),
        _("Every month, on the second %(weekday)s"),
        _("Every month, on the third %(weekday)s"),
        _("Every month, on the fourth %(weekday)s"),
    ]
    if _place_in_month(day) <= len(which):
        offered.append((Rhythm.MONTH_WEEKDAY, which[_place_in_month(day) - 1]))
    if (day + WEEK).month != day.month:
        offered.append((Rhythm.MONTH_LAST, _("Every month, on the last %(weekday)s")))
    return [(str(rhythm), words % shown) for rhythm, words in offered]


def days_by_number(rhythm: str, first: date, *, number: int) -> list[date]:
    """Return so many days, the first among them. ValidationError where that is too many, too far, or no series."""
    if number < 2:
        raise ValidationError(_("That is this session alone. Say how many there are, this one included."), code="one")
    if number > MOST:
        words = _("At most %(most)d sessions are made at once. Take fewer, and go on from a copy of the last.")
        raise ValidationError(words, code="too_many", params={"most": MOST})
    days = [found.date() for found in rrule(count=number, **_rule(rhythm, first))]
    if days[-1] > first + FURTHEST:
        _refuse_too_far(first, sum(day <= first + FURTHEST for day in days))
    return days


def days_until(rhythm: str, first: date, *, last: date) -> list[date]:
    """Return the days up to that one, the first among them. ValidationError as `days_by_number`."""
    if last > first + FURTHEST:
        _refuse_too_far(first, None)
    days = [found.date() for found in rrule(until=last, **_rule(rhythm, first))]
    if len(days) < 2:
        raise ValidationError(_("Until then there is this session alone. Choose a later day."), code="one")
    if len(days) > MOST:
        words = _(
            "That would be %(number)d sessions, and at most %(most)d are made at once. Choose a day up to %(day)s."
        )
        shown = {"number": len(days), "most": MOST, "day": formats.date_format(days[MOST - 1], "j F Y")}
        raise ValidationError(words, code="too_many", params=shown)
    return days


def months_left_out(days: list[date]) -> list[date]:
    """Return the months between the first and the last day that do not have such a day, as their firsts."""
    there = {(day.year, day.month) for day in days}
    firsts = rrule(MONTHLY, dtstart=days[0].replace(day=1), until=days[-1])
    return [found.date() for found in firsts if (found.year, found.month) not in there]


def moved_by(session: Session, days: timedelta, *, like: Times, zone: str) -> Times:
    """Return when a session is that is so many days later, from when to when `like` is.

    Its hours stay across the change of the clocks. ValidationError, with the day, where they do not strike, or twice.
    """
    starts, ends = (at.astimezone(ZoneInfo(zone)) for at in (like.starts_at, like.ends_at))
    return _on(Times(session.starts_at, session.ends_at).day_in(zone) + days, starts, ends, zone)


def times_on(session: Session, days: list[date]) -> list[Times]:
    """Return when a session is repeated on these days, at its own hours. ValidationError as `moved_by`."""
    return [_on(day, session.starts, session.ends, session.zone) for day in days]


def _on(day: date, starts: datetime, ends: datetime, zone: str) -> Times:
    nights = ends.date() - starts.date()
    return Times(moment(day, starts.time(), zone), moment(day + nights, ends.time(), zone))


def _refuse_too_far(first: date, number: int | None) -> None:
    shown = {"day": formats.date_format(first + FURTHEST, "j F Y"), "number": number}
    words = _("A series reaches two years ahead at most: to %(day)s, which is %(number)d times. Take fewer now.")
    if number is None:
        words = _("A series reaches two years ahead at most. Choose a day up to %(day)s.")
    raise ValidationError(words, code="too_far", params=shown)


def _rule(rhythm: str, first: date) -> dict:
    rule: dict = {"dtstart": first, "freq": WEEKLY}
    if rhythm == Rhythm.FORTNIGHTLY:
        return rule | {"interval": 2}
    if rhythm == Rhythm.MONTH_DAY:
        return rule | {"freq": MONTHLY, "bymonthday": first.day}
    if rhythm == Rhythm.MONTH_WEEKDAY:
        return rule | {"freq": MONTHLY, "byweekday": weekday(first.weekday(), _place_in_month(first))}
    if rhythm == Rhythm.MONTH_LAST:
        return rule | {"freq": MONTHLY, "byweekday": weekday(first.weekday(), -1)}
    return rule


def _place_in_month(day: date) -> int:
    return (day.day - 1) // 7 + 1


def repeats() -> QuerySet:
    """Return the keys of the sessions that a series was made of, but for the one that was convened."""
    return Session.objects.exclude(series=None).filter(submission=None).values("pk")
