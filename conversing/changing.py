"""What every change of a tension or a conversation goes through: who may."""

from django.core.exceptions import PermissionDenied

from partnerships.reader import Reader
from records.models import Record


def require_part(record: Record, person) -> None:
    """Raise PermissionDenied for who is not in its space, or where that is closed, and while it is folded or aside."""
    now = Record.objects.select_related("space").get(pk=record.pk)
    space = Reader(person).spaces.get(now.space_id or 0)
    folded_to_them = now.folded_at and not now.is_by(person)
    if space is None or not space.is_open or not now.stands or folded_to_them:
        raise PermissionDenied("Not in its space, or it does not stand.")
