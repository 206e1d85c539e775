"""The doors to the library. Reading is the one rule's; these ask what may be done."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from partnerships.models import Partnership
from partnerships.reader import Reader
from records.access import record_or_404
from records.models import Attachment, Record

from .models import BoundaryObject, ObjectVersion, Reading
from .models.objects import ObjectQuerySet

# What may be kept in the library by a link: what somebody said to something, and what was written for a session.
KEPT_FROM = ("response", "contribution")


def object_or_404(reader: Reader, public_id: str) -> BoundaryObject:
    """Return a boundary object of a space that the reader is in."""
    return record_or_404(reader, BoundaryObject, public_id)


def open_object_or_404(reader: Reader, public_id: str) -> BoundaryObject:
    """Return an object that the reader may do something with; PermissionDenied while it is folded or set aside."""
    found = object_or_404(reader, public_id)
    if found.words_withheld or not found.stands or not may_take_part(reader, found):
        raise PermissionDenied("Folded, set aside, or its space is closed.")
    return found


def may_take_part(reader: Reader, record: Record) -> bool:
    """Say whether the reader may do something with it: anybody in its space, while that is open."""
    space = reader.spaces.get(record.space_id or 0)
    return space is not None and space.is_open


def is_curator(reader: Reader, found: BoundaryObject) -> bool:
    """Say whether the reader looks after the object: named as its curator, and in its space still."""
    return found.curator_id == reader.person.pk and found.space_id in reader.spaces


def may_take_on(reader: Reader, found: BoundaryObject) -> bool:
    """Say whether the reader may become its curator without being asked: where the one who was has left its space."""
    if found.space is None or not may_take_part(reader, found):
        return False
    return not found.space.members().filter(person=found.curator_id).exists()


def may_take_file_off(reader: Reader, found: BoundaryObject, file: Attachment) -> bool:
    """Say whether the reader may have a file deleted for good: who brought it, and the curator."""
    return may_take_part(reader, found) and (file.owner_id == reader.person.pk or is_curator(reader, found))


def versions_of(reader: Reader, found: BoundaryObject) -> QuerySet[ObjectVersion]:
    """Return the versions that the reader may read, the latest first, of an object that came through the door.

    Those from before a fold was ended are for who wrote it down.
    """
    rows = ObjectVersion.objects.filter(boundary_object=found.pk).select_related("made_by")
    return rows if found.is_by(reader.person) else rows.filter(is_hidden=False)


def readings_of(reader: Reader, found: BoundaryObject) -> QuerySet[Reading]:
    """Return the readings that stand and the reader may read, the newest first."""
    readable = Reading.objects.visible_to(reader).standing().with_words_for(reader)  # type: ignore[attr-defined]
    rows = readable.filter(within=found).select_related("author", "organisation", "space__partnership")
    return rows.order_by("-shared_at", "-pk")


def origin_for(reader: Reader, partnership: Partnership, public_id: str) -> Record | None:
    """Return what somebody may keep in the library: words of a session or a response, in an open space they are in."""
    sought = public_id[:12].replace("\0", "")
    if not sought:
        return None
    rows = Record.objects.visible_to(reader).with_words_for(reader).standing().filter(kind__in=KEPT_FROM)
    origin = rows.filter(public_id=sought, partnership=partnership).select_related("space__partnership").first()
    return origin if origin and may_take_part(reader, origin) else None


def others_live_in(reader: Reader, found: BoundaryObject) -> ObjectQuerySet:
    """Return what it may be superseded by: other live objects of the same space, by name."""
    rows = BoundaryObject.objects.visible_to(reader).standing().with_words_for(reader).live()
    return rows.filter(space=found.space_id).exclude(pk=found.pk).order_by("title", "pk")


def file_or_404(found: BoundaryObject, file_id: str) -> Attachment:
    """Return a file of any version of an object that came through the door."""
    file = Attachment.objects.filter(record=found.pk, public_id=file_id).first()
    if file is None:
        raise Http404
    return file


def spaces_to_keep_in(reader: Reader, partnership: Partnership) -> dict[str, Any]:
    """Return the open spaces of the partnership that the reader is in, by their public ids."""
    return {row.public_id: row for row in reader.spaces_of(partnership) if row.is_open}
