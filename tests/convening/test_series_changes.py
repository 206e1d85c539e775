"""Changing one session of a series, or all that follow: nothing of a past one changes, nor of one changed singly."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from convening import actions
from convening.models import Rhythm, Session
from convening.repeating import days_by_number
from convening.times import moment
from desk.models import AuditEvent, Notice
from records.models import Version
from tests import factories as make

from .test_series import change_of_clocks, session_on

LONDON = "Europe/London"


def series_of(cast, *, first=None, number=5, hosts=(), hour=time(10)):
    """Give the sessions of a weekly series of the practitioner among the peers, hosted in turns."""
    first = first or change_of_clocks(10) - timedelta(days=17)
    session = session_on(cast, first, hour)
    people = [make.membership_of(person=row, partnership=cast.partnership) for row in hosts]
    days = days_by_number(Rhythm.WEEKLY, first, number=number)
    series = actions.repeat_session(
        session=session, rhythm=Rhythm.WEEKLY, days=days, hosts=people, by=cast.practitioner
    )
    return list(series.sessions.order_by("starts_at"))


def again(rows):
    return list(Session.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def at(day, hour=time(14), *, hours=1):
    starts_at = moment(day, hour, LONDON)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours), "zone": LONDON}


def move(session, *, by, **times):
    actions.move_following(session=session, version=session.version, by=by, **times)


def test_all_following_move_by_as_many_days_to_the_same_hours(cast):
    rows = series_of(cast)
    days = [row.day for row in rows]
    move(rows[1], by=cast.practitioner, **at(rows[1].day + timedelta(days=2), time(14), hours=2))
    now = again(rows)
    assert [row.day for row in now] == [days[0], *[day + timedelta(days=2) for day in days[1:]]]
    assert {(row.starts.time(), row.ends.time()) for row in now[1:]} == {(time(14), time(16))}
    assert {row.starts.utcoffset() for row in now} == {timedelta(0), timedelta(hours=1)}, "across the change"
    assert not any(row.moved_alone for row in now)
    assert [row.version for row in now] == [1, 2, 2, 2, 2]


def test_what_was_moved_by_itself_keeps_its_time(cast):
    rows = series_of(cast)
    alone = at(rows[2].day + timedelta(days=1), time(8))
    actions.move_session(session=rows[2], version=1, by=cast.practitioner, **alone)
    move(rows[0], by=cast.practitioner, **at(rows[0].day, time(16)))
    now = again(rows)
    assert [row.starts.time() for row in now] == [time(16), time(16), time(8), time(16), time(16)]
    assert now[2].moved_alone
    with pytest.raises(ValidationError, match="by itself"):
        move(now[2], by=cast.practitioner, **at(now[2].day, time(9)))


def test_nothing_of_a_past_one_changes(cast):
    rows = series_of(cast)
    before = again(rows)[:2]
    with time_machine.travel(rows[2].starts_at - timedelta(minutes=1), tick=False):
        actions.change_following(
            session=rows[0], version=1, changes={"place": "Elsewhere"}, by=cast.practitioner, key="past"
        )
        now = Session.objects.get(pk=rows[2].pk)
        actions.cancel_following(session=now, because="Nobody can.", by=cast.practitioner, key="past-cancel")
    now = again(rows)
    assert [row.place for row in now] == ["Elsewhere", "", "Elsewhere", "Elsewhere", "Elsewhere"]
    assert [row.is_cancelled for row in now] == [False, False, True, True, True]
    assert (now[1].version, now[1].starts_at) == (before[1].version, before[1].starts_at)


def test_one_that_stands_at_no_hour_is_refused_by_its_day_and_nothing_moves(cast):
    change = change_of_clocks(3)
    rows = series_of(cast, first=change - timedelta(days=14))
    with pytest.raises(ValidationError, match=f"{change.day} March"):
        move(rows[0], by=cast.practitioner, **at(rows[0].day, time(1, 30)))
    assert [row.starts.time() for row in again(rows)] == [time(10)] * 5
    assert not Version.objects.filter(record_id__in=[row.pk for row in rows]).exists()


def test_words_change_where_they_are_still_the_same(cast):
    rows = series_of(cast)
    actions.change_session(session=rows[3], version=1, changes={"place": "The park"}, by=cast.practitioner, key="one")
    changes = {"place": "Library", "title": rows[1].title}
    for _sent in range(2):
        actions.change_following(
            session=Session.objects.get(pk=rows[1].pk), version=1, changes=changes, by=cast.practitioner, key="all"
        )
    assert [row.place for row in again(rows)] == ["", "Library", "Library", "The park", "Library"]
    assert [row.version for row in again(rows)] == [1, 2, 2, 2, 2]


def test_who_made_it_changes_all_and_a_host_those_they_host(cast):
    rows = series_of(cast, hosts=[cast.practitioner, cast.fellow])
    actions.change_following(session=rows[1], version=1, changes={"place": "Here"}, by=cast.fellow, key="theirs")
    assert [row.place for row in again(rows)] == ["", "Here", "", "Here", ""]
    with pytest.raises(PermissionDenied):
        actions.cancel_following(session=rows[1], because="No.", by=cast.practitioner, key="not-host")
    actions.cancel_following(session=rows[2], because="No.", by=cast.practitioner, key="maker")
    assert [row.is_cancelled for row in again(rows)] == [False, False, True, True, True]


def test_who_took_over_one_does_not_come_by_the_others(cast):
    rows = series_of(cast)
    with time_machine.travel(rows[0].starts_at + timedelta(minutes=5), tick=False):
        fellow = make.membership_of(person=cast.fellow, partnership=cast.partnership)
        actions.hand_over_hosting(session=rows[0], to=fellow, by=cast.fellow)
        actions.cancel_following(session=rows[0], because="Mine now.", by=cast.fellow, key="took-over")
    assert [row.is_cancelled for row in again(rows)] == [True, False, False, False, False]


def test_folded_and_set_aside_ones_are_left_alone(cast):
    rows = series_of(cast)
    make.fold(record=rows[1], by=cast.fellow)
    actions.cancel_following(session=rows[0], because="No.", by=cast.practitioner, key="folded")
    assert [row.is_cancelled for row in again(rows)] == [True, False, True, True, True]


@pytest.mark.parametrize(("verb", "kind"), [("move", "session_series_moved"), ("cancel", "session_series_cancelled")])
def test_people_are_told_once_and_each_change_is_an_event(cast, verb, kind):
    rows = series_of(cast)
    told, done = Notice.objects.count(), AuditEvent.objects.filter(action=f"session.{verb}").count()
    if verb == "move":
        move(rows[0], by=cast.practitioner, **at(rows[0].day, time(12)))
    else:
        actions.cancel_following(session=rows[0], because="No.", by=cast.practitioner, key="told")
    others = cast.peers.members().count() - 1
    assert Notice.objects.filter(kind=kind, about=rows[0].public_id).count() == Notice.objects.count() - told == others
    assert AuditEvent.objects.filter(action=f"session.{verb}").count() - done == 5


def page(name, session):
    return reverse(f"convening:{name}", args=[session.public_id])


def _typed(day: date, hour: str, version=1, **more):
    boxes = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "starts": hour, "ends": "5pm"}
    return boxes | {"zone": LONDON, "version": version} | more


def test_the_pages_ask_which_of_them_and_do_it(cast, client_for):
    client = client_for(cast.practitioner)
    rows = series_of(cast)
    for name in ("session-edit", "session-move", "session-cancel"):
        assert "Only this one" in client.get(page(name, rows[0])).content.decode()
        assert "Only this one" not in client.get(page(name, rows[-1])).content.decode(), "nothing follows"
        assert "Only this one" not in client.get(page(name, cast["peers_session"])).content.decode()
    only = _typed(rows[0].day, "3pm", reach="one")
    assert client.post(page("session-move", rows[0]), only).status_code == 302
    following = _typed(rows[1].day, "4pm", reach="following")
    assert client.post(page("session-move", rows[1]), following).status_code == 302
    assert [row.starts.hour for row in again(rows)] == [15, 16, 16, 16, 16]
    assert client.post(page("session-cancel", rows[3]), {"text": "No.", "draft_key": "c", "reach": "following"})
    assert [row.is_cancelled for row in again(rows)] == [False, False, False, True, True]


@pytest.mark.parametrize("reach", ["", "everything", "\0"])
def test_a_choice_that_is_none_changes_one_only(cast, client_for, reach):
    rows = series_of(cast)
    client_for(cast.practitioner).post(page("session-move", rows[0]), _typed(rows[0].day, "3pm", reach=reach))
    assert [row.starts.hour for row in again(rows)][1:] == [10, 10, 10, 10]


def test_a_stale_page_changes_none(cast, client_for):
    rows = series_of(cast)
    client = client_for(cast.practitioner)
    assert client.post(page("session-move", rows[0]), _typed(rows[0].day, "3pm", reach="following")).status_code == 302
    stale = client.post(page("session-move", rows[0]), _typed(rows[0].day, "4pm", reach="following"))
    assert stale.status_code == 409
    assert {row.starts.hour for row in again(rows)} == {15}


@pytest.mark.parametrize("reach", ["one", "following"])
def test_where_somebody_saved_first_what_was_chosen_is_kept(cast, client_for, reach):
    """And sent once more from the page that shows both, it is done so."""
    rows = series_of(cast)
    client = client_for(cast.practitioner)
    upstairs = {"version": 1, "changes": {"place": "Upstairs"}, "by": cast.practitioner, "key": "first"}
    actions.change_following(session=rows[0], **upstairs)
    boxes = {name: getattr(rows[0], name) for name in ("title", "text", "occasion", "person_level", "confidentiality")}
    sent = boxes | {"place": "Downstairs", "version": 1, "draft_key": "mine", "reach": reach}
    stale = client.post(page("session-edit", rows[0]), sent)
    assert stale.status_code == 409
    form = stale.context["form"]
    assert form["reach"].value() == reach
    assert ("reach" in {field.name for field in stale.context["boxes"]}) is (reach == "following"), "shown where chosen"
    again_sent = {field.html_name: field.value() for field in form} | {"place": "Downstairs"}
    answer = client.post(page("session-edit", rows[0]), {key: value or "" for key, value in again_sent.items()})
    assert answer.status_code == 302
    others = "Downstairs" if reach == "following" else "Upstairs"
    assert [row.place for row in again(rows)] == ["Downstairs", *[others] * 4]
