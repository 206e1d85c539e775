"""The library as a list: by kind, each with its first picture; what has gone by after what is live."""

from dataclasses import dataclass, field
from typing import Any

from records.models import Attachment

from .models import BoundaryObject, ObjectVersion, Sort


@dataclass
class Shelf:
    """What there is of one kind."""

    key: str
    label: str
    objects: list[BoundaryObject] = field(default_factory=list)


def shelves_of(found: list[BoundaryObject]) -> list[Shelf]:
    """Return the kinds in their order, without those of which there is nothing; on each what is live comes first."""
    shelves = {sort.value: Shelf(sort.value, str(sort.label)) for sort in Sort}
    for row in sorted(found, key=lambda row: not row.is_live):
        shelves[row.sort].objects.append(row)
    return [shelf for shelf in shelves.values() if shelf.objects]


def with_first_picture(found: list[Any]) -> list[BoundaryObject]:
    """Set on each the first picture that its last version shows: one query where there are pictures, else none."""
    with_pictures = {row.pk: row for row in found if row.photo_count}
    if not with_pictures:
        return found
    shown = ObjectVersion.files.through.objects.filter(
        objectversion__boundary_object__in=with_pictures,
        attachment__kind=Attachment.Kind.PHOTO,
        attachment__record__in=with_pictures,
    )
    rows = shown.select_related("attachment").order_by("objectversion__number", "-attachment")
    for row in rows:
        # The last one that is set is the first picture of the latest version.
        with_pictures[row.attachment.record_id].picture = row.attachment
    return found
