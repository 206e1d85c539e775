"""Hidden patterns of others, changed and let go, with sources that agree and disagree."""

from tests import factories as make
from tests.cast import Cast
from tests.landscape import made

from .hidden_words import TITLE, WORDS, first, in_others, second
from .steps import CANARY, hidden


@hidden()
def a_pattern_of_others(cast: Cast) -> None:
    """With sources, one of them taken off again; changed, responded to, let go."""
    space = cast["space_of_others"]
    row = made.pattern(by=first(cast), space=space, title=f"Again, {CANARY}", text=WORDS, looked_for=WORDS)
    made.source(row, in_others(cast), by=second(cast), stance="disagrees", why=WORDS)
    agreeing = make.make_shared_note(by=second(cast), space=space, title=TITLE, text=WORDS)
    made.source(row, agreeing, by=first(cast), why=WORDS)
    made.change(row, by=second(cast), text=f"{WORDS}, again")
    made.state(row, to="let_go", by=second(cast), reason=WORDS)
    make.make_response(to=row, by=second(cast), text=WORDS, verb="differently")
