"""What sessions of the stage go through: the peers' agenda, offers for it in each state, and own agendas."""

from typing import Any

from convening import actions
from convening.agenda import BUILT_IN
from convening.agenda.reading import agenda_of
from convening.models import AgendaItem, AgendaOffer, AgendaTemplate, Session
from desk import drafts

ROWS = [
    {"title": "", "kind": "check_in", "minutes": 5, "text": "One word each."},
    {"title": "Who did we not see?", "kind": "free", "minutes": 20, "text": ""},
]
OFFER = {"kind": "situation", "title": "A door that stays shut", "text": "", "wants": "questions", "minutes": 20}


def add_item(*, session: Session, by: Any, **words: Any) -> AgendaItem:
    """Put an item on an agenda, by its host."""
    right = {"kind": "free", "title": "Tea", "text": "", "minutes": 10, "lead": None}
    return actions.add_item(session=session, words=right | words, by=by, key=drafts.new_key())


def offer(*, session: Session, by: Any, **words: Any) -> AgendaOffer:
    """Offer something for an agenda."""
    return actions.offer_item(session=session, words=OFFER | words, by=by, key=drafts.new_key())


def save_agenda(*, partnership: Any, by: Any, **words: Any) -> AgendaTemplate:
    """Add an agenda of a partnership's own."""
    right = {"name": "Before the van leaves", "line": "", "source": "", "rows": ROWS}
    return actions.save_agenda(partnership=partnership, words=right | words, by=by, key=drafts.new_key())


def begin(*, session: Session, key: str = "learning-community", by: Any) -> None:
    """Begin an agenda with a built-in one."""
    agenda = next(row for row in BUILT_IN if row.key == key)
    actions.begin_agenda(session=session, agenda=agenda, by=by)


def headings(session: Session) -> list[str]:
    """Give what the items are called, in their order."""
    return [row.heading for row in agenda_of(session).rows]


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    session = cast["peers_session"]
    host = cast.practitioner
    cast.more["agenda_item"] = add_item(session=session, by=host, title="Tea in peers", lead=cast.fellow)
    cast.more["agenda_close"] = add_item(session=session, by=host, kind="close", title="", minutes=5)
    cast.more["everyone_item"] = add_item(session=cast["everyone_session"], by=cast.learning_partner)
    cast.more["offer"] = offer(session=session, by=cast.fellow, title="offered words")
    cast.more["own_offer"] = offer(session=session, by=cast.academic, title="an academic's offer")
    cast.more["accepted_offer"] = offer(session=session, by=cast.consultant, title="accepted words")
    actions.accept_offer(offer=cast.more["accepted_offer"], by=host)
    cast.more["declined_offer"] = offer(session=session, by=cast.consultant, title="declined words")
    actions.decline_offer(offer=cast.more["declined_offer"], answer="Next month.", by=host)
    cast.more["own_agenda"] = save_agenda(partnership=cast.partnership, by=cast.steward)
    cast.more["sibling_agenda"] = save_agenda(partnership=cast.sibling, by=cast.outsider, name="Next door's agenda")
