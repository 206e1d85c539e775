"""Hidden tensions and conversations, what is said of them, check-ins of others, and calls to step in."""

from conversing import actions
from desk import drafts
from partnerships.models import Membership
from records import actions as record_actions
from tests import factories as make
from tests.cast import Cast
from tests.conversing import made

from .hidden_words import WORDS, first, second
from .steps import CANARY, hidden


@hidden()
def a_tension_of_others(cast: Cast) -> None:
    """Changed, checked in on, responded to, let go, and one that nobody has looked at for long."""
    space = cast["space_of_others"]
    row = made.tension(by=first(cast), space=space, title=f"{CANARY} ↔ Safe", text=WORDS, what_helps=WORDS)
    made.check_in(row, by=second(cast), text=WORDS)
    made.check_in(row, by=first(cast), lean=10, text=WORDS)
    changes = {"text": f"{WORDS}, again", "signs_first": WORDS}
    actions.change_tension(tension=row, version=1, changes=changes, by=second(cast), key=drafts.new_key())
    made.state(row, to="let_go", by=second(cast), reason=WORDS)
    make.make_response(to=row, by=second(cast), text=WORDS)
    forgotten = made.tension(by=first(cast), space=space, title=f"Open ↔ {CANARY}", text=WORDS)
    made.let_time_pass(forgotten, days=100)


@hidden()
def a_conversation_of_others(cast: Cast) -> None:
    """Answered, summed up twice, muted by one and told of to the other, closed twice; and one gone quiet."""
    space = cast["space_of_others"]
    row = made.conversation(by=first(cast), space=space, question=f"Why {CANARY}?", text=WORDS)
    make.make_response(to=row, by=second(cast), text=WORDS)
    actions.mute_conversation(conversation=row, muted=True, by=second(cast))
    made.sum_up(row, by=second(cast), text=WORDS)
    made.sum_up(row, by=first(cast), text=f"{WORDS}, again", number=1)
    made.close(row, by=second(cast), closing=WORDS)
    actions.reopen_conversation(conversation=row, by=first(cast))
    made.close(row, by=first(cast), closing=WORDS)
    quiet = made.conversation(by=first(cast), space=space, question=f"Whose {CANARY}?", text=WORDS)
    made.be_silent(quiet, days=60)


@hidden(known_to=frozenset({"learning_partner"}))
def a_call_to_step_in(cast: Cast) -> None:
    """In a conversation that all of the partnership read: only its learning partner learns of the call."""
    made.call(cast["everyone_conversation"], by=first(cast), text=WORDS)


@hidden(known_to=frozenset({"outsider", "parent_member"}))
def a_setting_of_another_partnership(cast: Cast) -> None:
    steward = Membership.objects.current().with_duty().filter(partnership=cast.sibling).first()
    actions.set_quiet_after(partnership=cast.sibling, weeks=9, by=steward.person)


@hidden(known_to=frozenset({"learning_partner"}))
def a_relationship_note(cast: Cast) -> None:
    """Changed, and beside one that was deleted."""
    by, partnership = cast.learning_partner, cast.partnership
    note = made.relationship_note(by=by, partnership=partnership, title=CANARY, text=WORDS)
    changes = {"text": f"{WORDS}, again"}
    key = drafts.new_key()
    record_actions.edit(note, by=by, version=1, changes=changes, key=key, form="relationship-note-edit")
    record_actions.delete(made.relationship_note(by=by, partnership=partnership, title=CANARY), by=by)
