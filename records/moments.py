"""What happened in a partnership, along time: what each room has to tell of it, for one reader.

Rooms register theirs in `apps.py`, and the timeline knows none of them by name. Each gives a queryset of the same
columns, so that all of them are asked at once: what the timeline costs does not grow with the rooms, nor with what they
tell. (`records.days` answers another question: when the records are that are known already.)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Substr, TruncDate
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from partnerships.reader import Reader

from . import kinds
from .models import Record

# As much of people's words as a moment tells: the rest stands where it happened.
LONGEST_TOLD = 360
# What each row tells, in this order: on which day; the public id, space and person level of the record that it is
# about; its title; what became of it (a key of the room's own); a line of people's words; and the row's own key, which
# orders one day.
COLUMNS = ("day", "of_record", "in_space", "whose", "called", "became", "told", "row")


@dataclass(frozen=True)
class Sort:
    """A sort of moments, as a reader chooses them: several rooms may tell of one, such as decisions."""

    key: str
    label: str | Promise


DECISIONS = Sort("decision", _("Decisions"))


@dataclass(frozen=True)
class Source:
    """One thing that a room tells of.

    `moments` gives rows with `COLUMNS` (`tell` writes them), of what the reader reads in that partnership and nothing
    else: it asks the rule (`visible_to`) of every record, and leaves out whose words are withheld. `said` puts what
    became of it into the app's words, and `told_is` says what the line of people's words is. `kind` is the kind of the
    records that it is about, whose word it has where there is no `label`; what is about none gives its `address`, from
    the partnership's slug and `of_record`.
    """

    key: str
    sorts: tuple[Sort, ...]
    moments: Callable[[Reader, Partnership], QuerySet]
    said: Callable[[str], str] = str
    told_is: str | Promise = ""
    kind: str = ""
    label: str | Promise = ""
    address: Callable[[str, str], str] | None = None

    def address_of(self, slug: str, of_record: str) -> str:
        """Return where one reads of it: the page of its record, or what its room says."""
        if self.address:
            return self.address(slug, of_record)
        return reverse(kinds.get(self.kind).url_name, args=[of_record])

    def name_in(self, partnership: Partnership) -> str:
        """Return what such a moment is, in the partnership's word for its kind where it has one."""
        if self.label:
            return str(self.label)
        return partnership.word_for(f"one:{self.kind}", str(kinds.get(self.kind).label))


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Have a room's moments told."""
    _sources[source.key] = source


def all_sources() -> list[Source]:
    """Return what the rooms tell of, in the order of registering."""
    return list(_sources.values())


def get(key: str) -> Source:
    """Return the source of that key; KeyError where none is registered."""
    return _sources[key]


def tell(
    rows: QuerySet, *, day: Any, record: str = "", called: Any = None, became: Any = None, told: Any = None
) -> QuerySet:
    """Give rows the columns of a moment.

    `day` is an expression of a date, or the name of a column of moments, whose day is the site's. `record` is the path
    to the record that the rows are about, where they are none themselves. `called` is its title where nothing else is
    said.
    """
    path = f"{record}__" if record else ""
    return _with_columns(
        rows,
        day=day,
        of_record=F(f"{path}public_id"),
        in_space=F(f"{path}space"),
        whose=F(f"{path}person_level"),
        called=F(f"{path}title") if called is None else called,
        became=became,
        told=told,
    )


def tell_of_all(
    rows: QuerySet, *, day: Any, of_record: Any = None, called: Any = None, became: Any = None, told: Any = None
) -> QuerySet:
    """Give rows the columns of a moment that is about no record, and is known to all members of the partnership."""
    nothing = Cast(Value(None), IntegerField())
    return _with_columns(
        rows,
        day=day,
        of_record=_nothing(of_record),
        in_space=nothing,
        whose=nothing,
        called=_nothing(called),
        became=became,
        told=told,
    )


def _with_columns(rows: QuerySet, *, day: Any, became: Any, told: Any, **columns: Any) -> QuerySet:
    return rows.order_by().annotate(
        day=TruncDate(day) if isinstance(day, str) else day,
        became=_nothing(became),
        told=Substr(_nothing(told), 1, LONGEST_TOLD),
        row=F("pk"),
        **columns,
    )


def _nothing(value: Any) -> Any:
    return Value("", output_field=CharField()) if value is None else value


def shared(kind: str) -> Callable[[Reader, Partnership], QuerySet]:
    """Return what tells, of each record of a kind, that it was shared in the partnership, with its first words."""

    def moments(reader: Reader, partnership: Partnership) -> QuerySet:
        records = _standing_in(partnership, reader, Record.objects.visible_to(reader).filter(kind=kind))
        return tell(records, day="shared_at", told=F("text"))

    return moments


def told_of(records: Any, reader: Reader, partnership: Partnership) -> Any:
    """Return those of a partnership's records that may be told of: what stands, of which the reader reads the words."""
    return _standing_in(partnership, reader, records.visible_to(reader))


def _standing_in(partnership: Partnership, reader: Reader, readable: Any) -> Any:
    rows = readable.filter(partnership=partnership, space__isnull=False)
    return rows.standing().with_words_for(reader)
