"""What of the records fits, as far as the reader may read it: a page of it, each with the words around what fits."""

from dataclasses import dataclass, field

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Coalesce, TruncDay
from django.utils.translation import gettext as _

from partnerships.models import Space
from partnerships.reader import Reader
from records.models import Attribution, Record, RecordQuerySet, RecordTag
from records.stream import PAGE

from . import snippets
from .engine import Says
from .query import Query
from .snippets import Passage
from .words import texts_of

# Tags are suggested where little was found.
LITTLE = 5
MOST_TAGS = 5


@dataclass
class Hit:
    """One record that fits: its title and words with what fits marked, where it stands, and where its link leads."""

    record: Record
    address: str
    where: str
    title: list[Passage]
    words: list[Passage]
    within: str = ""


@dataclass
class Page:
    """One page of hits, and the public id after which the older ones begin."""

    hits: list[Hit] = field(default_factory=list)
    older: str = ""


def readable(reader: Reader) -> RecordQuerySet:
    """Return what search may know: what the reader may read, words and all, each with its `moment`.

    That is when it was shared; of what is still in the notebook, when it was written; and of what is not signed the
    beginning of the day, since its place among others would tell the hour.
    """
    records = Record.objects.visible_to(reader).with_words_for(reader)
    signed = When(attribution=Attribution.NAMED, then=Coalesce("shared_at", "created_at"))
    return records.annotate(moment=Case(signed, default=TruncDay("shared_at")))


def page_of(records: RecordQuerySet, query: Query, *, reader: Reader, before: str) -> Page:
    """Return the hits that follow the record `before` (a public id), the newest first; or the first ones.

    One query finds them in the index and asks the rule of reading of each; counting what fits would be another.
    """
    if query:
        records = records.filter(Says(query))
    last = records.filter(public_id=before).values("moment", "pk").first() if before else None
    if last:
        records = records.filter(Q(moment__lt=last["moment"]) | Q(moment=last["moment"], pk__lt=last["pk"]))
    newest = ("-moment", "-pk")
    # The keys first, so that no more than a page of whole texts is sorted and fetched.
    keys = records.order_by(*newest).values("pk")[: PAGE + 1]
    rows = list(readable(reader).filter(pk__in=keys).select_related("author", "space__partnership").order_by(*newest))
    return Page(
        hits=_hits(rows[:PAGE], query, reader=reader), older=rows[PAGE - 1].public_id if len(rows) > PAGE else ""
    )


def _hits(rows: list[Record], query: Query, *, reader: Reader) -> list[Hit]:
    parents = _parents(rows, reader=reader)
    texts = texts_of(rows)
    hits = []
    for row in rows:
        parent = parents.get(row.within_id or 0) if row.kind == "response" else None
        address = f"{parent.get_absolute_url()}#response-{row.public_id}" if parent else row.get_absolute_url()
        hits.append(
            Hit(
                record=row,
                address=address,
                where=_where(row, reader=reader),
                title=snippets.marked(row.title, query),
                words=snippets.around(texts[row.pk][1:], query),
                within=parent.first_words if parent and not parent.words_withheld else "",
            )
        )
    return hits


def _parents(rows: list[Record], *, reader: Reader) -> dict[int, Record]:
    """Return what the responses among these records are within, as far as the reader may know of it."""
    keys = {row.within_id for row in rows if row.within_id and row.kind == "response"}
    if not keys:
        return {}
    return {row.pk: row for row in Record.objects.visible_to(reader).filter(pk__in=keys).for_rows(reader)}


def _where(record: Record, *, reader: Reader) -> str:
    """Say where a record stands, as far as the reader may know."""
    space = reader.spaces.get(record.space_id or 0)
    if record.is_private:
        return _("Only you")
    if space is None:
        return _("In a space that you have left")
    if space.kind == Space.Kind.WIDER_FIELD or space.partnership is None:
        return _("The wider field")
    return f"{reader.name_of(space)}, {space.partnership.name}"


def tags_like(query: Query, *, reader: Reader) -> list[str]:
    """Return a few tags with one of the words asked for, out of records that the reader may read and that are named."""
    words = [word for term in query.wanted for word in term.words]
    if not words:
        return []
    like = Q()
    for word in words:
        like |= Q(tag__name__istartswith=word)
    named = readable(reader).exclude(attribution=Attribution.NOT_NAMED)
    tags: QuerySet = RecordTag.objects.filter(like, content_object__in=named.values("pk"))
    return list(tags.order_by("tag__name").values_list("tag__name", flat=True).distinct()[:MOST_TAGS])
