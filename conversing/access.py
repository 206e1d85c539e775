"""The doors to tensions and conversations. Reading is the one rule's; these ask what may be done."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from partnerships.reader import Reader
from records.access import record_or_404
from records.models import Record

from .models import CheckIn, Conversation, Tension


def tension_or_404(reader: Reader, public_id: str) -> Tension:
    """Return a tension of a space that the reader is in."""
    return record_or_404(reader, Tension, public_id)


def open_tension_or_404(reader: Reader, public_id: str) -> Tension:
    """Return a tension that the reader may do something with; PermissionDenied while it is folded or set aside."""
    return _open(reader, tension_or_404(reader, public_id))


def conversation_or_404(reader: Reader, public_id: str) -> Conversation:
    """Return a conversation of a space that the reader is in."""
    return record_or_404(reader, Conversation, public_id)


def open_conversation_or_404(reader: Reader, public_id: str) -> Conversation:
    """Return a conversation that the reader may do something with; PermissionDenied while it is folded or set aside."""
    return _open(reader, conversation_or_404(reader, public_id))


def _open[Kind: Record](reader: Reader, record: Kind) -> Kind:
    if record.words_withheld or not record.stands or not may_take_part(reader, record):
        raise PermissionDenied("Folded, set aside, or its space is closed.")
    return record


def may_take_part(reader: Reader, record: Record) -> bool:
    """Say whether the reader may do something with it: anybody in its space, while that is open."""
    space = reader.spaces.get(record.space_id or 0)
    return space is not None and space.is_open


def check_ins_on(reader: Reader, tension: Tension) -> QuerySet[CheckIn]:
    """Return the check-ins that stand and the reader may read, the newest first."""
    readable = CheckIn.objects.visible_to(reader).standing().with_words_for(reader)  # type: ignore[attr-defined]
    rows = readable.filter(within=tension).select_related("author", "space__partnership")
    return rows.order_by("-shared_at", "-pk")
