"""A session while it goes on: its steps, its time, and who sees what of it when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.agenda import agenda_of
from convening.live.steps import steps_of
from convening.models import LiveState, Session
from desk.models import AuditEvent
from tests import factories as make
from tests.records.test_two_at_once import at_once, enough_connections  # noqa: F401 (a fixture)
from tests.scenery.live import stepping

PARTIAL = {"HX-Request": "true", "HX-Target": "div#live"}


@pytest.fixture
def host(db):
    return make.make_person()


@pytest.fixture
def run(host):
    session, items = stepping(by=host, space=make.everyone_of(partnership=make.make_partnership(by=host)))
    return session, items


def address(session, name="session-live"):
    return reverse(f"convening:{name}", args=[session.public_id])


def state_of(session):
    return LiveState.objects.get(session=session)


def steps(session):
    return steps_of(agenda_of(session), LiveState.objects.filter(session=session).first())


def later(session, **by):
    """Have the step of a session have begun so much earlier."""
    state = state_of(session)
    LiveState.objects.filter(pk=state.pk).update(step_began_at=state.step_began_at - timedelta(**by))


def test_its_host_goes_from_step_to_step_and_back(run, host):
    session, items = run
    assert steps(session).now is None
    assert steps(session).after.heading == "Check-in together"
    for at in (0, 1, 2, 1):
        actions.go_to_step(session=session, step=items[at].public_id, by=host)
        now = steps(session)
        assert now.now.item == items[at]
        assert now.number == at + 1
        assert [row.state for row in now.rows] == ["past"] * at + ["now"] + ["next"] * (2 - at)
    assert now.before.item == items[0]
    assert now.after.item == items[2]


def test_a_step_pressed_twice_is_begun_once_and_skips_none(run, host):
    session, items = run
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    later(session, minutes=2)
    before = state_of(session)
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    after = state_of(session)
    assert (after.step_began_at, after.item) == (before.step_began_at, items[0])


def test_two_who_press_next_at_once_go_one_step_on(file_database, enough_connections):  # noqa: F811
    host = make.make_person()
    session, items = stepping(by=host, space=make.everyone_of(partnership=make.make_partnership(by=host)))
    at_once(6, lambda n: actions.go_to_step(session=session, step=items[0].public_id, by=host))
    assert state_of(session).item == items[0]
    assert AuditEvent.objects.filter(action="session.step", public_id=session.public_id).count() == 1


def test_what_is_left_counts_on_the_server(run, host):
    session, items = run
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    later(session, seconds=80)
    timer = steps(session).timer
    assert abs(timer.left - 160) <= 1
    assert timer.words in {"2:39", "2:40", "2:41"}
    later(session, minutes=5)
    timer = steps(session).timer
    assert timer.is_up
    assert timer.words == "0:00"


def test_a_step_without_minutes_has_no_timer(run, host):
    session, items = run
    actions.go_to_step(session=session, step=items[1].public_id, by=host)
    assert steps(session).timer is None


def test_more_minutes_are_given_once_by_two_who_press_at_once(run, host):
    session, items = run
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    for _press in range(2):
        actions.give_minutes(session=session, step=items[0].public_id, had=4, more=5, by=host)
    assert state_of(session).step_minutes == 9


def test_more_minutes_count_from_now_where_the_time_is_up(run, host):
    session, items = run
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    later(session, minutes=9, seconds=30)
    actions.give_minutes(session=session, step=items[0].public_id, had=4, more=2, by=host)
    assert 60 <= steps(session).timer.left <= 120


@pytest.mark.parametrize(("had", "more"), [(4, 0), (4, 481), (4, -3)])
def test_a_step_takes_eight_hours_at_most(run, host, had, more):
    session, items = run
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    with pytest.raises(ValidationError):
        actions.give_minutes(session=session, step=items[0].public_id, had=had, more=more, by=host)


def test_minutes_meant_for_the_step_before_are_not_given_to_this_one(run, host):
    session, items = run
    actions.go_to_step(session=session, step=items[2].public_id, by=host)
    with pytest.raises(ValidationError, match="another step"):
        actions.give_minutes(session=session, step=items[0].public_id, had=6, more=5, by=host)
    assert state_of(session).step_minutes == 6


def test_a_step_that_was_taken_off_the_agenda_says_so(run, host):
    session, items = run
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    actions.remove_item(session=session, item=items[2], by=host)
    with pytest.raises(ValidationError, match="not on the agenda"):
        actions.go_to_step(session=session, step=items[2].public_id, by=host)
    actions.remove_item(session=session, item=items[0], by=host)
    assert steps(session).now is None


def test_only_its_host_does(cast):
    session, items = cast["stepping_session"], cast["steps"]
    for act in (
        lambda: actions.go_to_step(session=session, step=items[1].public_id, by=cast.fellow),
        lambda: actions.give_minutes(session=session, step=items[0].public_id, had=4, more=1, by=cast.fellow),
        lambda: actions.extend_session(session=session, until=session.ends_at + timedelta(hours=1), by=cast.fellow),
        lambda: actions.end_session(session=session, by=cast.fellow),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("begins_in", [timedelta(hours=-3), timedelta(minutes=20)])
def test_nothing_is_run_before_or_after(host, begins_in):
    space = make.everyone_of(partnership=make.make_partnership(by=host))
    session = make.make_session(by=host, space=space, begins_in=begins_in)
    with pytest.raises(ValidationError):
        actions.go_to_step(session=session, step="x", by=host)
    with pytest.raises(ValidationError):
        actions.end_session(session=session, by=host)


def test_the_doors_open_a_quarter_of_an_hour_before(host, client_for):
    space = make.everyone_of(partnership=make.make_partnership(by=host))
    early = make.make_session(by=host, space=space, begins_in=timedelta(minutes=16))
    soon = make.make_session(by=host, space=space, begins_in=timedelta(minutes=14))
    client = client_for(host)
    assert client.get(address(early)).url == early.get_absolute_url()
    assert "We begin at" in client.get(address(soon)).content.decode()
    with pytest.raises(ValidationError, match="not begun"):
        actions.end_session(session=soon, by=host)


def test_it_goes_on_a_quarter_of_an_hour_longer_once_however_often_it_is_pressed(run, host, client_for):
    session, _items = run
    ends = session.ends_at
    sent = {"ends": f"{ends:%Y-%m-%dT%H:%M}"}
    for _press in range(2):
        assert client_for(host).post(address(session, "live-extend"), sent).status_code == 302
    session.refresh_from_db()
    assert session.ends_at == ends + timedelta(minutes=15)


def test_it_goes_on_for_a_day_at_most(run, host):
    session, _items = run
    with pytest.raises(ValidationError, match="within a day"):
        actions.extend_session(session=session, until=session.starts_at + timedelta(hours=25), by=host)


def test_ending_it_asks_first_and_leads_to_what_came_of_it(run, host, client_for):
    session, _items = run
    client = client_for(host)
    assert "End the session?" in client.get(address(session, "live-end")).content.decode()
    assert Session.objects.get(pk=session.pk).is_live
    answer = client.post(address(session, "live-end"))
    assert answer.url == session.get_absolute_url()
    assert Session.objects.get(pk=session.pk).is_over


def test_who_comes_late_sees_the_same_step(run, host, client_for):
    session, items = run
    late = make.make_person()
    make.make_member(partnership=session.partnership, person=late, role="academic")
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    actions.go_to_step(session=session, step=items[2].public_id, by=host)
    body = client_for(late).get(address(session)).content.decode()
    assert '<h1 id="step" tabindex="-1">What we do</h1>' in body
    assert "step 3 of 3" in body


def test_all_of_it_works_without_javascript(run, host, client_for):
    session, items = run
    client = client_for(host)
    answer = client.post(address(session, "live-step"), {"step": items[0].public_id}, follow=True)
    assert answer.redirect_chain[-1][0] == address(session)
    assert "Next: Tea" in answer.content.decode()
    minutes = {"step": items[0].public_id, "had": 4, "more": 1}
    answer = client.post(address(session, "live-time"), minutes, follow=True)
    assert "left of 5 minutes" in answer.content.decode()


def test_what_does_not_work_is_said_on_the_page(run, host, client_for):
    session, _items = run
    client = client_for(host)
    answer = client.post(address(session, "live-step"), {"step": "gone"}, headers=PARTIAL)
    assert answer.status_code == 422
    assert "not on the agenda any more" in answer.content.decode()
    answer = client.post(address(session, "live-step"), {"step": "gone"}, follow=True)
    assert "not on the agenda any more" in answer.content.decode()


@pytest.mark.parametrize("value", ["", "-1", "²", "9999", "4\0"])
def test_minutes_that_are_none_are_refused(run, host, client_for, value):
    session, items = run
    actions.go_to_step(session=session, step=items[0].public_id, by=host)
    sent = {"step": items[0].public_id, "had": "4", "more": value}
    assert client_for(host).post(address(session, "live-time"), sent).status_code == 404
    assert state_of(session).step_minutes == 4


def test_a_page_that_is_open_when_it_ends_stays_and_says_so(run, host, client_for):
    session, _items = run
    Session.objects.filter(pk=session.pk).update(ends_at=timezone.now())
    client = client_for(host)
    answer = client.get(address(session), headers=PARTIAL)
    assert answer.status_code == 200
    assert "The session is over" in answer.content.decode()
    assert "hx-trigger" not in answer.content.decode()
    assert client.get(address(session)).url == session.get_absolute_url()


def test_another_member_takes_over_when_the_host_is_gone(cast, client_for):
    session, items = cast["stepping_session"], cast["steps"]
    client = client_for(cast.fellow)
    assert "Host it yourself" in client.get(address(session)).content.decode()
    answer = client.post(address(session, "session-take-over"))
    assert answer.url == address(session)
    client.post(address(session, "live-step"), {"step": items[1].public_id})
    assert state_of(session).item == items[1]


def test_a_change_of_the_agenda_is_seen(cast):
    session, items = cast["stepping_session"], cast["steps"]
    before = state_of(session).changes
    actions.move_item(session=session, item=items[2].public_id, up=True, by=cast.consultant)
    assert state_of(session).changes > before


def test_times_are_said_where_the_session_is(host, client_for):
    space = make.everyone_of(partnership=make.make_partnership(by=host))
    soon = timezone.now() + timedelta(minutes=10)
    session = make.make_session(
        by=host, space=space, starts_at=soon, ends_at=soon + timedelta(hours=1), zone="Asia/Tokyo"
    )
    there = session.starts.strftime("%-I:%M%p").lower().replace(":00", "")
    assert f"We begin at {there}" in client_for(host).get(address(session)).content.decode()
