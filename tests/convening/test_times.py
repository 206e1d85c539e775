"""Hours as people write them, and the moments that they are, across the change of the clocks."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from convening.times import moment, parse_time, validate_zone, written

# What pages say, and files hold, is the same on both databases.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("2pm", time(14)),
        ("2 p.m.", time(14)),
        ("2.30 pm", time(14, 30)),
        ("9:30am", time(9, 30)),
        ("14:00", time(14)),
        ("1400", time(14)),
        ("14h30", time(14, 30)),
        ("9", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("Noon", time(12)),
        ("midnight", time(0)),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed, hour):
    assert parse_time(typed) == hour
    assert parse_time(written(hour)) == hour


@pytest.mark.parametrize("typed", ["25:00", "13pm", "0am", "2:75", "soon", "", "2pm 3pm", "-1", "２pm:", "1:2:3"])
def test_what_is_no_hour_is_none(typed):
    with pytest.raises(ValueError):
        parse_time(typed)


def test_the_same_hour_is_another_moment_in_summer_and_in_another_zone():
    assert moment(date(2026, 7, 1), time(10), "Europe/London") == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert moment(date(2026, 12, 1), time(10), "Europe/London") == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert moment(date(2026, 12, 1), time(10), "America/New_York") == datetime(2026, 12, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "code"),
    [
        (date(2027, 3, 28), time(1, 30), "Europe/London", "no_such_hour"),
        (date(2026, 10, 25), time(1, 30), "Europe/London", "hour_twice"),
        (date(2027, 3, 14), time(2, 30), "America/New_York", "no_such_hour"),
    ],
)
def test_an_hour_that_the_clocks_leave_out_or_strike_twice_is_said(day, hour, zone, code):
    with pytest.raises(ValidationError) as caught:
        moment(day, hour, zone)
    assert caught.value.code == code
    assert zone in caught.value.messages[0]


@pytest.mark.parametrize("hour", [time(0, 59), time(2)])
def test_the_hours_around_it_are_right(hour):
    for day in (date(2027, 3, 28), date(2026, 10, 25)):
        found = moment(day, hour, "Europe/London")
        assert (found.hour, found.minute) == (hour.hour, hour.minute)


def test_a_zone_that_is_none_is_said():
    validate_zone("Europe/London")
    with pytest.raises(ValidationError, match="No time zone"):
        validate_zone("Europe/Atlantis")
