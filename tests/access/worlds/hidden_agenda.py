"""Hidden agendas: of sessions of others, offers that wait for somebody else, and the agendas of another partnership."""

from convening import actions
from tests.cast import Cast
from tests.scenery.agenda import ROWS, add_item, begin, offer, save_agenda

from .hidden_sessions import of_others
from .hidden_words import TITLE, WORDS, first, second
from .steps import CANARY, hidden


@hidden()
def the_agenda_of_a_session_of_others(cast: Cast) -> None:
    session = of_others(cast)
    begin(session=session, by=first(cast))
    add_item(session=session, by=first(cast), title=TITLE, text=WORDS, lead=second(cast))
    brought = offer(session=session, by=second(cast), title=TITLE, text=WORDS)
    actions.accept_offer(offer=brought, by=first(cast))
    offer(session=session, by=second(cast), title=f"It waits, {CANARY}")


@hidden(known_to=frozenset({"practitioner"}))
def an_offer_that_waits_for_the_host_of_a_session_that_can_be_read(cast: Cast) -> None:
    """Told to the host alone; and what they answered to who offered it."""
    offer(session=cast["peers_session"], by=first(cast), title=f"{TITLE} for the agenda", text=WORDS)
    declined = offer(session=cast["peers_session"], by=second(cast), title=TITLE, text=WORDS)
    actions.decline_offer(offer=declined, answer=f"Not now, {CANARY}", by=cast.practitioner)
    taken_back = offer(session=cast["peers_session"], by=second(cast), title=TITLE, text=WORDS)
    actions.take_offer_back(offer=taken_back, by=second(cast))


@hidden()
def an_offer_that_waits_for_a_host_of_others(cast: Cast) -> None:
    """With its mail, and what is asked of its host on home."""
    offer(session=of_others(cast), by=second(cast), title=f"For the host, {CANARY}")


@hidden(known_to=frozenset({"outsider"}))
def an_agenda_next_door(cast: Cast) -> None:
    rows = [*ROWS, {"kind": "free", "title": TITLE, "text": WORDS, "minutes": 5}]
    save_agenda(partnership=cast.sibling, by=cast.outsider, name=f"Agenda, {CANARY}", line=CANARY, rows=rows)
    put_away = save_agenda(partnership=cast.sibling, by=cast.outsider, name=f"Put away, {CANARY}", rows=rows)
    actions.put_agenda_away(template=put_away, by=cast.outsider)
