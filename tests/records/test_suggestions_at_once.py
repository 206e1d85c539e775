"""Two at once about help with the words: what is taken is taken once, and what goes dark takes all of it along."""

import pytest

from records import actions
from records.models import Record, Suggestion
from reflections.models import Reflection
from tests import factories as make

from .helping import HAD, MENDED, TITLE, ask, choices, suggest
from .test_two_at_once import at_once

# The version of a note that was written and shared.
OPENED = 2


@pytest.fixture
def suggestion(file_database):
    author, helper = make.make_person(), make.make_person()
    partnership = make.make_partnership(by=author)
    make.make_member(partnership=partnership, person=helper)
    space = make.everyone_of(partnership=partnership)
    note = make.make_shared_note(by=author, space=space, title=TITLE, text=HAD)
    return suggest(ask(note, helper=helper))


def answer(suggestion, taken):
    note = Reflection.objects.get(pk=suggestion.record_id)
    actions.answer_suggestion(note, suggestion=suggestion, taken=taken, version=OPENED, by=note.author)
    return "answered"


def test_an_answer_sent_four_times_is_one_edit(suggestion):
    keys = [choice.key for choice in choices(suggestion).values()]
    at_once(4, lambda n: answer(suggestion, keys))
    saved = Record.objects.get(pk=suggestion.record_id)
    assert (saved.text, saved.version, saved.versions.count()) == (MENDED, OPENED + 1, 1)


def test_an_edit_and_an_answer_at_once_lose_neither(suggestion):
    keys = [choice.key for choice in choices(suggestion).values()]
    note = Reflection.objects.get(pk=suggestion.record_id)

    def edit():
        mine = Reflection.objects.get(pk=note.pk)
        actions.edit(
            mine, by=note.author, version=OPENED, changes={"text": f"{HAD} More."}, key="k", form="reflection-edit"
        )
        return "edited"

    done = at_once(2, lambda n: answer(suggestion, keys) if n else edit())
    saved = Record.objects.get(pk=note.pk)
    assert sorted(done) in (["StaleVersion", "answered"], ["StaleVersion", "edited"])
    assert saved.text == (MENDED if "answered" in done else f"{HAD} More.")
    assert Suggestion.objects.get(pk=suggestion.pk).is_open == ("edited" in done)


def test_taking_it_back_and_answering_at_once_is_one_of_both(suggestion):
    keys = [choice.key for choice in choices(suggestion).values()]
    author = Record.objects.get(pk=suggestion.record_id).author

    def take_back():
        actions.take_question_back(suggestion=suggestion, by=author)
        return "taken back"

    at_once(2, lambda n: answer(suggestion, keys) if n else take_back())
    outcome = Suggestion.objects.get(pk=suggestion.pk).outcome
    saved = Record.objects.get(pk=suggestion.record_id)
    assert saved.text == (MENDED if outcome == "answered" else HAD)


def test_undoing_and_helping_at_once_leave_nothing_behind(suggestion):
    note = Reflection.objects.get(pk=suggestion.record_id)
    other = make.make_person()
    make.make_member(partnership=note.partnership, person=other, by=note.author)
    question = ask(note, helper=other)

    def undo():
        actions.undo_share(Reflection.objects.get(pk=note.pk), by=note.author)
        return "undone"

    done = at_once(2, lambda n: suggest(question).public_id if n else undo())
    assert "undone" in done
    assert not Suggestion.objects.filter(record_id=note.pk).exists()


def test_asked_four_times_at_once_is_asked_once(suggestion):
    note = Reflection.objects.get(pk=suggestion.record_id)
    other = make.make_person()
    make.make_member(partnership=note.partnership, person=other, by=note.author)
    at_once(4, lambda n: ask(note, helper=other).public_id)
    assert note.suggestions.filter(helper=other).count() == 1
