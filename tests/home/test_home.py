"""Home shows what needs one, and what is new; and nothing that one may not read (2-architecture, home)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from home import needs
from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from records import actions
from records.models import Record
from tests import factories as make


def home(browser):
    return browser.get(reverse("home:home")).content.decode()


def questions(person):
    return [row.text for row in needs.questions_for(Reader(person))]


def titles(person):
    person.refresh_from_db()
    new = [record for group in needs.new_for(Reader(person)) for record in group.records]
    return {record.first_words for record in new if record.kind == "reflection"}


# Questions ------------------------------------------------------------------------------------------------------


def test_a_question_under_ones_note_needs_one_until_one_has_said_something(cast, client_for):
    assert questions(cast.practitioner) == ["response words"]
    assert "response words" in home(client_for(cast.practitioner))
    make.make_response(to=cast.peers_note, by=cast.practitioner)
    assert questions(cast.practitioner) == []


def test_it_needs_nobody_else(cast):
    for name in ("fellow", "consultant", "manager", "former"):
        assert questions(cast[name]) == [], name


def test_other_responses_are_no_questions(cast):
    make.make_response(to=cast.everyone_note, by=cast.manager, verb="challenge")
    assert questions(cast.practitioner) == ["response words"]


def test_a_question_that_was_taken_back_needs_nobody(cast):
    actions.withdraw(cast.response, by=cast.fellow)
    assert questions(cast.practitioner) == []


def test_a_question_under_a_note_that_was_taken_back_needs_nobody(cast):
    actions.withdraw(cast.peers_note, by=cast.practitioner)
    assert questions(cast.practitioner) == []


def test_after_leaving_a_space_its_questions_are_dark(cast, client_for):
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    assert questions(cast.practitioner) == []
    assert "response words" not in home(client_for(cast.practitioner))


def test_a_question_of_ones_own_is_none(cast):
    make.make_response(to=cast.everyone_note, by=cast.practitioner, verb="ask")
    assert questions(cast.practitioner) == ["response words"]


# New ------------------------------------------------------------------------------------------------------------


def test_at_the_first_visit_all_that_one_may_read_is_new(cast):
    assert titles(cast.manager) == {"Title in everyone", "Title in power_line", "Title in wider"}
    assert titles(cast.outsider) == {"Title in wider"}
    assert titles(cast.orgadmin) == {"Title in wider"}


def test_ones_own_words_are_not_new(cast):
    assert titles(cast.practitioner) == {"former words", "not named words"}


def test_after_a_visit_only_what_came_since_is_new(cast, client_for):
    client_for(cast.manager).get("/")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        make.make_shared_note(by=cast.practitioner, space=cast.everyone, title="Since then")
        make.make_shared_note(by=cast.practitioner, space=cast.peers, title="Since then, hidden")
        body = home(client_for(cast.manager))
        assert "Since then" in body
        assert "Since then, hidden" not in body
        assert "Title in power_line" not in body


def test_what_was_taken_back_is_not_new(cast):
    actions.withdraw(cast.everyone_note, by=cast.practitioner)
    assert "Title in everyone" not in titles(cast.manager)


def test_what_is_not_named_is_new_without_a_name(cast, client_for):
    # Among the latest: there is more on stage by now than home shows.
    Record.objects.filter(text="not named words").update(shared_at=timezone.now())
    body = home(client_for(cast.consultant))
    assert "not named words" in body
    assert cast.fellow.name not in body.partition("not named words")[2].partition("</li>")[0]


def test_somebody_without_any_partnership_has_a_home_too(cast, client_for):
    assert client_for(cast.orgadmin).get("/").status_code == 200
    assert client_for(make.make_person()).get("/").status_code == 200


# Around the app -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["help", "accessibility", "privacy", "styleguide"])
def test_pages_around_the_app_are_open(db, client, name):
    assert client.get(reverse(f"home:{name}")).status_code == 200


def test_healthz_answers_when_the_database_does(db, client, monkeypatch):
    assert client.get("/healthz").content == b"ok"

    def down():
        raise DatabaseError("gone")

    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", down)
        answer = client.get("/healthz")
    assert answer.status_code >= 500


def test_pages_that_are_not_there_say_so_kindly(cast, client_for):
    answer = client_for(cast.practitioner).get("/no/such/page/")
    assert answer.status_code == 404
    assert b"<h1" in answer.content
    assert b"/no/such/page/" not in answer.content
