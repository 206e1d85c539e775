"""Tensions on agendas: a kind of item, and what nobody has looked at for three months."""

from django.utils.translation import gettext_lazy as _

from conversing.models import Tension
from partnerships.models import Space
from partnerships.reader import Reader
from records.agenda import AgendaKind, Waiting


def waiting_for(reader: Reader, space: Space) -> list[Waiting]:
    """Return the tensions of that space which nobody has looked at for three months.

    Of no other space, not even a wider one: what stands on an agenda is read by all who read the session.
    """
    rows = Tension.objects.visible_to(reader).standing().with_words_for(reader).filter(space=space)
    found = rows.not_looked_at_lately().without_texts()[:5]
    return [
        Waiting(kind="tension", public_id=row.public_id, title=row.title, address=row.get_absolute_url())
        for row in found
    ]


KIND = AgendaKind(
    key="tension",
    label=_("A tension"),
    guidance=_("Each says first where it feels today, and why. Nobody settles it: what helps to hold it?"),
    room="tensions",
    waiting=waiting_for,
    why_waiting=_("Nobody has looked at it for three months."),
)
