"""Lists of records, newest first, a page at a time."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.reader import Reader
from partnerships.rooms import Happening

from .models import Record, RecordQuerySet

PAGE = 20


@dataclass
class Page:
    """One page of a list: its records, and the public id after which the older ones begin."""

    records: list[Record]
    older: str = ""


def page_of(records: RecordQuerySet, *, reader: Reader, before: str, by: str = "shared_at") -> Page:
    """Return the page that follows the record `before` (a public id), or the first one.

    Keyset paging: no OFFSET and no COUNT, however long the list is. `by` is the column that orders it: "shared_at", or
    "created_at" in the notebook. The address names a record and never a time, since of a record that is not named
    nobody may learn the hour. A `before` that is not in the list (hidden, taken back, made up) gives the first page.
    """
    if before:
        last = records.filter(public_id=before).values(by, "pk").first()
        if last:
            # The first condition lets the index seek; the plain OR alone would scan.
            records = records.filter(
                Q(**{f"{by}__lte": last[by]}) & (Q(**{f"{by}__lt": last[by]}) | Q(pk__lt=last["pk"]))
            )
    rows = list(records.for_rows(reader).order_by(f"-{by}", "-pk")[: PAGE + 1])
    return Page(records=rows[:PAGE], older=rows[PAGE - 1].public_id if len(rows) > PAGE else "")


def with_readers(reader: Reader, records: list[Record]) -> list[Record]:
    """Set `who_reads` on each record: in words, as far as the reader may know; empty for a space they have left."""
    for record in records:
        known = record.is_private or record.space_id in reader.spaces
        record.who_reads = reader.who_reads(record.space) if known else ""
    return records


def shared_in(reader: Reader, partnership: Partnership | None) -> RecordQuerySet:
    """Return what the reader may read of a partnership's spaces, or of the wider field where it is None."""
    records = Record.objects.visible_to(reader).shared().standing().in_stream().without_repeats()
    return records.filter(partnership=partnership)


def latest_happenings(reader: Reader, partnership: Partnership) -> list[Happening]:
    """Return the newest notes, for a partnership's overview."""
    rows = shared_in(reader, partnership).with_words_for(reader).for_rows(reader).order_by("-shared_at", "-pk")[:5]
    return [
        Happening(
            when=formats.date_format(timezone.localtime(row.shared_at), "l j F"),
            title=row.first_words,
            address=row.get_absolute_url(),
            words=_("%(kind)s by %(who)s") % {"kind": row.kind_label, "who": row.byline}
            if row.is_named
            else _("%(kind)s, %(who)s") % {"kind": row.kind_label, "who": row.byline.lower()},
        )
        for row in rows
    ]
