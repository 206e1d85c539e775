"""Editing: who saves second is shown both texts, and nobody's words are overwritten in silence (5-promises, 5.4)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from desk import drafts
from records import actions
from records.models import Record
from reflections import actions as reflection_actions
from reflections.models import Reflection
from tests import factories as make


@pytest.fixture
def person(file_database):
    """Somebody with a notebook, on a database that threads can share."""
    return make.make_person()


def in_threads(work, *, many: int = 20) -> list:
    """Do the work at once in so many threads, each with its own connection; return what each got."""

    def once(number):
        try:
            return work(number)
        except Exception as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(once, range(many)))


def test_of_twenty_editors_one_wins_and_nineteen_are_told(person):
    note = make.make_note(by=person, text="As it was.")

    def edit(number):
        mine = Reflection.objects.get(pk=note.pk)
        actions.edit(
            mine,
            by=person,
            version=1,
            changes={"text": f"Editor {number}"},
            key=f"editor-{number}",
            form="reflection-edit",
        )
        return number

    results = in_threads(edit)
    winners = [result for result in results if isinstance(result, int)]
    assert len(winners) == 1
    assert results.count(actions.StaleVersion) == 19
    now = Record.objects.get(pk=note.pk)
    assert (now.text, now.version) == (f"Editor {winners[0]}", 2)


def test_twenty_times_the_same_form_is_one_note_and_twenty_equal_answers(person):
    key = drafts.new_key()
    results = in_threads(
        lambda _number: reflection_actions.write(by=person, text="Sent twenty times.", key=key).public_id
    )
    assert Record.objects.filter(author=person).count() == 1
    assert set(results) == {Record.objects.get(author=person).public_id}


def test_twenty_times_the_same_response_is_one(file_database):
    author = make.make_person()
    note = make.make_shared_note(by=author)
    key = drafts.new_key()
    results = in_threads(
        lambda _number: actions.respond(to=note, verb="say", text="Once.", by=author, key=key).public_id
    )
    assert len(set(results)) == 1
    assert Record.objects.filter(within=note).count() == 1


def test_undo_and_a_response_at_the_same_moment_lose_neither(file_database):
    author, reader = make.make_person(), make.make_person()
    for _time in range(5):
        note = make.make_shared_note(by=author)

        def act(number, note=note):
            if number:
                return actions.respond(to=note, verb="say", text="There.", by=reader, key=drafts.new_key()).public_id
            return actions.undo_share(Reflection.objects.get(pk=note.pk), by=author)

        in_threads(act, many=2)
        now = Record.objects.get(pk=note.pk)
        answered = Record.objects.filter(within=note).exists()
        assert now.is_private != answered


def edit_form(note, **words):
    return {
        "draft_key": drafts.new_key(),
        "version": note.version,
        "text": "Changed.",
        "title": "",
        "person_level": "1",
        "tags": "",
    } | words


def test_the_page_of_two_texts(client_for, gathered_anew):
    cast = gathered_anew
    note = make.make_note(by=cast.practitioner, text="As it was.")
    browser = client_for(cast.practitioner)
    address = f"/reflections/{note.public_id}/edit/"
    first, second = edit_form(note, text="From my phone."), edit_form(note, text="From my desk.")
    assert browser.post(address, first).status_code == 302
    conflict = browser.post(address, second)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "From my phone." in page
    assert "From my desk." in page
    assert Reflection.objects.get(pk=note.pk).text == "From my phone."
    form = conflict.context["form"]
    mended = second | {"version": form["version"].value(), "draft_key": form.key, "text": "From both."}
    assert browser.post(address, mended).status_code == 302
    assert Reflection.objects.get(pk=note.pk).text == "From both."


def test_a_repeated_edit_changes_nothing_more(client_for, gathered_anew):
    cast = gathered_anew
    note = make.make_note(by=cast.practitioner)
    browser = client_for(cast.practitioner)
    address = f"/reflections/{note.public_id}/edit/"
    sent = edit_form(note)
    assert [browser.post(address, sent).status_code for _twice in range(2)] == [302, 302]
    assert Record.objects.get(pk=note.pk).version == 2


def test_going_back_after_an_edit_and_typing_on_loses_nothing(client_for, gathered_anew):
    cast = gathered_anew
    note = make.make_note(by=cast.practitioner)
    browser = client_for(cast.practitioner)
    address = f"/reflections/{note.public_id}/edit/"
    sent = edit_form(note, text="Changed.")
    browser.post(address, sent)
    again = browser.post(address, sent | {"text": "Changed. And more."})
    assert again.status_code == 409
    assert "Changed. And more." in again.content.decode()
    form = again.context["form"]
    once_more = sent | {"text": "Changed. And more.", "draft_key": form.key, "version": form["version"].value()}
    assert browser.post(address, once_more).status_code == 302
    assert Reflection.objects.get(pk=note.pk).text == "Changed. And more."


@pytest.mark.parametrize("version", ["", "0", "99", "x", "-1"])
def test_an_odd_version_overwrites_nothing(client_for, gathered_anew, version):
    cast = gathered_anew
    note = make.make_note(by=cast.practitioner, text="As it was.")
    response = client_for(cast.practitioner).post(
        f"/reflections/{note.public_id}/edit/", edit_form(note, version=version, text="Over it.")
    )
    assert response.status_code in (409, 422)
    assert "Over it." in response.content.decode()
    assert Reflection.objects.get(pk=note.pk).text == "As it was."


def test_readers_see_the_day_of_a_change_and_only_of_a_shared_note(client_for, gathered_anew):
    cast = gathered_anew
    private = make.make_note(by=cast.practitioner)
    actions.edit(private, by=cast.practitioner, version=1, changes={"text": "x"}, key="a", form="reflection-edit")
    assert Record.objects.get(pk=private.pk).edited_at is None
    shared = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    actions.edit(
        shared, by=cast.practitioner, version=shared.version, changes={"text": "y"}, key="b", form="reflection-edit"
    )
    page = client_for(cast.manager).get(shared.get_absolute_url()).content.decode()
    assert "edited " in page


def test_only_its_author_edits(client_for, gathered_anew):
    cast = gathered_anew
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    assert client_for(cast.manager).get(f"/reflections/{note.public_id}/edit/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.edit(note, by=cast.manager, version=2, changes={"text": "z"}, key="c", form="reflection-edit")
