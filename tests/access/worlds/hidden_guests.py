"""Hidden guests: of sessions of others, and of a session that a guest of the cast is at."""

from datetime import timedelta

from convening import actions
from convening.actions.contributing import contribute, reveal_writing
from desk import drafts
from tests import factories as make
from tests.cast import Cast
from tests.scenery.guests import browser_of_guest, silent_writing

from .hidden_sessions import of_others
from .hidden_words import WORDS, first
from .steps import CANARY, hidden, shown, swapped


@hidden()
def guests_of_a_session_of_others(cast: Cast) -> None:
    """One who is there and has written, and a link that was turned off again."""
    session = of_others(cast, begins_in=timedelta(minutes=-5), ends_at=cast["guest_session"].ends_at)
    actions.let_guests_in(session=session, by=first(cast))
    browser_of_guest(session, first_name=CANARY)
    writing = silent_writing(session, question=WORDS)
    _write(session, writing, WORDS)
    reveal_writing(writing=writing, by=first(cast))
    actions.shut_guests_out(session=session, by=first(cast))


@hidden()
def what_goes_on_at_a_session_and_is_not_for_its_guests(cast: Cast) -> None:
    """What they themselves write in silence, what only members write and read, other guests, and who hosts."""
    session, host = cast["guest_session"], cast.peers_more[0]
    browser_of_guest(session, first_name=CANARY)
    _write(session, cast["guest_writing"], WORDS)
    contribute(
        to=session,
        text=WORDS,
        wish="named",
        by=host,
        key=drafts.new_key(),
        writing=cast["guest_writing"],
        as_unseen=True,
    )
    early = make.make_contribution(to=session, by=host, text=WORDS)
    actions.reveal(session=session, by=host)
    make.fold(record=early, by=cast.peers_more[1])
    changes = {"place": CANARY, "missing": WORDS, "title": f"{CANARY} anew"}
    session.refresh_from_db()
    actions.change_session(session=session, version=session.version, changes=changes, by=host, key=drafts.new_key())


@swapped()
def who_wrote_what_guests_read(cast: Cast, other: bool) -> None:
    """A member or another one, by name, by role or not named: a guest is told nothing of it."""
    session, host = cast["other_guest_session"], cast.peers_more[0]
    person = cast.peers_more[1] if other else host
    writing = silent_writing(session, question="Who is it?")
    contribute(
        to=session,
        text="words by one of two",
        wish="named",
        by=person,
        key="one-of-two",
        writing=writing,
        as_unseen=True,
    )
    reveal_writing(writing=writing, by=host)


@shown
def a_note_of_the_guest(cast: Cast) -> None:
    session = cast["guest_session"]
    guest = session.guests.order_by("pk").first()
    assert guest
    actions.write_as_guest(
        guest=guest, writing=cast["guest_writing"].public_id, text="afterwards", key="after", knows=False
    )


def _write(session, writing, text: str) -> None:
    guest = session.guests.order_by("-pk").first()
    actions.write_as_guest(guest=guest, writing=writing.public_id, text=text, key="hidden", knows=False)
