"""Hidden sessions, what is written for one that can be read, and who comes to it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from convening import actions
from desk import drafts
from partnerships.models import Membership
from records.models import Attribution
from tests import factories as make
from tests.cast import Cast

from .hidden_words import TITLE, WORDS, first, second
from .steps import CANARY, hidden, swapped


def of_others(cast: Cast, **words: Any) -> Any:
    """Convene a session where the first and the second are alone."""
    said = {"title": TITLE, "text": WORDS, "place": CANARY, "missing": WORDS, "question": WORDS} | words
    return make.make_session(by=first(cast), space=cast["space_of_others"], **said)


@hidden()
def a_session_of_others(cast: Cast) -> None:
    session = of_others(cast)
    for person in (first(cast), second(cast)):
        actions.answer_session(session=session, answer="yes", by=person)
        make.make_contribution(to=session, by=person, text=WORDS)
    make.make_response(to=session, by=second(cast), text=WORDS)
    later = timezone.now() + timedelta(days=4)
    actions.move_session(
        session=session,
        version=session.version,
        starts_at=later,
        ends_at=later + timedelta(hours=1),
        zone="America/New_York",
        by=first(cast),
    )
    changes = {"text": f"{WORDS}, again"}
    actions.change_session(
        session=session, version=session.version, changes=changes, by=first(cast), key=drafts.new_key()
    )
    other = Membership.objects.current().get(person=second(cast), partnership=cast.partnership)
    actions.hand_over_hosting(session=session, to=other, by=first(cast))


@hidden()
def sessions_of_others_that_are_over_going_on_and_cancelled(cast: Cast) -> None:
    of_others(cast, begins_in=timedelta(days=-3))
    running = of_others(cast, begins_in=timedelta(minutes=-5))
    make.make_contribution(to=running, by=second(cast), text=WORDS)
    actions.reveal(session=running, by=first(cast))
    actions.cancel_session(session=of_others(cast), because=WORDS, by=first(cast), key=drafts.new_key())


@hidden()
def what_is_written_unseen_for_a_session_that_can_be_read(cast: Cast) -> None:
    """Neither its words, nor that there are any, nor how many: not even for the host."""
    for person, wish in ((first(cast), "named"), (second(cast), "not_named"), (first(cast), "role")):
        make.make_contribution(to=cast["peers_session"], by=person, text=WORDS, wish=wish)


@hidden(known_to=frozenset({"practitioner"}))
def who_does_not_come(cast: Cast) -> None:
    """Told to the host; the others see how many come, and nothing of who does not."""
    actions.answer_session(session=cast["peers_session"], answer="no", by=first(cast))
    actions.answer_session(session=cast["peers_session"], answer="unsure", by=second(cast))


@swapped()
def who_wrote_for_a_session_and_is_not_named(cast: Cast, other: bool) -> None:
    running = make.make_session(
        by=second(cast), space=cast.peers, title="Not named at all", begins_in=timedelta(minutes=-5)
    )
    person = cast.peers_more[2] if other else first(cast)
    make.make_contribution(to=running, by=person, text="words by nobody", wish=Attribution.NOT_NAMED)
    actions.reveal(session=running, by=second(cast))
