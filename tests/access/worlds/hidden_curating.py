"""What is hidden in libraries of others: its versions, files, readings, and what was kept of words that can be read."""

from curating.actions import take_file_off
from tests import factories as make
from tests.cast import Cast
from tests.curating import made

from .hidden_words import WORDS, first, second
from .steps import CANARY, hidden


@hidden()
def a_library_of_others(cast: Cast) -> None:
    """With a document that stays and one that went, versions, readings, uses; superseded by what nobody has read."""
    space, by = cast["space_of_others"], first(cast)
    documents = [(f"{CANARY}.pdf", made.PDF), (f"{CANARY} too.csv", b"a,b\n1,2\n")]
    row = made.an_object(by=by, space=space, title=f"Map, {CANARY}", why=WORDS, text=WORDS, documents=documents)
    take_file_off(boundary_object=row, file=row.attachments.last(), by=by)
    made.version(row, by=second(cast), change=f"Anew, {CANARY}", text=f"{WORDS}, again")
    made.reading(row, by=second(cast), text=WORDS)
    made.reading(row, by=by, text=WORDS)
    made.use(row, by=second(cast), line=f"On a wall, {CANARY}")
    make.make_response(to=row, by=second(cast), text=WORDS)
    new = made.an_object(by=second(cast), space=space, title=f"New map, {CANARY}", why=WORDS, text=WORDS)
    made.state(row, to="superseded", by=by, by_which=new.public_id, reason=WORDS)


@hidden()
def something_that_was_folded_and_changed(cast: Cast) -> None:
    """Among all who read it now, what it said before is its author's alone."""
    row = made.an_object(by=first(cast), space=cast["space_of_others"], title=f"Plan, {CANARY}", text=WORDS)
    make.fold(record=row, by=second(cast))
    made.version(row, by=first(cast), change=f"Without, {CANARY}", text="Without.")
