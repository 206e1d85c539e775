"""Hidden things that stay of a session, in a space that nobody of the cast is in, and under the Chatham House Rule."""

from datetime import timedelta

from django.utils import timezone

from convening import actions, reminding
from desk import drafts
from tests import factories as make
from tests.cast import Cast
from tests.convening import after_made

from .hidden_words import WORDS, first, second
from .steps import CANARY, hidden


def _held(cast: Cast, **words):
    return make.make_session(
        by=first(cast), space=cast["space_of_others"], title=WORDS, begins_in=-timedelta(days=2), **words
    )


@hidden()
def an_outcome_that_was_objected_to_amended_and_agreed(cast: Cast) -> None:
    """With its mail, who was there, whether it may travel, and its former words."""
    session = _held(cast)
    present = [first(cast).public_id, second(cast).public_id]
    actions.note_attendance(session=session, present=present, by=first(cast))
    after_made.note(session, by=second(cast), learned=WORDS)
    after_made.propose(session, by=first(cast))
    after_made.object_to(session, by=second(cast), text=f"I object, {CANARY}")
    after_made.note(session, by=first(cast), version=1, learned=f"{WORDS}, amended")
    after_made.propose(session, by=first(cast))
    after_made.let_its_day_pass(session)
    for person in (first(cast), second(cast)):
        actions.answer_carrying(session=session, may_travel=True, by=person)


@hidden()
def an_outcome_that_is_proposed(cast: Cast) -> None:
    session = _held(cast)
    after_made.note(session, by=second(cast), will_try=WORDS)
    after_made.propose(session, by=first(cast))


@hidden()
def commitments_of_others(cast: Cast) -> None:
    session = _held(cast)
    after_made.commit(session, by=first(cast), doer=second(cast), what=WORDS)
    let_go = after_made.commit(session, by=first(cast), doer=second(cast), what=f"Ring the ward, {CANARY}")
    actions.let_go(commitment=let_go, reason=WORDS, by=second(cast), key=drafts.new_key())
    actions.take_up_again(commitment=let_go, by=second(cast))
    due = after_made.commit(session, by=first(cast), doer=second(cast), what=WORDS, due_on=timezone.localdate())
    reminding._remind_doer(due)
    done = after_made.commit(session, by=second(cast), doer=first(cast), what=WORDS)
    actions.finish_commitment(commitment=done, by=first(cast))
