"""Looking at something together: a kind of agenda item, and what nobody has said yet how it reads."""

from django.utils.translation import gettext_lazy as _

from partnerships.models import Space
from partnerships.reader import Reader
from records.agenda import AgendaKind, Waiting

from .models import BoundaryObject


def waiting_for(reader: Reader, space: Space) -> list[Waiting]:
    """Return what is live in that space and has no reading yet.

    Of no other space, not even a wider one: what stands on an agenda is read by all who read the session.
    """
    rows = BoundaryObject.objects.visible_to(reader).standing().with_words_for(reader).filter(space=space)
    return [
        Waiting(kind="boundary_object", public_id=row.public_id, title=row.title, address=row.get_absolute_url())
        for row in rows.not_read_yet().without_texts()[:5]
    ]


KIND = AgendaKind(
    key="boundary_object",
    label=_("Look at this together"),
    guidance=_("Each writes first how it reads to them, and for whom. Then read side by side: where do you differ?"),
    room="library",
    waiting=waiting_for,
    why_waiting=_("Nobody has said yet how it reads to them."),
)
