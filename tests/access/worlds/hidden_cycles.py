"""Hidden cycles and activities, what is part of them, and methods of another partnership."""

from cycles import actions
from desk import drafts
from tests import factories as make
from tests.cast import Cast
from tests.scenery.cycles import add_method, begin_activity, begin_cycle, move, put

from .hidden_sessions import of_others
from .hidden_words import TITLE, WORDS, first, second
from .steps import CANARY, hidden


@hidden()
def a_cycle_of_others(cast: Cast) -> None:
    """With its moves, a smaller one in it, an activity, and what is part of these."""
    space = cast["space_of_others"]
    cycle = begin_cycle(
        space=space, by=first(cast), title=TITLE, text=WORDS, missing=WORDS, people=[first(cast), second(cast)]
    )
    move(cycle, to="experiment", by=second(cast), days_ago=9, note=f"over a stage, {CANARY}")
    move(cycle, to="understand", by=first(cast), days_ago=5, note=f"back again, {CANARY}")
    begin_cycle(space=space, by=second(cast), title=f"Smaller, {CANARY}", parent=cycle)
    activity = begin_activity(
        space=space, by=first(cast), title=TITLE, text=WORDS, what_came=WORDS, participants=[second(cast)]
    )
    put(activity, whole=cycle, by=second(cast))
    put(of_others(cast), whole=activity, by=first(cast))
    changes = {"text": f"{WORDS}, anew"}
    actions.change_cycle(
        cycle=cycle, version=cycle.version, changes=changes, people=[], by=first(cast), key=drafts.new_key()
    )


@hidden()
def what_can_be_read_is_part_of_a_cycle_of_others(cast: Cast) -> None:
    """Neither end tells of the other to who reads one of them; and a larger cycle is told by no smaller one."""
    cycle = begin_cycle(
        space=cast["space_of_others"], by=first(cast), title=f"Larger, {CANARY}", parent=cast["peers_cycle"]
    )
    put(cast["peers_session"], whole=cycle, by=first(cast))
    note = make.make_note(by=second(cast), text=WORDS, partnership=cast.partnership)
    put(note, whole=cast["peers_cycle"], by=second(cast))


@hidden(known_to=frozenset({"outsider"}))
def a_method_next_door(cast: Cast) -> None:
    method = add_method(
        partnership=cast.sibling, by=cast.outsider, name=f"Method, {CANARY}", guide=WORDS, source=CANARY
    )
    words = {"name": f"Changed, {CANARY}", "guide": WORDS, "source": ""}
    method = actions.change_method(method=method, by=cast.outsider, key=drafts.new_key(), **words)
    actions.put_method_away(method=method, by=cast.outsider)
    add_method(partnership=cast.sibling, by=cast.outsider, name=f"In use, {CANARY}", guide=WORDS)
