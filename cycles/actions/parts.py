"""Saying that something is part of a cycle or an activity, or is none any more."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cycles.access import may_put
from cycles.models import Part
from cycles.parts import find_whole
from desk.audit import record_event
from partnerships.reader import Reader
from records.models import Record


@transaction.atomic
def put_part(*, record: Record, whole: Record, by) -> None:
    """Say that a record is part of a cycle or an activity of the same partnership. Saying it twice says it once.

    Neither is changed, and nobody reads more than before. Raises PermissionDenied where it is somebody else's own
    words, ValidationError where the whole cannot be read or changed, or is itself part of the record.
    """
    reader = Reader(by)
    if not may_put(reader, record):
        raise PermissionDenied("Somebody else's own words, or withheld.")
    found = find_whole(reader, whole.public_id)
    if found is None or found.partnership_id != record.partnership_id:
        raise ValidationError(_("That is not to be chosen here any more. Choose again."), code="gone")
    # Two who say the opposite at once: the second finds what the first said.
    list(Record.objects.select_for_update(of=("self",)).filter(pk__in=[record.pk, whole.pk]).order_by("pk"))
    # No further: what lies between may be hidden from the writer.
    if record.pk == whole.pk or Part.objects.filter(record_id=whole.pk, whole_id=record.pk).exists():
        raise ValidationError(_("That is part of this one already, so this cannot be part of it."), code="in_a_circle")
    _part, is_new = Part.objects.get_or_create(
        record_id=record.pk, whole_id=whole.pk, defaults={"put_by": by, "put_at": timezone.now()}
    )
    if is_new:
        record_event(by=by, action="part.put", kind=record.kind, public_id=record.public_id)


@transaction.atomic
def remove_part(*, part: Part, by) -> None:
    """Say that something is no part of it any more. Both stay as they are."""
    if not may_put(Reader(by), part.record):
        raise PermissionDenied("Somebody else's own words, or withheld.")
    deleted, _rows = Part.objects.filter(pk=part.pk).delete()
    if deleted:
        record_event(by=by, action="part.remove", kind=part.record.kind, public_id=part.record.public_id)
