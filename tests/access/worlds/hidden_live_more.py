"""Hidden photos of sessions, and what somebody kept of words that can be read."""

from datetime import timedelta

from convening import actions
from desk import drafts
from desk.models import Draft
from records.parts import Parts
from reflections.actions import write
from tests.cast import Cast
from tests.scenery.live_more import photo_on

from .hidden_sessions import of_others
from .hidden_words import WORDS, first, second
from .steps import CANARY, hidden


@hidden()
def photos_of_a_session_of_others(cast: Cast) -> None:
    """One that stays, one that was taken off, and one that is begun."""
    session = of_others(cast, begins_in=-timedelta(minutes=5))
    photo_on(session, by=first(cast), text=f"what is seen, {CANARY}")
    gone = photo_on(session, by=second(cast), key="other", text=WORDS)
    actions.take_photo_off(session=session, photo=gone, by=first(cast))
    Draft.keep(
        author=second(cast),
        key=drafts.new_key(),
        form="session-photo",
        about=session.public_id,
        data={"text": [WORDS]},
    )


@hidden()
def a_note_that_keeps_words_which_can_be_read(cast: Cast) -> None:
    """Neither who wrote them nor their other readers learn that somebody kept them."""
    parts = Parts(grown_from=[cast["seen_words"]])
    write(by=first(cast), text=WORDS, key=drafts.new_key(), parts=parts)
