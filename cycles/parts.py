"""What is part of what, as far as a reader may know: both ends are read by the one rule."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from partnerships.models import Partnership, Space
from partnerships.reader import Reader
from records import wholes
from records.models import Attribution, Record, RecordQuerySet

from .access import WHOLES, may_change, may_put
from .models import Part

MOST_OFFERED = 60


def shown_to(reader: Reader) -> Q:
    """Give the condition that a part may be shown at all, whoever may read its ends.

    Of one's own words only oneself says what they are part of. So where they are not named, or by role only, that would
    tell of their author that they read the whole. It shows to others only where all who read the words could read it.
    """
    everyone = Q(whole__space__kind=Space.Kind.EVERYONE, whole__partnership=F("record__partnership"))
    same = Q(whole__space=F("record__space"))
    return Q(record__attribution=Attribution.NAMED) | Q(record__author=reader.person) | same | everyone


def legible(reader: Reader) -> RecordQuerySet:
    """Return the records whose words the reader reads now."""
    return Record.objects.visible_to(reader).with_words_for(reader).standing()


def parts_of(reader: Reader, whole_keys: QuerySet | list[int]) -> QuerySet[Part]:
    """Return what is part of these cycles and activities, as far as this reader may know."""
    return Part.objects.filter(shown_to(reader), whole__in=whole_keys, record__in=legible(reader))


def wholes_of(reader: Reader, record: Record) -> list[Part]:
    """Return of what a record is part, as far as this reader may know; each with its `whole`. One query."""
    rows = Part.objects.filter(shown_to(reader), record=record.pk, whole__in=legible(reader))
    return list(rows.select_related("whole").order_by("put_at", "pk"))


def is_part() -> Exists:
    """Give the condition that a record is part of anything, whoever may know of that."""
    return Exists(Part.objects.filter(record=OuterRef("pk")))


def part_of(reader: Reader, record: Record) -> wholes.PartOf:
    """Return what the page of a record says of it, and where this reader says more; nothing outside a partnership."""
    if record.partnership_id is None or record.words_withheld:
        return wholes.PartOf([])
    # What came through the door says whether there is anything to ask for.
    found = [row.whole for row in wholes_of(reader, record)] if getattr(record, "is_part", True) else []
    address = reverse("cycles:part-of", args=[record.public_id]) if may_put(reader, record) else ""
    return wholes.PartOf(found, address)


def offered(reader: Reader, partnership: Partnership, *, but: Record | None = None) -> list[Record]:
    """Return the cycles and activities that something can be said to be part of, the latest first."""
    rows = legible(reader).filter(partnership=partnership, kind__in=WHOLES, space__in=list(reader.spaces))
    rows = rows.filter(folded_at=None).without_texts().order_by("-shared_at", "-pk")
    return list((rows.exclude(pk=but.pk) if but else rows)[:MOST_OFFERED])


def find_whole(reader: Reader, public_id: str) -> Record | None:
    """Return the cycle or activity of that public id in which this reader may begin something."""
    rows = legible(reader).filter(kind__in=WHOLES, public_id=public_id)
    found = rows.select_related("partnership", "space").first()
    return found if found and may_change(reader, found) else None
