"""A session that is repeated: on which days, at which hours, hosted by whom, and told once."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import formats, timezone

from convening import actions
from convening.models import Rhythm, Series, Session
from convening.repeating import days_by_number, days_until, months_left_out, rhythms_of
from convening.times import moment
from desk.models import Notice
from tests import factories as make

LONDON = "Europe/London"


def change_of_clocks(month):
    """Give the Sunday of next year on which London's clocks change in that month."""
    last = date(timezone.localdate().year + 1, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def session_on(cast, day, hour=time(10), *, hours=1, by=None, **words):
    starts_at = moment(day, hour, LONDON)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours), "zone": LONDON}
    return make.make_session(by=by or cast.practitioner, space=cast.peers, **times | words)


def repeated(session, *, rhythm=Rhythm.WEEKLY, number=4, hosts=(), by=None):
    days = days_by_number(rhythm, session.day, number=number)
    series = actions.repeat_session(session=session, rhythm=rhythm, days=days, hosts=list(hosts), by=by or session.host)
    return list(Session.objects.filter(series=series).order_by("starts_at"))


def address(name, session):
    return reverse(f"convening:{name}", args=[session.public_id])


THURSDAY = date(2026, 10, 29)


@pytest.mark.parametrize(
    ("rhythm", "first", "expected"),
    [
        ("weekly", THURSDAY, ["2026-10-29", "2026-11-05", "2026-11-12"]),
        ("fortnightly", THURSDAY, ["2026-10-29", "2026-11-12", "2026-11-26"]),
        ("month_day", THURSDAY, ["2026-10-29", "2026-11-29", "2026-12-29"]),
        # The last Thursday of November is the 26th, of December the 31st.
        ("month_last", THURSDAY, ["2026-10-29", "2026-11-26", "2026-12-31"]),
        ("month_weekday", date(2026, 10, 13), ["2026-10-13", "2026-11-10", "2026-12-08"]),
        ("month_day", date(2026, 10, 31), ["2026-10-31", "2026-12-31", "2027-01-31"]),
        ("month_day", date(2028, 2, 29), ["2028-02-29", "2028-03-29", "2028-04-29"]),
    ],
)
def test_days_follow_from_the_first(rhythm, first, expected):
    assert [day.isoformat() for day in days_by_number(rhythm, first, number=3)] == expected
    assert days_until(rhythm, first, last=date.fromisoformat(expected[-1])) == days_by_number(rhythm, first, number=3)


def test_what_is_offered_says_which_weekday_of_the_month():
    offered = dict(rhythms_of(date(2026, 10, 27)))
    assert offered["month_weekday"] == "Every month, on the fourth Tuesday"
    assert offered["month_last"] == "Every month, on the last Tuesday"
    assert "month_weekday" not in dict(rhythms_of(THURSDAY)), "not every month has a fifth one"
    assert "month_last" not in dict(rhythms_of(date(2026, 10, 13)))


def test_months_without_such_a_day_are_named():
    days = days_by_number("month_day", date(2026, 10, 31), number=4)
    assert [month.strftime("%B") for month in months_left_out(days)] == ["November", "February"]


@pytest.mark.parametrize(
    ("rhythm", "number", "code"),
    [("weekly", 400, "too_many"), ("weekly", 61, "too_many"), ("month_day", 30, "too_far"), ("weekly", 1, "one")],
)
def test_too_many_too_far_and_too_few_are_refused(rhythm, number, code):
    with pytest.raises(ValidationError) as raised:
        days_by_number(rhythm, THURSDAY, number=number)
    assert raised.value.code == code
    assert "%" not in " ".join(raised.value.messages)


def test_a_last_day_too_far_or_with_too_many_says_how_far_it_may_be():
    with pytest.raises(ValidationError, match="29 October 2028"):
        days_until("weekly", THURSDAY, last=date(2029, 1, 1))
    with pytest.raises(ValidationError, match="16 December 2027"):
        days_until("weekly", THURSDAY, last=date(2028, 10, 1))
    with pytest.raises(ValidationError, match="alone"):
        days_until("weekly", THURSDAY, last=date(2026, 10, 30))
    assert len(days_until("weekly", THURSDAY, last=date(2027, 12, 16))) == 60


def test_ten_stays_ten_when_the_clocks_change(cast):
    rows = repeated(session_on(cast, change_of_clocks(3) - timedelta(days=3)), number=34)
    assert {row.starts.time() for row in rows} == {time(10)}
    assert {row.ends.time() for row in rows} == {time(11)}
    assert {row.starts.utcoffset() for row in rows} == {timedelta(0), timedelta(hours=1)}


@pytest.mark.parametrize(("month", "why"), [(10, "strikes twice"), (3, "does not strike")])
def test_an_hour_that_does_not_strike_or_twice_is_refused_by_its_day(cast, client_for, month, why):
    change = change_of_clocks(month)
    session = session_on(cast, change - timedelta(days=7), time(1, 30))
    answer = client_for(cast.practitioner).post(
        address("session-repeat", session), {"rhythm": "weekly", "ends": "number", "number": "3", "version": "1"}
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert formats.date_format(change, "j F Y") in body and why in body
    assert not Series.objects.filter(made_by=cast.practitioner).exists()


def test_each_has_the_words_and_whose_turn_it_is(cast):
    session = make.make_session(
        by=cast.practitioner, space=cast.peers, confidentiality="chatham_house", place="Library"
    )
    hosts = [make.membership_of(person=row, partnership=cast.partnership) for row in (cast.fellow, cast.practitioner)]
    rows = repeated(session, hosts=hosts)
    assert [row.host for row in rows] == [cast.fellow, cast.practitioner] * 2
    for row in rows:
        assert (row.title, row.text, row.place, row.confidentiality) == (
            session.title,
            session.text,
            "Library",
            "chatham_house",
        )
        assert (row.space, row.author, row.partnership) == (cast.peers, cast.practitioner, cast.partnership)


def test_the_agenda_comes_along(cast):
    session = make.make_session(by=cast.practitioner, space=cast.peers)
    hosts = [make.membership_of(person=row, partnership=cast.partnership) for row in (cast.practitioner, cast.fellow)]
    actions.add_item(
        session=session,
        words={"kind": "free", "title": "Tea", "text": "", "minutes": 10, "lead": None},
        by=cast.practitioner,
        key="tea",
    )
    assert [[item.title for item in row.agenda.all()] for row in repeated(session, hosts=hosts)] == [["Tea"]] * 4


def test_people_are_told_once(cast):
    session = make.make_session(by=cast.practitioner, space=cast.peers)
    before = Notice.objects.count()
    repeated(session, number=10)
    others = cast.peers.members().count() - 1
    assert Notice.objects.count() - before == others
    assert set(Notice.objects.order_by("-pk")[:others].values_list("kind", "about")) == {
        ("session_series", session.public_id)
    }


def test_sent_again_it_is_done_once_and_otherwise_refused(cast):
    session = make.make_session(by=cast.practitioner, space=cast.peers)
    assert repeated(session) == repeated(Session.objects.get(pk=session.pk))
    with pytest.raises(ValidationError, match="one of a series already"):
        repeated(session, rhythm=Rhythm.FORTNIGHTLY)
    assert Series.objects.filter(made_by=cast.practitioner).count() == 1


def test_only_the_host_repeats_and_only_what_is_ahead(cast):
    with pytest.raises(PermissionDenied):
        repeated(cast["peers_session"], by=cast.fellow)
    with pytest.raises(ValidationError, match="over"):
        repeated(cast["over_session"])
    with pytest.raises(ValidationError, match="cancelled"):
        repeated(cast["cancelled_session"])


def test_a_series_by_its_pages_without_a_script(cast, client_for):
    """Choose, look at the days, change one's mind, look again, make them, and find them."""
    session = make.make_session(by=cast.practitioner, space=cast.peers)
    client = client_for(cast.practitioner)
    page = address("session-repeat", session)
    assert page in client.get(session.get_absolute_url()).content.decode()
    fellow = make.membership_of(person=cast.fellow, partnership=cast.partnership)
    typed = {"rhythm": "weekly", "ends": "number", "number": "3", "version": "1", "turn_0": fellow.public_id}
    looked = client.post(page, typed)
    assert looked.status_code == 200
    assert "Are these the days?" in looked.content.decode()
    assert not session.series_id
    assert "Next: see the days" in client.post(page, typed | {"change": "yes"}).content.decode()
    assert client.post(page, typed | {"sure": "yes"}).status_code == 302
    assert client.post(page, typed | {"sure": "yes"}).status_code == 403, "the fellow hosts it now"
    rows = list(Session.objects.filter(series__made_by=cast.practitioner))
    assert len(rows) == 3
    body = client.get(session.get_absolute_url()).content.decode()
    assert "One of a series" in body and "Every week" in body


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": "400"}, "At most 60"),
        ({"number": "many"}, "Write a number"),
        ({"number": ""}, "Say how many"),
        ({"number": "9" * 5000}, "Write a number"),
        ({"number": "-3"}, "alone"),
        ({"rhythm": "daily"}, "Choose how often"),
        ({"ends": "day"}, "Choose a day"),
        ({"ends": "day", "until_day": "31", "until_month": "2", "until_year": "2027"}, "no such day"),
        ({"ends": "day", "until_day": "1", "until_month": "2", "until_year": "2060"}, "two years"),
        ({"turn_0": "AAAAAAAAAAAA"}, "not in this space"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box(cast, client_for, typed, words):
    right = {"rhythm": "weekly", "ends": "number", "number": "3", "version": "1"}
    answer = client_for(cast.practitioner).post(address("session-repeat", cast["peers_session"]), right | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_somebody_cannot_have_two_turns_in_a_row(cast, client_for):
    mine = make.membership_of(person=cast.practitioner, partnership=cast.partnership).public_id
    typed = {"rhythm": "weekly", "ends": "number", "number": "3", "version": "1", "turn_0": mine, "turn_1": mine}
    answer = client_for(cast.practitioner).post(address("session-repeat", cast["peers_session"]), typed)
    assert "They have a turn already" in answer.content.decode()


def test_days_of_a_session_that_was_moved_meanwhile_are_shown_again(cast, client_for):
    session = make.make_session(by=cast.practitioner, space=cast.peers)
    typed = {"rhythm": "weekly", "ends": "number", "number": "3", "version": "1", "sure": "yes"}
    later = {"starts_at": session.starts_at + timedelta(hours=2), "ends_at": session.ends_at + timedelta(hours=2)}
    actions.move_session(session=session, version=1, zone=session.zone, by=cast.practitioner, **later)
    answer = client_for(cast.practitioner).post(address("session-repeat", session), typed)
    assert answer.status_code == 409
    assert "Look at the days once more" in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()
