"""What is looked at together in sessions: named by an item of the agenda, and told on the page of what it is."""

from django.utils.translation import gettext as _

from convening.models import AgendaItem, Session
from partnerships.reader import Reader
from records import agenda
from records.beside import Beside
from records.models import Record

MOST_TOLD = 5


def record_on(reader: Reader, session: Session, public_id: str) -> Record | None:
    """Return what an item is about: of the session's own space, of a kind that is looked at, read by who plans it."""
    rows = Record.objects.visible_to(reader).with_words_for(reader).filter(space=session.space_id)
    found = rows.filter(public_id=public_id).first() if public_id else None
    return found if found and agenda.is_known(found.kind) else None


def sessions_beside(reader: Reader, record: Record) -> list[Beside]:
    """Name the sessions on whose agenda a record stands, the latest first, as far as the reader reads them."""
    if not agenda.is_known(record.kind):
        return []
    items = AgendaItem.objects.filter(about=record.pk).values("session")
    rows = Session.objects.visible_to(reader).taking_place().with_words_for(reader).filter(pk__in=items)
    return [
        Beside(words=_("On the agenda of a session"), title=row.title, address=row.get_absolute_url())
        for row in rows.order_by("-starts_at", "-pk")[:MOST_TOLD]
    ]
