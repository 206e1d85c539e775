"""The calendar: day by day, a month as a table, and home's next session and answers due."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.calendar import asked_whether_coming, month_of, next_session, unanswered
from convening.times import moment
from partnerships.reader import Reader
from tests import factories as make

MINE = reverse("convening:calendar")


def theirs(cast):
    return reverse("convening:partnership-calendar", args=[cast.partnership.slug])


def at(day, hour=time(10), zone="Europe/London"):
    starts_at = moment(day, hour, zone)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "zone": zone}


def body_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_mine_are_those_of_all_my_spaces_and_no_others(cast, client_for):
    body = body_of(client_for(cast.practitioner), MINE)
    for name in ("peers_session", "everyone_session", "power_line_session"):
        assert cast[name].title in body
    body = body_of(client_for(cast.fellow), MINE)
    assert cast["peers_session"].title in body
    assert cast["power_line_session"].title not in body
    assert cast["peers_session"].title not in body_of(client_for(cast.outsider), MINE)


def test_a_partnerships_has_its_own_only(cast, client_for):
    other = make.make_session(by=cast.outsider, space=cast.sibling_everyone, title="Next door")
    assert other.title not in body_of(client_for(cast.practitioner), theirs(cast))
    assert client_for(cast.outsider).get(theirs(cast)).status_code == 404


def test_cancelled_ones_say_so_in_words(cast, client_for):
    body = body_of(client_for(cast.fellow), theirs(cast))
    row = body[body.index("Cancelled session") :][:400]
    assert "<strong>Cancelled</strong>" in row


def test_a_month_is_a_table_with_what_is_in_it(cast, client_for):
    day = date(timezone.localdate().year + 1, 6, 30)
    make.make_session(by=cast.practitioner, space=cast.peers, title="On the last of June", **at(day))
    make.make_session(by=cast.practitioner, space=cast.peers, title="In August", **at(day + timedelta(days=40)))
    body = body_of(client_for(cast.fellow), f"{MINE}?month={day:%Y-%m}")
    table = body[body.index("<table") : body.index("</table>")]
    assert f"<caption>June {day.year}</caption>" in table
    assert table.count('scope="col"') == 7
    assert table.count("<a ") == 1, "links only where there is something"
    assert "On the last of June" in table
    assert "In August" not in body
    assert f"Later: August {day.year}" in body, "the next month in which there is something"
    assert f"?month={day.year}-08" in body


def test_the_day_is_that_of_where_it_is(cast, client_for):
    """New Year's Eve in New York is New Year's Day in London."""
    year = timezone.localdate().year + 1
    zone = "America/New_York"
    make.make_session(
        by=cast.practitioner, space=cast.peers, title="Over there", **at(date(year, 12, 31), time(21), zone)
    )
    client = client_for(cast.fellow)
    assert "Over there" in body_of(client, f"{MINE}?month={year}-12")
    january = body_of(client, f"{MINE}?month={year + 1}-01")
    assert "Over there" not in january
    assert f"Earlier: December {year}" in january


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-00", "0001-01", "9999-12", "2026-1", "x", "2026-12-01", "٢٠٢٦-١٢", "\0", "-" * 5000]
)
def test_what_is_no_month_or_too_far_is_not_there(cast, client_for, month):
    assert client_for(cast.fellow).get(MINE, {"month": month}).status_code == 404


def test_ten_years_to_either_side(cast, client_for):
    now = timezone.localdate().replace(day=1)
    for years in (-10, 10):
        assert client_for(cast.fellow).get(f"{MINE}?month={now + relativedelta(years=years):%Y-%m}").status_code == 200
        with pytest.raises(ValueError):
            month_of(f"{now + relativedelta(years=years, months=1 if years > 0 else -1):%Y-%m}")


def test_as_many_queries_for_many_as_for_few(cast, client_for):
    client = client_for(cast.practitioner)

    def asked(address):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            body_of(client, address)
        return len(queries)

    # What is asked once in a while, such as when somebody was here last.
    body_of(client, MINE)
    few = [asked(address) for address in (MINE, theirs(cast), reverse("home:home"))]
    for number in range(10):
        make.make_session(by=cast.fellow, space=cast.peers, begins_in=timedelta(days=2, hours=number))
        make.make_session(by=cast.manager, space=cast.power_line, begins_in=timedelta(days=3, hours=number))
    assert [asked(address) for address in (MINE, theirs(cast), reverse("home:home"))] == few
    assert max(few) <= 20, few


def test_withheld_ones_are_in_no_calendar(cast, client_for):
    make.fold(record=cast["peers_session"], by=cast.fellow)
    assert cast["peers_session"].title not in body_of(client_for(cast.consultant), MINE)


def test_the_next_one_is_not_cancelled_nor_one_that_i_stay_away_from(cast, client_for):
    soon, later = (
        make.make_session(by=cast.outsider, space=cast.sibling_everyone, title=title, begins_in=timedelta(days=days))
        for title, days in (("Soonest", 1), ("Later", 2))
    )
    reader = Reader(cast.outsider)
    assert next_session(reader) == soon
    assert "Soonest" in body_of(client_for(cast.outsider), reverse("home:home"))
    actions.answer_session(session=soon, answer="no", by=cast.outsider)
    assert next_session(reader) == later
    actions.cancel_session(session=later, because="No.", by=cast.outsider, key="next")
    assert next_session(reader) is None
    assert "Next session" not in body_of(client_for(cast.outsider), reverse("home:home"))


def test_one_that_goes_on_now_is_the_next(cast):
    assert next_session(Reader(cast.consultant)).is_running


def test_answers_are_due_for_a_fortnight_until_they_are_given(cast, client_for):
    far = make.make_session(by=cast.manager, space=cast.everyone, begins_in=timedelta(days=15))
    reader = Reader(cast.commissioner)
    assert [row.pk for row in unanswered(reader)] == [cast["everyone_session"].pk]
    (row,) = asked_whether_coming(reader)
    assert row.words.startswith(cast["everyone_session"].title)
    body = body_of(client_for(cast.commissioner), reverse("home:home"))
    assert row.title in body and f"{cast['everyone_session'].get_absolute_url()}#coming" in body
    assert far.pk not in {found.pk for found in unanswered(reader)}
    due_of_host = {found.pk for found in unanswered(Reader(cast.learning_partner))}
    assert cast["everyone_session"].pk not in due_of_host, "its host is not asked"
    actions.answer_session(session=cast["everyone_session"], answer="unsure", by=cast.commissioner)
    assert not asked_whether_coming(reader)


def test_today_is_marked(cast, client_for):
    begins = datetime.now(ZoneInfo("Europe/London")).replace(hour=0, minute=0, second=0, microsecond=0)
    make.make_session(
        by=cast.manager, space=cast.everyone, title="All day", starts_at=begins, ends_at=begins + timedelta(hours=23)
    )
    body = body_of(client_for(cast.commissioner), MINE)
    assert "<br>Today" in body
    assert ", today</strong>" in body
