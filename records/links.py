"""What grew from what, as far as a reader may know: where a record comes from, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from partnerships.models import Space
from partnerships.reader import Reader

from . import kinds
from .models import Attribution, Link, Record


@dataclass(frozen=True)
class Around:
    """What a record grew from, and what grew from it, as one reader is shown it.

    The records have `link`, the public id of their link. `not_shared` says that there is a source which is not shared
    with the reader; of what grew and is not shared with them nothing is said at all.
    """

    sources: list[Record] = field(default_factory=list)
    grown: list[Record] = field(default_factory=list)
    not_shared: bool = False


def shown_to(reader: Reader) -> Q:
    """Give the condition that a link may be shown at all, whoever may read its ends.

    What is not named, or by role only, could be known by where it came from: by a note that few could read. So its
    link shows to others only where all who read it could read its source as well: in the same space, or a wider one.
    And only where they could when it was made: from what was in a notebook still, nobody but its author has written.

    What is a group's grew from what the group reads, and has read ever since: shared anew, a note may have got another
    space or no name, and must not be known by what it was linked to before.
    """
    everyone = Q(source__space__kind=Space.Kind.EVERYONE, source__partnership=F("grown__partnership"))
    wider = Q(source__space__kind=Space.Kind.WIDER_FIELD)
    was_shared = Q(source__shared_at__lte=F("made_at"))
    open_to_all = was_shared & (Q(source__space=F("grown__space")) | everyone | wider)
    of_its_group = Q(grown__kind__in=kinds.personal_keys()) | (was_shared & Q(source__space=F("grown__space")))
    return of_its_group & (Q(grown__attribution=Attribution.NAMED) | Q(grown__author=reader.person) | open_to_all)


def links_of(reader: Reader) -> dict[str, Any]:
    """Return columns for the door: whether a record has a link of either sort, and how many sources it has."""
    back = Link.objects.filter(shown_to(reader), grown=OuterRef("pk")).order_by().values("grown")
    return {
        "has_links": Exists(Link.objects.filter(Q(source=OuterRef("pk")) | Q(grown=OuterRef("pk")))),
        "number_of_sources": Coalesce(Subquery(back.annotate(n=Count("pk")).values("n")), Value(0)),
    }


def around(reader: Reader, record: Record) -> Around:
    """Return both sides of a record that came through the door: one query, and none where it has no link.

    A source that the reader may not read is there without anything of it; one whose words are withheld from them says
    what became of it. What grew from the record is there only with its words.
    """
    if not getattr(record, "has_links", False):
        return Around()
    links = Link.objects.filter(Q(source=record) | Q(grown=record)).filter(shown_to(reader))
    other_end = Case(When(grown=record, then=F("source")), default=F("grown"))
    is_source = links.filter(grown=record, source=OuterRef("pk"))
    link = links.filter(Q(grown=OuterRef("pk")) | Q(source=OuterRef("pk"))).values("public_id")[:1]
    rows = Record.objects.visible_to(reader).filter(pk__in=links.annotate(end=other_end).values("end"))
    rows = rows.annotate(is_source=Exists(is_source), link=Subquery(link)).for_rows(reader)
    found = list(rows.order_by(Coalesce("shared_at", "created_at").desc(), "-pk"))
    sources = [row for row in found if row.is_source]
    return Around(
        sources=sources,
        grown=[row for row in found if not row.is_source and not row.words_withheld],
        not_shared=getattr(record, "number_of_sources", 0) > len(sources),
    )


def sources_for(reader: Reader, public_ids: Collection[str]) -> list[Record]:
    """Return what somebody may write on from, of these: records that they read now, with their words; in this order.

    What does not stand in the stream has to be shared: by a link that was made before, readers would know who wrote
    what is then shown without a name.
    """
    legible = Record.objects.visible_to(reader).with_words_for(reader)
    legible = legible.filter(Q(kind__in=kinds.stream_keys()) | Q(kind__in=kinds.source_keys(), space__isnull=False))
    found = {row.public_id: row for row in legible.filter(public_id__in=public_ids)} if public_ids else {}
    return [found[public_id] for public_id in dict.fromkeys(public_ids) if public_id in found]


def words_to_keep(reader: Reader, source: Record | None, public_id: str) -> str | None:
    """Return the words under a public id in what somebody may write on from; None where they read no such words."""
    find = kinds.get(source.kind).words_to_keep if source else None
    return find(reader, source, public_id) if find else None


def came_of_what_they_shared(reader: Reader) -> Exists:
    """Give the condition that a record of somebody else grew from what this reader has shared, and may tell them so."""
    theirs = Link.objects.filter(shown_to(reader), grown=OuterRef("pk"), source__author=reader.person)
    return Exists(theirs.filter(source__space__isnull=False, source__withdrawn_at=None))
