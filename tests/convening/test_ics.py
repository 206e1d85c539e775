"""Calendar files, read by two readers beside the one that wrote them, and line by line."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from django.urls import reverse

from convening import actions, ics
from convening.models import Session
from convening.times import moment
from tests import factories as make

# What pages say, and files hold, is the same on both databases.
pytestmark = pytest.mark.once

LONDON = ZoneInfo("Europe/London")


def session_at(cast, starts_at, *, hours=1, zone="Europe/London", **words):
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours), "zone": zone}
    return make.make_session(by=cast.practitioner, space=cast.peers, **times | words)


def events_in(content, day):
    """Give the events of a day as a calendar finds them."""
    return recurring_ical_events.of(icalendar.Calendar.from_ical(content)).at(day)


def lines_of(content):
    """Read a file as RFC 5545 has it, by hand: lines end in CRLF, hold 75 octets at most, and go on after a space."""
    raw = content.split(b"\r\n")
    assert raw.pop() == b""
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    assert all(len(line) <= 75 for line in raw)
    assert not any(octet < 32 and octet != 9 for line in raw for octet in line)
    return re.sub(r"\r\n ", "", b"\r\n".join(raw).decode()).split("\r\n")


def values(lines, name):
    return [line.split(":", 1)[1] for line in lines if re.split("[;:]", line)[0] == name]


# The days on which London's clocks change, the days around them, and a summer's day.
DAYS = [
    date(2026, 10, 24),
    date(2026, 10, 25),
    date(2026, 10, 26),
    date(2027, 3, 27),
    date(2027, 3, 28),
    date(2027, 3, 29),
]


@pytest.mark.parametrize("day", [*DAYS, date(2027, 7, 1)])
@pytest.mark.parametrize("hour", [time(0, 30), time(10), time(23)])
def test_a_session_is_at_its_hour_and_moment_whatever_the_clocks_do(cast, day, hour):
    starts_at = moment(day, hour, "Europe/London")
    session = session_at(cast, starts_at, hours=2)
    (event,) = events_in(ics.file_of(session), day)
    assert event.start.astimezone(ZoneInfo("UTC")) == starts_at.astimezone(ZoneInfo("UTC"))
    assert event.end - event.start == timedelta(hours=2) or event.end.astimezone(ZoneInfo("UTC")) == session.ends_at
    assert (event.start.date(), event.start.time()) == (day, hour)
    lines = lines_of(ics.file_of(session))
    assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T{hour:%H%M%S}" in lines


@pytest.mark.parametrize(
    ("day", "offset"), [(DAYS[0], "+0100"), (DAYS[2], "+0000"), (DAYS[3], "+0000"), (DAYS[5], "+0100")]
)
def test_the_rules_of_the_zone_in_the_file_say_the_right_offset(cast, day, offset):
    """Read by hand: of the changes that the file tells, the last one before the session."""
    session = session_at(cast, moment(day, time(10), "Europe/London"))
    lines = lines_of(ics.file_of(session))
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    told = "\n".join(zone)
    changes = re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)\n(.*?)\nEND:", told, re.S)
    known = []
    for change in changes:
        columns = dict(line.split(":", 1) for line in change.split("\n") if not line.startswith("RDATE"))
        starts = [columns["DTSTART"], *re.findall(r"\d{8}T\d{6}", "".join(re.findall(r"RDATE[^\n]*", change)))]
        known += [(start, columns["TZOFFSETTO"]) for start in starts]
    assert max(row for row in known if row[0] <= f"{day:%Y%m%d}T100000")[1] == offset


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "UTC", "Australia/Lord_Howe"])
def test_other_zones_give_the_same_moment(cast, zone):
    starts_at = datetime(2026, 10, 25, 10, tzinfo=ZoneInfo(zone))
    session = session_at(cast, starts_at, zone=zone)
    (event,) = events_in(ics.file_of(session), date(2026, 10, 25))
    assert event.start == starts_at


ODD = [
    "Tea, cake; and \\ more",
    "A title\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:x@example.com",
    "one\ntwo",
    "é" * 100,
    "👩🏽‍🤝‍👩🏿" * 20,
    "BEGIN:VALARM",
    'SUMMARY;X="1":x',
    "Cyfarfod â’r tîm ŵ",
]


@pytest.mark.parametrize("title", ODD)
def test_no_title_or_place_breaks_out_of_its_line(cast, title):
    session = session_at(cast, moment(DAYS[2], time(10), "Europe/London"))
    # As no form lets it through.
    session.title = session.place = title
    content = ics.file_of(session)
    lines = lines_of(content)
    (summary,), (place,) = values(lines, "SUMMARY"), values(lines, "LOCATION")
    plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], summary)
    assert plain == title.replace("\r\n", "\n")
    assert summary == place
    assert lines.count("BEGIN:VEVENT") == 1
    assert not values(lines, "ATTENDEE") and "BEGIN:VALARM" not in lines
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == title.replace("\r\n", "\n")


def test_nobody_is_in_it_and_the_page_is(cast):
    session = session_at(cast, moment(DAYS[2], time(10), "Europe/London"), place="Library, upstairs")
    lines = lines_of(ics.file_of(session))
    for name in ("ORGANIZER", "ATTENDEE", "DESCRIPTION", "COMMENT:P", "CREATED", "LAST-MODIFIED", "CONTACT"):
        assert not values(lines, name)
    text = "\n".join(lines)
    assert not any(person.name in text or person.email in text for person in (cast.practitioner, cast.fellow))
    assert session.text not in text and session.question not in text
    assert values(lines, "URL")[0].endswith(session.get_absolute_url())
    assert values(lines, "LOCATION") == ["Library\\, upstairs"]


def test_under_chatham_house_its_name_stays_inside(cast):
    words = {"confidentiality": "chatham_house", "title": "About the ward"}
    session = session_at(cast, moment(DAYS[2], time(10), "Europe/London"), **words)
    lines = lines_of(ics.file_of(session))
    assert values(lines, "SUMMARY") == ["Learning session"]
    assert "ward" not in "\n".join(lines)


def test_a_moved_and_a_cancelled_one_replace_the_former(cast):
    session = make.make_session(by=cast.practitioner, space=cast.peers)
    first = lines_of(ics.file_of(session))
    assert (values(first, "SEQUENCE"), values(first, "STATUS")) == (["0"], [])
    actions.change_session(session=session, version=1, changes={"place": "Here"}, by=cast.practitioner, key="words")
    assert values(lines_of(ics.file_of(session)), "SEQUENCE") == ["0"], "how often its words change is not told"
    later = {"starts_at": session.starts_at + timedelta(days=1), "ends_at": session.ends_at + timedelta(days=1)}
    actions.move_session(session=session, version=2, zone=session.zone, by=cast.practitioner, **later)
    moved = lines_of(ics.file_of(session))
    assert values(moved, "SEQUENCE") == ["1"]
    actions.cancel_session(session=session, because="Nobody can.", by=cast.practitioner, key="cancel")
    cancelled = lines_of(ics.file_of(Session.objects.get(pk=session.pk)))
    assert (values(cancelled, "SEQUENCE"), values(cancelled, "STATUS")) == (["2"], ["CANCELLED"])
    assert "Nobody can" not in "\n".join(cancelled)
    assert values(first, "UID") == values(moved, "UID") == values(cancelled, "UID")


def test_the_file_is_for_readers_and_is_not_kept(cast, client_for):
    address = reverse("convening:session-file", args=[cast["peers_session"].public_id])
    answer = client_for(cast.fellow).get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="session.ics"'
    assert "no-store" in answer["Cache-Control"]
    assert values(lines_of(answer.content), "SUMMARY") == [cast["peers_session"].title]
    assert client_for(cast.manager).get(address).status_code == 404


def test_one_that_was_set_aside_gives_no_file(cast, client_for):
    make.set_aside(record=cast["everyone_session"], by=cast.steward)
    address = reverse("convening:session-file", args=[cast["everyone_session"].public_id])
    for person in (cast.fellow, cast.learning_partner):
        assert client_for(person).get(address).status_code == 404


def test_a_folded_session_gives_no_file(cast, client_for):
    make.fold(record=cast["peers_session"], by=cast.fellow)
    address = reverse("convening:session-file", args=[cast["peers_session"].public_id])
    assert client_for(cast.consultant).get(address).status_code == 404
