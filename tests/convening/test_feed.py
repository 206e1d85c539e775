"""The calendar at a secret address: asked for, revocable, and saying when there is a session and nothing else."""

import json
import logging
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from allauth.core.ratelimit import Rate
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from convening import actions
from convening.models import CalendarFeed
from convening.times import moment
from partnerships import actions as partnership_actions
from partnerships.models import Space
from tests import factories as make

from .test_ics import lines_of, values
from .test_series import change_of_clocks

PAGE = reverse("convening:feed-edit")


def address(token):
    return reverse("convening:calendar-feed", args=[token])


def fetched(token):
    """Get what a calendar program does that has no account."""
    return Client().get(address(token))


def ids_in(answer):
    lines = lines_of(answer.content)
    return {url.rstrip("/").rsplit("/", 1)[1] for url in values(lines, "URL")}


def test_it_is_off_until_asked_for_and_shown_once(cast, client_for):
    client = client_for(cast.manager)
    assert "/feeds/" not in client.get(PAGE).content.decode()
    assert not CalendarFeed.objects.filter(person=cast.manager).exists(), "looking makes none"
    made = client.post(PAGE, {"do": "new"}).content.decode()
    token = made.split("/feeds/")[1].split(".ics")[0]
    assert "/feeds/" not in client.get(PAGE).content.decode()
    assert fetched(token).status_code == 200
    assert token not in str(CalendarFeed.objects.filter(person=cast.manager).values())


def test_it_holds_what_its_owner_may_read_and_what_takes_place(cast):
    token = actions.make_feed(by=cast.practitioner)
    expected = {cast[name].public_id for name in ("peers_session", "everyone_session", "power_line_session")}
    running = {cast[name].public_id for name in ("running_session", "over_session")}
    found = ids_in(fetched(token))
    assert expected | running <= found
    assert cast["cancelled_session"].public_id not in found
    assert cast["power_line_session"].public_id not in ids_in(fetched(actions.make_feed(by=cast.consultant)))


def test_it_says_when_and_nothing_else(cast):
    make.make_session(by=cast.fellow, space=cast.peers, title="The ward", place="Library", text="Why the ward")
    lines = lines_of(fetched(actions.make_feed(by=cast.practitioner)).content)
    events = "\n".join(lines[lines.index("BEGIN:VEVENT") :])
    names = {line.split(":")[0].split(";")[0] for line in events.split("\n")}
    assert names == {"BEGIN", "END", "UID", "DTSTART", "DTEND", "SUMMARY", "URL", "CLASS", "DTSTAMP"}
    assert set(values(lines, "SUMMARY")) == {"Learning session"}
    for word in ("ward", "Library", cast.partnership.name, cast.peers.name, cast.practitioner.name, "@demo"):
        assert word not in events


def test_leaving_and_joining_take_effect_at_the_next_look(cast):
    token = actions.make_feed(by=cast.fellow)
    assert cast["peers_session"].public_id in ids_in(fetched(token))
    partnership_actions.leave_space(space=Space.objects.get(pk=cast.peers.pk), by=cast.fellow)
    after = ids_in(fetched(token))
    assert cast["peers_session"].public_id not in after
    assert cast["everyone_session"].public_id in after


def test_folded_ones_are_not_in_it(cast):
    token = actions.make_feed(by=cast.consultant)
    make.fold(record=cast["peers_session"], by=cast.fellow)
    assert cast["peers_session"].public_id not in ids_in(fetched(token))


def test_switched_off_made_anew_and_closed_it_is_as_if_it_had_never_been(cast, client_for):
    missing = fetched("no-such-token")
    assert missing.status_code == 404
    client = client_for(cast.fellow)
    former = cast["feed_token"] if "feed_token" in cast.more else actions.make_feed(by=cast.fellow)
    assert fetched(former).status_code == 200
    token = client.post(PAGE, {"do": "new"}).content.decode().split("/feeds/")[1].split(".ics")[0]
    assert (fetched(former).content, fetched(former).status_code) == (missing.content, 404)
    assert fetched(token).status_code == 200
    assert client.post(PAGE, {"do": "off"}).status_code == 302
    assert client.post(PAGE, {"do": "off"}).status_code == 302, "and again"
    gone = fetched(token)
    assert (gone.content, gone.status_code) == (missing.content, 404)
    other = actions.make_feed(by=cast.manager)
    type(cast.manager).objects.filter(pk=cast.manager.pk).update(is_active=False)
    assert (fetched(other).content, fetched(other).status_code) == (missing.content, 404)


def test_it_reaches_sixty_days_back_and_two_years_ahead(cast):
    inside = [make.make_session(by=cast.manager, space=cast.everyone, begins_in=timedelta(days=n)) for n in (-59, 729)]
    outside = [make.make_session(by=cast.manager, space=cast.everyone, begins_in=timedelta(days=n)) for n in (-61, 733)]
    found = ids_in(fetched(actions.make_feed(by=cast.manager)))
    assert {row.public_id for row in inside} <= found
    assert not {row.public_id for row in outside} & found


@pytest.mark.parametrize("month", [3, 10])
def test_a_series_is_at_its_hours_across_the_change_of_the_clocks(cast, month):
    change = change_of_clocks(month)
    zone = ZoneInfo("Europe/London")
    for days in (-7, 0, 7):
        starts_at = moment(change + timedelta(days=days), time(10), "Europe/London")
        make.make_session(
            by=cast.manager, space=cast.everyone, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
        )
    found = icalendar.Calendar.from_ical(fetched(actions.make_feed(by=cast.manager)).content)
    events = recurring_ical_events.of(found).between(change - timedelta(days=8), change + timedelta(days=8))
    local = [event.start.astimezone(zone) for event in events]
    assert [at.time() for at in local] == [time(10)] * 3
    assert {at.utcoffset() for at in local} == {timedelta(0), timedelta(hours=1)}


def test_its_secret_stands_in_no_line_of_the_log(cast, caplog, monkeypatch):
    token = actions.make_feed(by=cast.manager)
    caplog.set_level(logging.DEBUG)
    fetched(token)
    fetched(f"{token}x")
    monkeypatch.setattr("convening.ics.feed_of", lambda rows: 1 / 0)
    Client(raise_request_exception=False).get(address(token))
    logged = json.dumps([str(record.__dict__) for record in caplog.records if record.name != "django.db.backends"])
    assert "calendar-feed" in logged
    assert token not in logged


def test_it_takes_no_post_and_no_cookie_and_is_limited(cast, monkeypatch):
    token = actions.make_feed(by=cast.manager)
    assert Client().post(address(token)).status_code == 405
    answer = fetched(token)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    cache.clear()
    monkeypatch.setattr("allauth.core.internal.ratelimit.get_rates", lambda **words: [Rate(2, 60, "ip")])
    assert [fetched(token).status_code for _look in range(4)] == [200, 200, 429, 429]
    cache.clear()


def test_what_an_address_may_be_made_of(cast):
    for token in ("a" * 400, "..", "%00", "ŵ"):
        assert Client().get(f"/feeds/{token}.ics").status_code == 404
