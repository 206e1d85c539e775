"""What happens in both worlds, with one thing about it that its readers may not know."""

from typing import Any

from desk import drafts
from partnerships import actions as partnership_actions
from partnerships.actions.agreements import answer_research
from records import actions
from records.models import Attribution
from tests import factories as make
from tests.cast import Cast
from tests.scenery.attachments import file_on

from .hidden_words import TAGS, WORDS, first, second
from .steps import CANARY, swapped


def _one_of(cast: Cast, other: bool) -> Any:
    return second(cast) if other else first(cast)


@swapped()
def who_wrote_what_is_not_named(cast: Cast, other: bool) -> None:
    author = _one_of(cast, other)
    note = make.make_shared_note(
        by=author,
        space=cast.peers,
        attribution=Attribution.NOT_NAMED,
        text="The rota.",
        tags=[TAGS[2]],
        key=f"not-named-{other}",
    )
    # Its author answers under it as such; a reader does in both worlds.
    make.make_response(to=note, by=author, text="I should have said so.", key=f"not-named-answer-{other}")
    make.make_response(to=note, by=cast.peers_more[2], text="Thank you.")


@swapped()
def who_folded_words(cast: Cast, other: bool) -> None:
    note = make.make_shared_note(by=cast.peers_more[2], space=cast.peers, text="Somebody's door.", title="A door")
    make.fold(record=note, by=_one_of(cast, other))


@swapped()
def what_was_written_to_an_author_about_a_fold(cast: Cast, other: bool) -> None:
    note = make.make_shared_note(by=cast.peers_more[2], space=cast.peers, text="Somebody's van.", title="A van")
    make.fold(record=note, by=first(cast), words=WORDS if other else "")


@swapped()
def words_that_were_taken_back(cast: Cast, other: bool) -> None:
    note = make.make_shared_note(
        by=first(cast),
        space=cast.everyone,
        text=WORDS if other else "Other words.",
        title=f"Title {CANARY}" if other else "",
        tags=TAGS if other else [],
        of_trust=other,
    )
    make.make_response(to=note, by=cast.manager, text="I saw it.")
    if other:
        # After what is there in both worlds, whose id would be another one.
        file_on(note, by=first(cast), description=WORDS)
    make.withdraw(record=note)


@swapped()
def words_that_were_folded_and_set_aside(cast: Cast, other: bool) -> None:
    for number in (1, 2):
        note = make.make_shared_note(
            by=cast.peers_more[3],
            space=cast["space_seen"],
            text=WORDS if other else f"Other words {number}.",
            title=f"Title {CANARY}" if other else "Another title",
            tags=TAGS if other else [],
            not_going_well=other,
        )
        if number == 1:
            make.fold(record=note, by=cast.peers_more[2])
        else:
            make.set_aside(record=note, by=cast.peers_more[2], reason="It must not stand here.")


@swapped()
def what_a_note_said_before(cast: Cast, other: bool) -> None:
    """Readers learn that it was changed; what it said before, its author alone reads."""
    before = WORDS if other else "Other words."
    note = make.make_shared_note(by=first(cast), space=cast.peers, text=before, title="Then", key=f"before-{other}")
    changes = {"text": "As it is now.", "title": "Now"}
    actions.edit(
        note, version=note.version, changes=changes, key=f"after-{other}", form="reflection-edit", by=first(cast)
    )


@swapped()
def who_said_no(cast: Cast, other: bool) -> None:
    """One no from inside stops it, without a name."""
    expert = make.membership_of(person=cast.expert, partnership=cast.partnership)
    admission = partnership_actions.ask_in(space=cast["space_seen"], membership=expert, by=cast.peers_more[2])
    partnership_actions.accept_admission(admission=admission, by=cast.expert)
    partnership_actions.answer_admission(admission=admission, says_yes=False, by=_one_of(cast, other))


@swapped()
def what_was_answered_about_research(cast: Cast, other: bool) -> None:
    answer_research(partnership=cast.partnership, answer="yes" if other else "no", by=cast.peers_more[3])


@swapped()
def who_confirmed_what_was_told_and_is_not_named(cast: Cast, other: bool) -> None:
    """The second member who confirmed an agreement is named only where the author is."""
    from tests.scenery import told

    note = told.tell(by=cast.peers_more[2], space=cast.peers, key="told-not-named", text="It was the bus, he said.")
    question = told.ask(note, person=_one_of(cast, other), partnership=cast.partnership)
    told.answer(question, key=f"confirmed-{other}")
    note.refresh_from_db()
    make.share(note=note, space=cast.peers, attribution=Attribution.NOT_NAMED)


@swapped()
def what_is_not_said_yet(cast: Cast, other: bool) -> None:
    """A draft that is there in both worlds, with other words."""
    make.make_draft(by=first(cast), text=WORDS if other else "Other words.", key=drafts.new_key())
