"""Hidden things that are tried, their logs, and what is in the way of others; and notes in a log that all know of."""

from tests.cast import Cast
from tests.cycles import trying_made as made

from .hidden_words import TITLE, WORDS, first, in_others, second
from .steps import CANARY, hidden


@hidden()
def something_that_others_try(cast: Cast) -> None:
    """Due, filled in, logged, and another one closed and mended."""
    space = cast["space_of_others"]
    tried = made.begin(by=first(cast), space=space, title=TITLE, days=-3)
    made.fill(tried, by=second(cast), text=WORDS, smallest=WORDS, affected=WORDS, agreed="no", hope=WORDS, worry=WORDS)
    made.log(tried, in_others(cast), by=second(cast), sign="worry")
    closed = made.begin(by=first(cast), space=space, title=f"Tried, {CANARY}")
    made.close(closed, by=second(cast), belief=WORDS, surprised=WORDS)
    made.close(closed, by=first(cast), belief=f"{WORDS}, mended", surprised=WORDS)


@hidden()
def notes_of_others_in_a_log_that_all_can_read(cast: Cast) -> None:
    """By somebody who is in both spaces: to the others the log says nothing of the note."""
    made.log(cast["everyone_experiment"], in_others(cast), by=first(cast), sign="hope")


@hidden()
def what_is_in_the_way_of_others(cast: Cast) -> None:
    """One waits, one was answered twice, and what was said of it before is kept."""
    space = cast["space_of_others"]
    made.say(by=first(cast), space=space, asked=second(cast), title=TITLE, text=WORDS)
    condition = made.say(by=first(cast), space=space, asked=second(cast), title=f"In the way, {CANARY}", text=WORDS)
    made.answer(condition, by=second(cast), answer="trying", text=WORDS)
    made.answer(condition, by=second(cast), answer="cannot", text=WORDS)
