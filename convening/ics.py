"""Sessions as calendar files (iCalendar, RFC 5545): what a calendar needs, no people, and as few words as can be."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from records.models import Version

from .models import Session

MEDIA_TYPE = "text/calendar; charset=utf-8"
MAKER = "-//learnpartner//sessions//EN"
# The rules of a zone are told for as long around a session.
AROUND = timedelta(days=400)


def file_of(session: Session) -> bytes:
    """Return a session as a file: what it is called, when, where, and its page. Under Chatham House, not its name.

    It has no host and nobody who comes. A later file of the same session replaces this one in a calendar.
    """
    event = Event()
    event.add("uid", _uid(session))
    event.add("sequence", _times_moved(session))
    event.add("dtstart", session.starts)
    event.add("dtend", session.ends)
    event.add("summary", _("Learning session") if session.is_chatham_house else session.title)
    if session.place:
        event.add("location", session.place)
    if session.is_cancelled:
        event.add("status", "CANCELLED")
    _end(event, session)
    calendar = _calendar()
    calendar.add_component(event)
    calendar.add_missing_timezones((session.starts - AROUND).date(), (session.ends + AROUND).date())
    return calendar.to_ical()


def feed_of(sessions: Iterable[Session]) -> bytes:
    """Return sessions as a calendar that says when each is, "Learning session", and its page: nothing else."""
    calendar = _calendar()
    calendar.add("x-wr-calname", _("Learning sessions"))
    for session in sessions:
        event = Event()
        event.add("uid", f"feed-{_uid(session)}")
        event.add("dtstart", session.starts_at.astimezone(UTC))
        event.add("dtend", session.ends_at.astimezone(UTC))
        event.add("summary", _("Learning session"))
        _end(event, session)
        calendar.add_component(event)
    return calendar.to_ical()


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MAKER)
    return calendar


def _end(event: Event, session: Session) -> None:
    """Add the page, and when this was written: that of the file, since when a session was changed is not told."""
    event.add("url", settings.SITE_URL.rstrip("/") + session.get_absolute_url())
    event.add("class", "PRIVATE")
    event.add("dtstamp", timezone.now().astimezone(UTC).replace(microsecond=0))


def _uid(session: Session) -> str:
    return f"{session.public_id}@{urlsplit(settings.SITE_URL).hostname}"


def _times_moved(session: Session) -> int:
    """Count how often it was moved, and that it was cancelled; how often its words were changed is nobody's to know."""
    kept = Version.objects.filter(record_id=session.pk).order_by("number")
    when = [*kept.values_list(KT("words__starts_at"), KT("words__ends_at"), KT("words__zone"))]
    when.append((session.starts_at.isoformat(), session.ends_at.isoformat(), session.zone))
    moves = sum(before != after for before, after in pairwise(when))
    return moves + session.is_cancelled
