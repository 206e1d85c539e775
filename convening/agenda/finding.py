"""What one can begin an agenda with: the built-in ones are everybody's, an own one is for its partnership's members."""

from django.http import Http404

from convening.models import AgendaTemplate
from partnerships.models import Membership, Partnership
from partnerships.permissions import Permission, may
from partnerships.reader import Reader

from .built_in import BUILT_IN, Agenda, Step


def _agenda_of(row: AgendaTemplate) -> Agenda:
    return Agenda(
        key=row.public_id,
        name=row.name,
        line=row.line,
        source=row.source,
        steps=tuple(Step(**step) for step in row.rows),
        own=row,
    )


def own_agendas(reader: Reader, partnership: Partnership, *, put_away: bool = False) -> list[Agenda]:
    """Return a partnership's own agendas, or those put away; none to who is no member."""
    if reader.membership_in(partnership.pk) is None:
        return []
    rows = AgendaTemplate.objects.filter(partnership=partnership, put_away_at__isnull=not put_away)
    return [_agenda_of(row) for row in rows]


def offered(reader: Reader, partnership: Partnership) -> list[Agenda]:
    """Return what a session there can be begun with: the partnership's own first, as they were made for it."""
    return [*own_agendas(reader, partnership), *BUILT_IN]


def find(reader: Reader, partnership: Partnership, key: str) -> Agenda | None:
    """Return what is offered there under that key."""
    return next((row for row in offered(reader, partnership) if row.key == key), None)


def agenda_or_404(reader: Reader, slug: str, public_id: str) -> tuple[Agenda, AgendaTemplate, Membership]:
    """Return an own agenda of that partnership, put away or not, with the reader's membership there."""
    rows = AgendaTemplate.objects.filter(partnership__in=list(reader.memberships), partnership__slug=slug)
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    membership = reader.memberships[row.partnership_id]
    row.partnership = membership.partnership
    return _agenda_of(row), row, membership


def may_change(membership: Membership | None) -> bool:
    """Say whether a member may add, change and put away agendas: who looks after the settings, as for prompts."""
    return membership is not None and may(membership, Permission.LOOK_AFTER_SETTINGS)
