"""Offering something for an agenda, and what becomes of it: accepted or declined by the host, or taken back."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.agenda import news
from convening.agenda.planning import check_time, held, held_for_agenda, insert, require_ahead
from convening.models import AgendaItem, AgendaOffer, Session
from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records.versions import AlreadySent

State = AgendaOffer.State


@transaction.atomic
def offer_item(*, session: Session, words: Mapping[str, Any], by, key: str) -> AgendaOffer:
    """Offer something for the agenda, from within the session's space. Only its host and oneself read it so far.

    `words` are kind, title, text, wants and minutes. A repeated POST gets the offer that the first one made. Raises
    PermissionDenied outside the space, ValidationError where the session is over or cancelled, AlreadySent.
    """
    locked = held(session)
    if locked.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    if not Draft.use(author=by, key=key, form="agenda-offer"):
        made = AgendaOffer.objects.filter(session=locked, offered_by=by, submission=key, **words).first()
        if made:
            return made
        raise AlreadySent
    require_ahead(locked)
    offer = AgendaOffer.objects.create(
        session=locked, offered_by=by, offered_at=timezone.now(), submission=key, **words
    )
    news.tell_of_offer(locked, by=by)
    _record(locked, "offer", offer, by=by)
    return offer


@transaction.atomic
def accept_offer(*, offer: AgendaOffer, by) -> AgendaItem | None:
    """Put an offer on the agenda before the close, led by who offered it; from then on the space reads it.

    Twice is once. Raises PermissionDenied for who does not host, ValidationError where it does not wait any more, where
    who offered it has left the space, or where the agenda would be longer than a day.
    """
    locked = held_for_agenda(offer.session, by)
    now = _now(offer)
    if now.state == State.ACCEPTED:
        return now.item
    _require_waiting(now)
    if locked.space is None or not locked.space.members().filter(person=now.offered_by_id).exists():
        raise ValidationError(_("Who offered this is not in this space any more, so it stays theirs."), code="left")
    check_time(locked, now.minutes)
    lead = {"lead_id": now.offered_by_id}
    item = insert(locked, kind=now.kind, title=now.title, text=now.text, minutes=now.minutes, **lead)
    now.item = item
    _answer(now, State.ACCEPTED, by=by)
    _record(locked, "accept", now, by=by)
    return item


@transaction.atomic
def decline_offer(*, offer: AgendaOffer, answer: str, by) -> None:
    """Decline an offer with a line that only who offered it reads. Twice is once."""
    locked = held(offer.session)
    if not is_host(Reader(by), locked):
        raise PermissionDenied("Not its host.")
    now = _now(offer)
    if now.state == State.DECLINED:
        return
    _require_waiting(now)
    now.answer = answer
    _answer(now, State.DECLINED, by=by)
    _record(locked, "decline", now, by=by)


@transaction.atomic
def take_offer_back(*, offer: AgendaOffer, by) -> None:
    """Take one's own offer back while it waits: its words go. Twice is once."""
    locked = held(offer.session)
    now = _now(offer)
    if now.offered_by_id != by.pk:
        raise PermissionDenied("Not theirs.")
    if now.state == State.TAKEN_BACK:
        return
    _require_waiting(now)
    now.title = now.text = ""
    _answer(now, State.TAKEN_BACK, by=by)
    _record(locked, "take_back", now, by=by)


def _now(offer: AgendaOffer) -> AgendaOffer:
    return AgendaOffer.objects.select_for_update(of=("self",)).select_related("item").get(pk=offer.pk)


def _require_waiting(offer: AgendaOffer) -> None:
    if not offer.is_waiting:
        said = {
            State.ACCEPTED: _("This is on the agenda by now. Talk with the host if it should not be."),
            State.DECLINED: _("This was declined a moment ago."),
            State.TAKEN_BACK: _("This was taken back a moment ago."),
        }
        raise ValidationError(said[State(offer.state)], code="answered")


def _answer(offer: AgendaOffer, state: str, *, by: Any) -> None:
    offer.state, offer.answered_at, offer.answered_by = state, timezone.now(), by
    offer.save()


def _record(session: Session, what: str, offer: AgendaOffer, *, by: Any) -> None:
    record_event(by=by, action=f"agenda.{what}", kind="session", public_id=session.public_id, offer=offer.public_id)
