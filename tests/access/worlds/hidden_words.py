"""Hidden words: in notebooks, in a space that nobody of the cast is in, and in spaces that some of them are in.

Their texts, titles and tags are those of words that can be read, beside a word of their own.
"""

from typing import Any

from django.utils import timezone

from desk import drafts
from partnerships import actions as partnership_actions
from partnerships.models import Space
from records import actions
from records.models import Record, Response
from records.parts import Parts
from records.telling import Agreement
from reflections.actions import write
from tests import factories as make
from tests.cast import IN_ONE_TO_ONE, IN_POWER_LINE, Cast
from tests.scenery import told
from tests.scenery.attachments import VOICE, file_on, waiting_file
from tests.scenery.prompts import write_with

from .steps import CANARY, hidden

WORDS = f"peers words and everyone words, {CANARY}"
TITLE = f"Title in everyone {CANARY}"
TAGS = ["peers-tag", "own-tag", f"{CANARY}-tag"]
MARKS = {"of_trust": True, "not_going_well": True, "what_changed": "double", "we_assumed": WORDS, "we_now_assume": "x"}


def first(cast: Cast) -> Any:
    """Give somebody of Early Shift whom no step makes known to the cast."""
    return cast.peers_more[0]


def second(cast: Cast) -> Any:
    """Give who shares a space with the first, and with nobody of the cast."""
    return cast.peers_more[1]


def in_others(cast: Cast, *, by: Any = None, **words: Any) -> Any:
    """Share a note where the first and the second are alone."""
    words = {"text": WORDS, "title": TITLE, "tags": TAGS} | words
    return make.make_shared_note(by=by or first(cast), space=cast["space_of_others"], **words)


@hidden()
def a_note_in_a_notebook(cast: Cast) -> None:
    note = make.make_note(by=first(cast), text=WORDS, title=TITLE, tags=TAGS, **MARKS)
    file_on(note, by=first(cast), description=f"what is seen, {CANARY}")
    gone = make.make_note(by=first(cast), text=WORDS, title=TITLE, tags=TAGS)
    actions.delete(gone, by=first(cast))


@hidden()
def a_note_in_a_space_of_others(cast: Cast) -> None:
    note = in_others(cast, person_level=3, **MARKS)
    file_on(note, by=first(cast), description=f"what is seen, {CANARY}")
    file_on(note, by=first(cast), clean=VOICE)
    asked = make.make_response(to=note, by=second(cast), text=WORDS, verb=Response.Verb.ASK)
    make.make_response(to=note, by=first(cast), text=WORDS, answers=asked)
    make.withdraw(record=make.make_response(to=note, by=second(cast), text=WORDS, verb=Response.Verb.THANK))
    cast.more["note_of_others"] = note


@hidden()
def what_grew_from_a_note_that_can_be_read(cast: Cast) -> None:
    for source in (cast.peers_note, cast.everyone_note, cast.wider_note):
        parts = Parts(tags=TAGS, grown_from=[source])
        make.share(
            note=write(by=first(cast), text=WORDS, key=drafts.new_key(), parts=parts), space=cast["space_of_others"]
        )


@hidden()
def a_note_that_was_changed(cast: Cast) -> None:
    note = in_others(cast)
    changes = {"text": f"{WORDS}, again", "title": ""}
    actions.edit(
        note, version=note.version, changes=changes, key=drafts.new_key(), form="reflection-edit", by=note.author
    )


@hidden()
def words_taken_back_folded_and_set_aside(cast: Cast) -> None:
    make.withdraw(record=in_others(cast))
    make.fold(record=in_others(cast), by=second(cast), words=WORDS)
    make.set_aside(record=in_others(cast, by=second(cast)), by=first(cast), reason=WORDS)


@hidden()
def a_sharing_that_was_undone(cast: Cast) -> None:
    for space in (cast.peers, cast.everyone):
        note = make.make_shared_note(by=first(cast), space=space, text=WORDS, title=TITLE, tags=TAGS)
        actions.undo_share(note, by=first(cast))


@hidden()
def help_with_the_words(cast: Cast) -> None:
    """In a space that some of the cast read: only the two know of it."""
    note = Record.objects.get(pk=cast["anchor"].pk)
    question = actions.ask_for_help(note, helper=second(cast), wish=WORDS, by=first(cast), key=drafts.new_key())
    actions.suggest(
        suggestion=question,
        texts={"text": f"{note.text}, {CANARY}", "title": note.title},
        began=note.version,
        note=WORDS,
        by=second(cast),
        key=drafts.new_key(),
    )
    other = actions.ask_for_help(note, helper=cast.peers_more[2], wish=WORDS, by=first(cast), key=drafts.new_key())
    actions.decline_to_help(suggestion=other, by=cast.peers_more[2])
    taken_back = actions.ask_for_help(note, helper=cast.peers_more[3], wish=WORDS, by=first(cast), key=drafts.new_key())
    actions.take_question_back(suggestion=taken_back, by=first(cast))


@hidden()
def what_somebody_told(cast: Cast) -> None:
    agreed = Agreement(how_agreed=WORDS, agreed_on=timezone.localdate(), agreed_for=cast.everyone)
    note = write(by=first(cast), text=WORDS, key=drafts.new_key(), told_by="Mo", parts=Parts(tags=TAGS, telling=agreed))
    question = told.ask(note, person=second(cast), partnership=cast.partnership)
    told.answer(question, how_known=WORDS)


@hidden()
def drafts_and_files_of_every_form(cast: Cast) -> None:
    for name in drafts.registered():
        about = cast.peers_note.public_id if drafts.can_be_about(name, cast.peers_note.public_id) else ""
        make.make_draft(by=first(cast), text=WORDS, form=name, about=about)
    waiting_file(by=first(cast), key="hidden-key", what=CANARY)


@hidden()
def a_note_written_with_prompts(cast: Cast) -> None:
    note = write_with(by=first(cast), key=cast["prompt_set"].public_id, answers=[WORDS, WORDS], title=TITLE)
    make.share(note=note, space=cast["space_of_others"])


@hidden()
def what_belongs_to_a_space(cast: Cast) -> None:
    """A kind as sessions and objects will be: dark for who opened it once they leave; registered by the fixture."""
    note = in_others(cast)
    Record.objects.filter(pk=note.pk).update(kind="object")


@hidden(known_to=IN_ONE_TO_ONE)
def words_in_a_one_to_one(cast: Cast) -> None:
    note = make.make_shared_note(by=cast.practitioner, space=cast.one_to_one, text=WORDS, title=TITLE, tags=TAGS)
    make.make_response(to=note, by=cast.learning_partner, text=WORDS, verb=Response.Verb.ASK)
    file_on(note, by=cast.practitioner, description=f"what is seen, {CANARY}")


@hidden(known_to=IN_POWER_LINE)
def words_across_the_power_line(cast: Cast) -> None:
    parts = Parts(tags=TAGS, grown_from=[cast.everyone_note])
    note = write(by=cast.manager, text=WORDS, title=TITLE, key=drafts.new_key(), parts=parts)
    note = make.share(note=note, space=cast.power_line)
    make.make_response(to=note, by=cast.practitioner, text=WORDS)


@hidden(known_to=frozenset({"manager"}))
def a_managers_notebook(cast: Cast) -> None:
    make.make_note(by=cast.manager, text=WORDS, title=TITLE, tags=TAGS, partnership=cast.partnership)
    make.make_draft(by=cast.manager, text=WORDS)


@hidden(known_to=frozenset({"outsider"}))
def words_next_door(cast: Cast) -> None:
    note = make.make_shared_note(by=cast.outsider, space=cast.sibling_everyone, text=WORDS, title=TITLE, tags=TAGS)
    make.fold(record=cast.sibling_note, by=_neighbour(cast))
    make.make_response(to=note, by=cast.outsider, text=WORDS)


def _neighbour(cast: Cast) -> Any:
    person = make.make_person(name=f"{CANARY} neighbour")
    make.make_member(partnership=cast.sibling, person=person)
    return person


@hidden()
def words_by_somebody_who_left(cast: Cast) -> None:
    """In a one to one of two others, by who has left it since."""
    pair = make.make_space(
        partnership=cast.partnership, by=second(cast), kind=Space.Kind.ONE_TO_ONE, people=(cast.peers_more[2],)
    )
    note = make.make_shared_note(by=second(cast), space=pair, text=WORDS, title=TITLE, tags=TAGS)
    make.make_response(to=note, by=cast.peers_more[2], text=WORDS)
    Record.objects.filter(pk=note.pk).update(kind="object")
    partnership_actions.leave_space(space=pair, by=second(cast))
