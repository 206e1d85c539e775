"""The three persons by the three kinds of work: what of it there is in a partnership, as far as one may read it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from partnerships.models import Partnership
from partnerships.reader import Reader
from records.models import PersonLevel, Record, RecordQuerySet
from records.work import Work, keys_of

# So many stand in a cell by name; the rest in its list.
NAMED = 3


@dataclass(frozen=True)
class Cell:
    """One person by one kind of work: the latest by name, and whether there are more. Never how many."""

    level: PersonLevel
    work: Work
    records: list[Record]
    are_more: bool


def work_in(reader: Reader, partnership: Partnership, work: Work, *, mine: bool) -> RecordQuerySet:
    """Return what the reader may read there that is work of this kind; or what of it they themselves did."""
    rows = Record.objects.visible_to(reader).shared().standing().without_repeats().with_words_for(reader)
    rows = rows.filter(partnership=partnership)
    wanted: QuerySet[Any] = Record.objects.none()
    for keys in keys_of(work, by=reader.person if mine else None):
        wanted = wanted | Record.objects.filter(pk__in=keys)
    return rows.filter(pk__in=wanted.values("pk"))


def rows_of_grid(
    reader: Reader, partnership: Partnership, *, mine: bool = False
) -> list[tuple[PersonLevel, list[Cell]]]:
    """Return the grid, a row for each person: one query for each kind of work."""
    found = {work: _latest(reader, work_in(reader, partnership, work, mine=mine)) for work in Work}
    return [(level, [_cell(level, work, found[work]) for work in Work]) for level in PersonLevel]


def _latest(reader: Reader, rows: RecordQuerySet) -> list[Record]:
    place = Window(RowNumber(), partition_by=[F("person_level")], order_by=[F("shared_at").desc(), F("pk").desc()])
    rows = rows.for_rows_with_words(reader).annotate(place=place).filter(place__lte=NAMED + 1)
    return list(rows.order_by("place"))


def _cell(level: PersonLevel, work: Work, rows: list[Record]) -> Cell:
    here = [row for row in rows if row.person_level == level]
    return Cell(level, work, here[:NAMED], len(here) > NAMED)
