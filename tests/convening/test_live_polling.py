"""How an open live page learns that something is new: 204 while nothing is, and else everything is asked again."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.live import polling
from convening.models import Session
from partnerships.models import Membership
from records import actions as record_actions
from tests import factories as make
from tests.scenery.live_writing import open_writing, write

PARTIAL = {"HX-Request": "true", "HX-Target": "div#live"}


def address(session):
    return reverse("convening:session-live", args=[session.public_id])


def seen_in(answer):
    return re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]


def ask(client, session, seen):
    return client.get(address(session), {"seen": seen}, headers=PARTIAL)


@pytest.fixture
def session(cast):
    return cast["stepping_session"]


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.fellow)


@pytest.fixture
def seen(client, session):
    return seen_in(client.get(address(session)))


def test_nothing_new_is_said_with_nothing(client, session, seen, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = ask(client, session, seen)
    assert answer.status_code == 204
    assert answer.content == b""
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"]


def test_a_step_is_new_to_all_who_have_it_open(cast, client, session, seen):
    actions.go_to_step(session=session, step=cast["steps"][2].public_id, by=cast.consultant)
    answer = ask(client, session, seen)
    assert answer.status_code == 200
    assert "What we do" in answer.content.decode()
    assert b"<html" not in answer.content
    assert ask(client, session, seen_in(answer)).status_code == 204


@pytest.fixture
def written(cast, session):
    """Have something stand below the band: a writing, revealed, with a note."""
    writing = open_writing(session, by=cast.consultant)
    write(writing, by=cast.practitioner, text="said by somebody")
    actions.reveal_writing(writing=writing, by=cast.consultant)
    return writing


def next_step(cast, session):
    actions.go_to_step(session=session, step=cast["steps"][1].public_id, by=cast.consultant)


def test_of_a_step_and_its_time_only_the_top_of_the_page_is_new(cast, client, session, written):
    seen = seen_in(client.get(address(session)))
    next_step(cast, session)
    first = ask(client, session, seen)
    actions.give_minutes(
        session=session, step=cast["steps"][1].public_id, had=cast["steps"][1].minutes, more=5, by=cast.consultant
    )
    second = ask(client, session, seen_in(first))
    for answer in (first, second):
        assert answer.status_code == 200
        assert b'<article id="below" data-same></article>' in answer.content
        assert b"said by somebody" not in answer.content
    assert ask(client, session, seen_in(second)).status_code == 204


def test_the_rest_comes_with_whatever_is_new_in_it(cast, client, session, written):
    seen = seen_in(client.get(address(session)))
    next_step(cast, session)
    seen = seen_in(ask(client, session, seen))
    open_writing(session, by=cast.consultant)
    answer = ask(client, session, seen)
    assert b"data-same" not in answer.content
    assert b"said by somebody" in answer.content


def test_the_host_the_wall_and_a_page_opened_anew_get_all_of_it(cast, client, client_for, session, written):
    host = client_for(cast.consultant)
    hosts, room = seen_in(host.get(address(session))), seen_in(client.get(address(session), {"view": "room"}))
    seen = seen_in(client.get(address(session)))
    next_step(cast, session)
    assert b"data-same" not in ask(host, session, hosts).content
    assert b"data-same" not in client.get(address(session), {"view": "room", "seen": room}, headers=PARTIAL).content
    assert b"data-same" not in client.get(address(session), {"seen": seen}).content


def test_the_rest_is_asked_for_again_in_time_however_often_the_step_changes(cast, client, session, written):
    """Who is named otherwise by now is not among what the digest knows."""
    seen = seen_in(client.get(address(session)))
    with time_machine.travel(timezone.now() + timedelta(seconds=475)):
        next_step(cast, session)
        seen = seen_in(ask(client, session, seen))
    with time_machine.travel(timezone.now() + timedelta(seconds=602)):
        assert b"said by somebody" in ask(client, session, seen).content


def test_who_has_left_is_not_even_shown_the_step(cast, client, session, seen):
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    next_step(cast, session)
    assert ask(client, session, seen).status_code == 404


def test_what_somebody_writes_unseen_is_new_to_nobody(cast, client, client_for, session):
    writing = open_writing(session, by=cast.consultant)
    host = client_for(cast.consultant)
    seen, hosts = (seen_in(who.get(address(session))) for who in (client, host))
    write(writing, by=cast.practitioner, text="unseen by all")
    assert ask(client, session, seen).status_code == 204
    assert ask(host, session, hosts).status_code == 204
    actions.reveal_writing(writing=writing, by=cast.consultant)
    assert "unseen by all" in ask(client, session, seen).content.decode()


def test_what_was_revealed_and_is_taken_back_or_changed_is_new(cast, client, session):
    writing = open_writing(session, by=cast.consultant)
    note = write(writing, by=cast.practitioner, text="too much said")
    actions.reveal_writing(writing=writing, by=cast.consultant)
    seen = seen_in(client.get(address(session)))
    note.refresh_from_db()
    record_actions.withdraw(note, by=cast.practitioner)
    answer = ask(client, session, seen)
    assert answer.status_code == 200
    assert "too much said" not in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": timezone.now() - timedelta(hours=3), "ends_at": timezone.now() - timedelta(seconds=1)},
        {"title": "Renamed", "version": 7},
        {"folded_at": timezone.now()},
        {"set_aside_at": timezone.now()},
    ],
    ids=["over", "renamed", "folded", "set aside"],
)
def test_what_becomes_of_the_session_itself_is_new(client, session, seen, changes):
    row = Session.objects.get(pk=session.pk)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    assert ask(client, session, seen).status_code != 204


@pytest.mark.parametrize("column", ["folded_at", "set_aside_at"])
def test_the_live_page_of_a_session_is_shut_while_its_words_are_withheld(cast, client, session, seen, column):
    assert client.get(address(session)).status_code == 200
    Session.objects.filter(pk=session.pk).update(**{column: timezone.now()})
    assert client.get(address(session)).status_code == 403
    assert ask(client, session, seen).status_code == 403


def test_its_end_is_new_although_nothing_is_written(session):
    before = polling.digest_at(session.public_id)
    with time_machine.travel(session.ends_at - timedelta(seconds=1)):
        assert polling.digest_at(session.public_id) == before
    with time_machine.travel(session.ends_at + timedelta(seconds=1)):
        assert polling.digest_at(session.public_id) != before


def test_another_host_is_new(cast, client, session, seen):
    to = Membership.objects.get(person=cast.fellow, partnership=cast.partnership, ended_at=None)
    actions.hand_over_hosting(session=session, to=to, by=cast.fellow)
    assert "You host this" in ask(client, session, seen).content.decode()


def test_after_about_two_minutes_it_is_asked_again_who_may_read_and_after_ten_everything(client, session, written):
    now = timezone.now()
    seen = seen_in(client.get(address(session)))
    with time_machine.travel(now + timedelta(seconds=99)):
        assert ask(client, session, seen).status_code == 204
    with time_machine.travel(now + timedelta(seconds=152)):
        answer = ask(client, session, seen)
        assert b"data-same" in answer.content
        seen = seen_in(answer)
        assert ask(client, session, seen).status_code == 204
    with time_machine.travel(now + timedelta(seconds=602)):
        answer = ask(client, session, seen)
        assert b"said by somebody" in answer.content
        assert ask(client, session, seen_in(answer)).status_code == 204


def test_who_has_left_the_space_is_sent_away_within_about_two_minutes(cast, client, session, seen):
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    with time_machine.travel(timezone.now() + timedelta(seconds=152)):
        assert ask(client, session, seen).status_code == 404


def test_a_token_is_worth_nothing_to_another_browser_or_for_another_session(cast, client_for, session, seen):
    other = client_for(cast.practitioner)
    assert ask(other, session, seen).status_code == 200
    outsider = client_for(cast.outsider)
    assert ask(outsider, session, seen).status_code == 404
    assert Client().get(address(session), {"seen": seen}).status_code == 302
    assert ask(client_for(cast.fellow), cast["running_session"], seen).status_code == 200


@pytest.mark.parametrize("made_up", ["", "0", "x", "a.b:c:d", "a.²:c:d", "\0", "1" * 5000])
def test_a_token_that_is_made_up_is_none(client, session, made_up):
    assert ask(client, session, made_up).status_code == 200


def test_a_token_that_was_tampered_with_is_none(client, session, seen):
    longer = seen.replace(".", ".9", 1)
    assert ask(client, session, longer).status_code == 200


def test_who_is_signed_out_is_led_to_sign_in(client, session, seen):
    client.logout()
    answer = ask(client, session, seen)
    assert answer.status_code == 204
    assert "HX-Redirect" in answer.headers


def test_a_post_is_never_answered_by_it(client, session, seen):
    assert client.post(f"{address(session)}?seen={seen}").status_code == 405
