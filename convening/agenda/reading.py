"""A session's agenda as its pages show it: each item with its hour, and the offers that this reader may know of."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from convening.access import is_host
from convening.models import AgendaItem, AgendaOffer, Session
from partnerships.http import SignedInRequest
from partnerships.reader import Reader

from . import kinds
from .finding import may_change, offered


@dataclass(frozen=True)
class Timed:
    """An item, when it begins in the session's zone, and what it is called."""

    item: AgendaItem
    starts: datetime
    heading: str
    is_commitments: bool
    lead: str


@dataclass(frozen=True)
class TimedAgenda:
    """All items in their order; how many minutes they take, and how many more than the session has."""

    rows: list[Timed] = field(default_factory=list)
    minutes: int = 0
    over: int = 0

    @property
    def has_commitments(self) -> bool:
        """Say whether what is open has its place on it."""
        return any(row.is_commitments for row in self.rows)


def agenda_of(session: Session) -> TimedAgenda:
    """Return the agenda of a session that the reader may read: one query. Who has left the space leads nothing."""
    rows, minutes = [], 0
    for item in items_of(session):
        lead = item.lead.name if item.lead and item.lead_is_here else ""  # type: ignore[attr-defined]
        starts = (session.starts_at + timedelta(minutes=minutes)).astimezone(session.tzinfo)
        heading = item.title or kinds.label_of(item.kind)
        rows.append(Timed(item, starts, heading, item.kind == kinds.COMMITMENTS, lead))
        minutes += item.minutes
    return TimedAgenda(rows, minutes, max(minutes - session.minutes, 0))


def items_of(session: Session) -> QuerySet[AgendaItem]:
    """Return the items with their leads, whether these are in the space still, and the offers that they come from."""
    items = AgendaItem.objects.filter(session=session).select_related("lead", "offer")
    members = session.space.members().filter(person=OuterRef("lead")) if session.space else AgendaItem.objects.none()
    return items.annotate(lead_is_here=Exists(members))


def offers_for(reader: Reader, session: Session) -> list[AgendaOffer]:
    """Return one's own offers, and to the host those that wait, by people who are in the space still: one query."""
    offers = AgendaOffer.objects.filter(session=session).select_related("offered_by")
    own = offers.filter(offered_by=reader.person).exclude(state=AgendaOffer.State.TAKEN_BACK)
    if not is_host(reader, session) or session.space is None:
        return list(own)
    here = session.space.members().values("person")
    return list(own | offers.filter(state=AgendaOffer.State.WAITING, offered_by__in=here))


def offers_shown(reader: Reader, session: Session) -> dict[str, Any]:
    """Return the offers by what the reader does with them."""
    offers = offers_for(reader, session)
    waiting = [row for row in offers if row.is_waiting and is_host(reader, session)]
    return {
        "offers_waiting": waiting,
        "own_offers": [row for row in offers if row.offered_by_id == reader.person.pk and row not in waiting],
    }


def shown(request: SignedInRequest, session: Session) -> dict[str, Any]:
    """Return what the page of a session shows of its agenda: two queries, and one more for who can begin it."""
    reader = request.reader
    agenda = agenda_of(session)
    inside = session.space_id in reader.spaces
    begins = is_host(reader, session) and session.takes_words and not agenda.rows
    return {
        "agenda": agenda,
        "may_offer": inside and session.takes_words and not is_host(reader, session),
        "agendas": offered(reader, session.partnership) if begins and session.partnership else [],
        **offers_shown(reader, session),
    }


def may_keep(reader: Reader, session: Session) -> bool:
    """Say whether the reader may keep a session's agenda as one of the partnership's own."""
    return may_change(reader.membership_in(session.partnership_id))


def rows_to_keep(session: Session) -> list[dict[str, Any]]:
    """Return a session's items as an agenda to begin with: of what somebody brought the place, and not the words."""
    return [
        {
            "kind": kinds.known(item.kind),
            "minutes": item.minutes,
            "title": "" if hasattr(item, "offer") else item.title,
            "text": "" if hasattr(item, "offer") else item.text,
        }
        for item in items_of(session)
    ]
