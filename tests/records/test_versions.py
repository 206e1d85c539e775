"""What a record said before each change: kept for ever, read by its author, and told to readers as a day."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from desk.models import Draft
from records.former import differences_between, former_versions
from records.models import Version
from reflections.models import Reflection
from tests import factories as make
from tests.access.asking import plain
from tests.cast import CAST, IN_EVERYONE

from .test_folding import edit, fresh

DECEMBER = datetime(2026, 12, 3, 14, 2, tzinfo=UTC)


def page(record, number=None):
    args = [record.kind, record.public_id, *([number] if number else [])]
    return reverse(f"records:record-version{'' if number else 's'}", args=args)


@pytest.fixture
def changed(cast):
    """A note changed twice: first its words, then its title."""
    with time_machine.travel(DECEMBER, tick=False):
        edit(cast.everyone_note, cast.practitioner, text="the second words")
    with time_machine.travel(DECEMBER.replace(day=4), tick=False):
        edit(cast.everyone_note, cast.practitioner, title="A second title")
    return fresh(cast.everyone_note)


def test_the_author_finds_each_former_version_with_its_day_and_time(cast, client_for, changed):
    browser = client_for(cast.practitioner)
    assert page(changed) in browser.get(changed.get_absolute_url()).content.decode()
    body = browser.get(page(changed)).content.decode()
    assert body.index("4 December 2026, 14:02") < body.index("3 December 2026, 14:02")
    first = former_versions(changed)[-1]
    body = browser.get(page(changed, first.number)).content.decode()
    assert "everyone words" in body
    assert "<del>" in body
    assert "second" in body


def test_each_is_shown_beside_the_one_after_it(cast, client_for, changed):
    second = former_versions(changed)[0]
    body = client_for(cast.practitioner).get(page(changed, second.number)).content.decode()
    assert "the second words" in body
    assert "A second" in body
    assert "everyone words" not in body


def test_only_the_author_and_to_others_it_is_as_if_nothing_were_there(cast, client_for, changed):
    number = former_versions(changed)[0].number
    for name in sorted(set(CAST) - {"practitioner", "anonymous", "guest"}):
        browser = client_for(cast[name])
        browser.get("/healthz")
        missing = plain(browser.get(reverse("records:record-versions", args=["reflection", "AAAAAAAAAAAA"])))
        for url in (page(changed), page(changed, number)):
            answer = browser.get(url)
            assert answer.status_code == 404, name
            assert plain(answer)[3] == missing[3], name


def test_a_version_that_never_was_is_not_there(cast, client_for, changed):
    browser = client_for(cast.practitioner)
    assert browser.get(page(changed, 9999)).status_code == 404
    other = reverse("records:record-version", args=["response", changed.public_id, former_versions(changed)[0].number])
    assert browser.get(other).status_code == 404


def test_a_version_of_another_record_is_not_shown_here(cast, client_for, changed):
    edit(cast.peers_note, cast.practitioner, text="changed elsewhere")
    theirs = set(Version.objects.filter(record=cast.peers_note).values_list("number", flat=True))
    mine = {row.number for row in former_versions(changed)}
    assert mine.isdisjoint(theirs - mine)
    for number in theirs - mine:
        assert client_for(cast.practitioner).get(page(changed, number)).status_code == 404


def test_a_response_has_them_too(cast, client_for):
    edit(cast.response, cast.fellow, text="said otherwise")
    browser = client_for(cast.fellow)
    assert page(cast.response) in browser.get(cast.peers_note.get_absolute_url()).content.decode()
    number = former_versions(cast.response)[0].number
    assert "response words" in browser.get(page(cast.response, number)).content.decode()


def test_what_was_never_changed_offers_none(cast, client_for):
    assert "/versions/" not in client_for(cast.practitioner).get(cast.everyone_note.get_absolute_url()).content.decode()


def test_readers_are_told_the_day_and_after_how_many_responses(cast, client_for):
    make.make_response(to=cast.everyone_note, by=cast.manager)
    make.make_response(to=cast.everyone_note, by=cast.expert)
    make.make_response(to=cast.everyone_note, by=cast.practitioner)
    with time_machine.travel(DECEMBER, tick=False):
        edit(cast.everyone_note, cast.practitioner)
    for name in sorted(IN_EVERYONE):
        body = client_for(cast[name]).get(cast.everyone_note.get_absolute_url()).content.decode()
        assert "edited 3 December, after 2 responses" in body, name
        assert ("/versions/" in body) == (name == "practitioner")


def test_of_a_response_it_is_how_many_answers(cast, client_for):
    make.make_response(to=cast.peers_note, by=cast.practitioner, answers=cast.response)
    with time_machine.travel(DECEMBER, tick=False):
        edit(cast.response, cast.fellow)
    body = client_for(cast.academic).get(cast.peers_note.get_absolute_url()).content.decode()
    assert "edited 3 December, after 1 response" in body
    assert "after 1 responses" not in body


def test_of_what_is_not_named_it_is_the_day_and_nothing_that_tells_the_hour(cast, client_for):
    make.make_response(to=cast.not_named_note, by=cast.practitioner)
    with time_machine.travel(DECEMBER, tick=False):
        edit(cast.not_named_note, cast.fellow)
    body = client_for(cast.practitioner).get(cast.not_named_note.get_absolute_url()).content.decode()
    assert "edited 3 December" in body
    assert "edited 3 December, after" not in body


def test_answers_are_set_beside_answers_and_marks_beside_marks():
    before = {"title": "T", "text": "a", "answers": [{"question": "What?", "answer": "a"}], "what_changed": "single"}
    after = {"title": "T", "text": "b", "answers": [{"question": "What?", "answer": "b"}], "we_assumed": "less"}
    found = {
        row.label: ["".join(change.before for change in row.changes), row.changes[-1].after]
        for row in differences_between(before, after)
    }
    assert found["What?"] == ["a", "b"]
    assert found["We assumed"] == ["", "less"]
    assert "Title" not in found
    assert len(found) == 3, "the words under the questions are not told twice"


def test_former_words_stay_when_sharing_is_undone_and_go_with_the_note(cast):
    from records import actions

    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    edit(note, cast.practitioner)
    actions.undo_share(fresh(note), by=cast.practitioner)
    assert former_versions(note)
    actions.delete(fresh(note), by=cast.practitioner)
    assert not Version.objects.filter(record_id=note.pk).exists()


def conflict_about(browser, note, **typed):
    """Change a note in one window, and then in another that had it open already; give that answer."""
    address = reverse("reflections:reflection-edit", args=[note.public_id])
    version = Reflection.objects.get(pk=note.pk).version
    sent = {"version": version, "person_level": "1", "text": "Theirs.", "draft_key": "theirs"}
    assert browser.post(address, sent).status_code == 302
    return address, browser.post(address, sent | {"draft_key": "mine"} | typed)


def test_the_page_of_two_texts_has_the_files_and_what_is_to_go(cast, client_for):
    browser, note = client_for(cast.practitioner), cast.peers_note
    photo = cast["photo_on_peers_note"]
    said = {"shown_file": photo.public_id, f"description_{photo.public_id}": "Red pen."}
    _address, answer = conflict_about(browser, note, text="Mine.", take_off=photo.public_id, **said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(rf'name="take_off" value="{photo.public_id}"[^>]* checked', page)
    assert page.count(f'name="description_{photo.public_id}"') == 1
    assert page.count('name="photos"') == 1


def test_the_same_typed_twice_is_no_conflict(cast, client_for):
    browser = client_for(cast.practitioner)
    make.make_draft(by=cast.practitioner, key="mine", form="reflection-edit", about=cast.private_note.public_id)
    _address, answer = conflict_about(browser, cast.private_note)
    assert answer.status_code == 302
    assert not Draft.objects.of(cast.practitioner).open().filter(key="mine").exists()
