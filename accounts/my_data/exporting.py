"""Export everything of mine: what goes into it. All of one's own, as `held.toml` declares it, and nothing of others.

`data.json` is made from the declaration alone. What people read (`index.html`, `words.txt`) begins with what the apps
have registered to put better: their words in order, with where and when; the other tables follow as they are.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User

from .declaration import Held, declared, path_of

# What names a row that something points at: the first of these that its table has.
NAMES = ("public_id", "slug", "name")
FORMAT = 1


@dataclass(frozen=True)
class File:
    """A file that goes along: where it lies in the store, what it is called in the export, and what is on it."""

    owner: str
    name: str
    path: str
    size: int
    description: str = ""
    is_picture: bool = False


@dataclass
class Entry:
    """One thing that somebody wrote, as they read it: its heading, facts in short lines, and blocks of their words."""

    heading: str
    facts: list[str] = field(default_factory=list)
    blocks: list[tuple[str, str]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)


@dataclass
class Section:
    """Entries under one heading."""

    heading: str
    entries: list[Entry]


@dataclass(frozen=True)
class Part:
    """What one app puts better than a table does.

    `sections` gives what people read; `covers` names the tables that need not be shown once more below; `names` says
    what things are called that the person may read now, by their ids; `files` gives what goes along. `narrows` leaves
    rows of a table out that are no longer the person's to read, though they began them.
    """

    sections: Callable[[Any], list[Section]] = lambda person: []
    covers: tuple[str, ...] = ()
    names: Callable[[Any], dict[str, str]] = lambda person: {}
    files: Callable[[Any], list[File]] = lambda person: []
    narrows: dict[str, Callable[[models.QuerySet, Any], models.QuerySet]] = field(default_factory=dict)


_parts: list[Part] = []


def register(part: Part) -> None:
    """Add what an app puts better."""
    _parts.append(part)


def files_of(person: User) -> list[File]:
    """Return the files that go along."""
    return [file for part in _parts for file in part.files(person)]


def rows_of(held: Held, person: User) -> list[dict[str, Any]]:
    """Return what a table holds of the person: for each row its exported fields. One query.

    What points at another row is that row's id, and no word of it. What is somebody else's in the same row is None.
    """
    paths = {name: _path(held.rows, name) for name in held.exported}
    ways = {way: path_of(way) for way in held.of.values()}
    rows = held.of_person(person)
    for part in _parts:
        if held.rows._meta.label in part.narrows:
            rows = part.narrows[held.rows._meta.label](rows, person)
    rows = rows.values(**{f"of_{name}": models.F(path) for name, path in paths.items()})
    rows = rows.annotate(**{f"way_{number}": models.F(path) for number, path in enumerate(ways.values())})
    numbers = {way: f"way_{number}" for number, way in enumerate(ways)}
    return [
        {
            name: row[f"of_{name}"] if name not in held.of or row[numbers[held.of[name]]] == person.pk else None
            for name in held.exported
        }
        for row in rows
    ]


def _path(table: type[models.Model], name: str) -> str:
    """Return what stands for a field: its value, or what names the row that it points at."""
    column = table._meta.get_field(name)
    if not isinstance(column, models.ForeignKey):
        return name
    names = {other.name for other in column.related_model._meta.get_fields()}  # type: ignore[union-attr]
    if not names.isdisjoint(NAMES):
        return f"{name}__{next(known for known in NAMES if known in names)}"
    return f"{name}_id"


def data_of(person: User) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give, table by table, what is held of the person; those without a row too."""
    for table, held in declared().items():
        if held.exported:
            yield table, rows_of(held, person)


def as_json(data: dict[str, list[dict[str, Any]]], *, files: list[File]) -> str:
    """Return `data.json`, whose shape `schema.json` tells."""
    whole = {
        "site": settings.SITE_URL,
        "format": FORMAT,
        "made_at": timezone.now(),
        "note": _("Made for learning. Not evidence of performance."),
        "files": {file.owner: file.path for file in files},
        "held": data,
    }
    return json.dumps(whole, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)


def sections_of(person: User, data: dict[str, list[dict[str, Any]]]) -> list[Section]:
    """Return all that is exported as people read it: first what the apps put better, then each other table."""
    names: dict[str, str] = {}
    covered: set[str] = set()
    sections: list[Section] = []
    for part in _parts:
        names |= part.names(person)
        covered |= set(part.covers)
        sections += part.sections(person)
    for table, rows in data.items():
        if rows and table not in covered:
            held = declared()[table]
            entries = [_entry(held, row, names) for row in rows]
            sections.append(Section(held.yours, [entry for entry in entries if entry.blocks]))
    return [section for section in sections if section.entries]


def _entry(held: Held, row: dict[str, Any], names: dict[str, str]) -> Entry:
    """Show a row as pairs of what it is and what it says; what is empty is left out."""
    blocks = []
    for name, value in row.items():
        column: Any = held.rows._meta.get_field(name)
        if value not in (None, "", [], {}):
            label = str(getattr(column, "verbose_name", name))
            blocks.append((label[:1].upper() + label[1:], _in_words(column, value, names)))
    return Entry("", blocks=blocks)


def _in_words(column: Any, value: Any, names: dict[str, str]) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.is_relation or column.name in ("public_id", "slug"):
        return names.get(value, str(value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.DateTimeField):
        return formats.date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(column, models.DateField):
        return formats.date_format(value, "j F Y")
    if isinstance(column, models.JSONField):
        return "\n".join(_strings(value))
    return str(value)


def _strings(value: Any) -> Iterator[str]:
    """Give the texts in a piece of JSON, in their order."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        yield str(value)
        return
    for inner in value:
        yield from _strings(inner)
