"""What is written in silence at a session, before its reveal and where nobody is named after it."""

from convening import actions
from tests.cast import Cast
from tests.scenery.live_writing import open_writing, paper, put_together, running, write

from .hidden_words import WORDS, first, second
from .steps import hidden, swapped


@hidden()
def notes_that_wait_for_the_reveal_of_a_session_that_can_be_read(cast: Cast) -> None:
    """Neither their words, nor how many, nor that there are any: not even for the host."""
    writing = cast["silent_writing"]
    for person, wish in ((first(cast), "named"), (second(cast), "not_named"), (first(cast), "role")):
        write(writing, by=person, text=WORDS, wish=wish)
    paper(writing, WORDS, WORDS, by=second(cast))


@hidden()
def a_silent_writing_of_others(cast: Cast) -> None:
    session = running(by=first(cast), space=cast["space_of_others"], title=WORDS, text=WORDS)
    writing = open_writing(session, by=first(cast), question=WORDS, wish="named")
    notes = [write(writing, by=person, text=WORDS, wish="named") for person in (first(cast), second(cast))]
    typed = paper(writing, WORDS, by=second(cast))
    actions.reveal_writing(writing=writing, by=first(cast))
    one = put_together(writing, *notes, by=second(cast))
    other = put_together(writing, *typed, by=second(cast))
    actions.name_cluster(cluster=one, name=WORDS[:40], by=first(cast))
    actions.take_out(writing=writing, notes=[notes[0].public_id], by=first(cast))
    actions.merge_clusters(cluster=one, into=other.public_id, by=first(cast))
    write(open_writing(session, by=first(cast), question=WORDS), by=second(cast), text=WORDS, wish="named")


@swapped()
def who_wrote_in_silence_and_is_not_named(cast: Cast, other: bool) -> None:
    session = running(by=second(cast), space=cast.peers, title="Revealed, not named")
    writing = open_writing(session, by=second(cast), question="Who was it?")
    write(writing, by=cast.peers_more[2] if other else first(cast), text="words by nobody in silence")
    actions.reveal_writing(writing=writing, by=second(cast))
