"""The timeline of a partnership as one reader is shown it: by year and month, with the months in which nothing was."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import TruncMonth
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator

from partnerships.models import Partnership, Space
from partnerships.reader import Reader
from records import moments
from records.moments import LONGEST_TOLD, Sort, Source

# More than this are shown a year at a time.
MOST_AT_ONCE = 150


@dataclass(frozen=True)
class Moment:
    """Something that happened on a day: what it was, its title, and a line of people's words."""

    day: date
    source: Source
    of_record: str
    space: Space | None
    level: int | None
    title: str
    said: str
    told: str
    what: str
    address: str
    # What a form calls it by. What became the same of one record twice on a day is chosen together.
    key: str
    # Where it is read, in words, unless all members read it.
    read_in: str = ""


@dataclass(frozen=True)
class Month:
    """A month and its moments; or several months in a row in which nothing was written down, up to `until`."""

    first: date
    moments: list[Moment] = field(default_factory=list)
    until: date | None = None

    @property
    def is_quiet(self) -> bool:
        """Say whether nothing was written down."""
        return not self.moments


@dataclass(frozen=True)
class Year:
    """A year and its months, in the order in which they are shown."""

    number: int
    months: list[Month]


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for: sorts and levels (all where none is named), the year, and which end comes first."""

    sorts: Collection[str] = ()
    levels: Collection[int] = ()
    year: int | None = None
    oldest_first: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Say whether something is left out that the timeline holds."""
        return bool(self.sorts or self.levels)

    def takes(self, source: Source, level: int | None) -> bool:
        """Say whether moments of that source and level are asked for."""
        of_sort = not self.sorts or any(sort.key in self.sorts for sort in source.sorts)
        return of_sort and (not self.levels or level in self.levels)


@dataclass(frozen=True)
class Page:
    """What is shown at once: all, or one year; then with the years beside it that hold something too."""

    years: list[Year]
    year: int | None = None
    earlier: int | None = None
    later: int | None = None

    @property
    def moments(self) -> list[Moment]:
        """Return all that is shown, in its order."""
        return [moment for year in self.years for month in year.months for moment in month.moments]


class Timeline:
    """What a reader is shown of what happened in a partnership: two queries, whatever there is."""

    def __init__(self, reader: Reader, partnership: Partnership):
        self.reader = reader
        self.partnership = partnership
        self._spaces: dict[int | None, Space] = {space.pk: space for space in reader.spaces_of(partnership)}

    @cached_property
    def _months(self) -> list[tuple[Source, date, int | None, int]]:
        """Return in which months something is, of which source and level, and of how much: one query."""
        rows = _all_of(
            self._rows_of(source)
            .annotate(month=TruncMonth("day"))
            .values_list("source_key", "month", "whose")
            .annotate(number=Count("pk"))
            for source in moments.all_sources()
        )
        return [(moments.get(key), month, level, number) for key, month, level, number in rows]

    def _rows_of(self, source: Source) -> QuerySet:
        rows = source.moments(self.reader, self.partnership)
        return rows.annotate(source_key=Value(source.key, output_field=CharField()))

    @cached_property
    def sorts(self) -> list[Sort]:
        """Return the sorts of which there is something, in the order in which rooms registered them."""
        here = {source.key for source, *_ in self._months}
        sorts = {sort.key: sort for source in moments.all_sources() if source.key in here for sort in source.sorts}
        return list(sorts.values())

    @property
    def has_levels(self) -> bool:
        """Say whether anything on it is of a person level; what concerns the partnership itself is of none."""
        return any(level for _source, _month, level, _number in self._months)

    def page(self, wanted: Wanted) -> Page:
        """Return what is asked for: all of it, or where that is much, the year asked for or the first to be shown."""
        found = [(month, number) for source, month, level, number in self._months if wanted.takes(source, level)]
        years = sorted({month.year for month, _number in found})
        if sum(number for _month, number in found) <= MOST_AT_ONCE:
            return Page(self._years(wanted, None) if years else [])
        year = wanted.year if wanted.year in years else (years[0] if wanted.oldest_first else years[-1])
        at = years.index(year)
        return Page(
            self._years(wanted, year),
            year,
            earlier=years[at - 1] if at else None,
            later=years[at + 1] if at + 1 < len(years) else None,
        )

    def _years(self, wanted: Wanted, year: int | None) -> list[Year]:
        by_month: dict[date, list[Moment]] = {}
        for moment in self.moments(wanted, year):
            by_month.setdefault(moment.day.replace(day=1), []).append(moment)
        months = [Month(first, found) for first, found in by_month.items()]
        if not wanted.is_narrowed:
            months += self._quiet(year)
        months.sort(key=lambda row: row.first, reverse=not wanted.oldest_first)
        return [Year(number, list(rows)) for number, rows in groupby(months, key=lambda row: row.first.year)]

    def _quiet(self, year: int | None) -> Iterator[Month]:
        """Give the months between the first and the last moment in which nothing was, those in a row as one."""
        loud = {month for _source, month, _level, _number in self._months}
        run: list[date] = []
        for month in _months_between(min(loud), max(loud)):
            if run and (month in loud or month.year != run[0].year):
                yield Month(run[0], until=run[-1])
                run = []
            if month not in loud and year in (None, month.year):
                run.append(month)

    def moments(self, wanted: Wanted, year: int | None = None) -> list[Moment]:
        """Return the moments that are asked for, in their order; of one day as rooms registered: one query."""
        here = {source.key: source for source, _month, level, _number in self._months if wanted.takes(source, level)}
        branches = []
        for source in here.values():
            rows = self._rows_of(source)
            if wanted.levels:
                rows = rows.filter(whose__in=wanted.levels)
            if year:
                rows = rows.filter(day__range=(date(year, 1, 1), date(year, 12, 31)))
            branches.append(rows.values_list("source_key", *moments.COLUMNS))
        # What concerns all comes before what stands in a record.
        place = {source.key: (bool(source.kind), place) for place, source in enumerate(moments.all_sources())}
        found = sorted(_all_of(branches), key=lambda row: (row[1], place[row[0]], row[-1]))
        return [self._moment(*row) for row in (found if wanted.oldest_first else reversed(found))]

    def _moment(self, source_key, day, of_record, in_space, level, called, became, told, _row) -> Moment:
        source = moments.get(source_key)
        space = self._spaces.get(in_space)
        cut = Truncator(" ".join(told.split()))
        # It tells no day to who sees an address that holds it, and no number of rows to anybody.
        same = f"{source_key} {of_record or called} {day} {became}"
        key = salted_hmac("timeline", same, algorithm="sha256").hexdigest()[:8]
        return Moment(
            day=day,
            source=source,
            of_record=of_record,
            space=space,
            level=level,
            title=called,
            said=source.said(became),
            told=cut.chars(LONGEST_TOLD - 20) if len(told) == LONGEST_TOLD else str(cut.chars(LONGEST_TOLD)),
            what=source.name_in(self.partnership),
            address=source.address_of(self.partnership.slug, of_record),
            key=key,
            read_in=self.reader.name_of(space) if space and space.kind != Space.Kind.EVERYONE else "",
        )


def _all_of(branches: Iterable[QuerySet]) -> Iterable[tuple]:
    found = list(branches)
    return found[0].union(*found[1:], all=True).order_by() if found else ()


def _months_between(first: date, last: date) -> Iterator[date]:
    month = first
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
