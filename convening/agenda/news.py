"""That something is offered for an agenda: asked of its host on home, and told by mail; never what, nor by whom."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from convening.models import AgendaOffer, Session
from convening.models.in_space import is_in_space
from convening.notices import line_about
from desk import notices
from partnerships.asked import Asked
from partnerships.reader import Reader

OFFERED = "agenda_offer"


def tell_of_offer(session: Session, *, by) -> None:
    """Have the host told that something is offered for the agenda, but of what they offer themselves."""
    if session.host_id != by.pk:
        notices.notify(people=[session.host], kind=OFFERED, about=session.public_id)


def offered_line(person: Any, about: str) -> notices.Line | None:
    """Say to its host where and when a session is for whose agenda something is offered, while that waits."""
    words = _("Something is offered for the agenda of a session in %(space)s, %(when)s")
    return line_about(person, about, words, lambda session: with_offers(Reader(person)).filter(pk=session.pk).exists())


def with_offers(reader: Reader):
    """Return the sessions ahead that the reader hosts, and for whose agenda something waits for their answer."""
    waiting = AgendaOffer.objects.filter(session=OuterRef("pk"), state=AgendaOffer.State.WAITING)
    readable = Session.objects.visible_to(reader).with_words_for(reader).standing().taking_place()
    mine = readable.filter(host=reader.person, space__in=list(reader.spaces), ends_at__gt=timezone.now())
    return mine.filter(Exists(waiting.filter(is_in_space("offered_by", of="session__"))))


def perhaps_offered(reader: Reader):
    """Return what waits for the reader as a host, of whoever it is."""
    waiting = AgendaOffer.objects.filter(state=AgendaOffer.State.WAITING)
    return waiting.filter(session__host=reader.person, session__ends_at__gt=timezone.now())


def asked_to_answer(reader: Reader) -> list[Asked]:
    """Return these as what is asked of the reader: one line for a session, however many offers there are."""
    rows = with_offers(reader).without_texts().select_related("partnership").order_by("starts_at", "pk")  # type: ignore[attr-defined]
    return [_asked(session) for session in rows]


def _asked(session: Session) -> Asked:
    day = formats.date_format(session.day, "l j F")
    return Asked(
        title=_("Something is offered for the agenda on %(day)s") % {"day": day},
        words=session.title,
        where=session.partnership.name if session.partnership else "",
        address=f"{reverse('convening:agenda-edit', args=[session.public_id])}#offers",
        label=_("Look at it"),
    )
