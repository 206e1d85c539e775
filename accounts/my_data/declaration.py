"""What is held about people, read from `held.toml`, and found by it: export and erasure know no table by name.

A room that is added later declares its tables there, and both follow.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

PATH = Path(__file__).with_name("held.toml")
ERASED = ("deleted", "stays", "special")


@dataclass(frozen=True, kw_only=True)
class Held:
    """What is declared of one table; `held.toml` says at its head what each word means."""

    table: str
    what: str
    whose: list[str]
    erased: str
    kept: str
    exported: list[str]
    inside: list[str]
    yours: str = ""
    of: dict[str, str] = field(default_factory=dict)
    deletes: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    changed: dict[str, str] = field(default_factory=dict)
    why: str = ""

    @property
    def rows(self) -> type[models.Model]:
        """Return the model."""
        return apps.get_model(self.table)

    @property
    def fields(self) -> list[str]:
        """Return the names of all that is declared."""
        return [*self.exported, *self.inside]

    def of_person(self, person: Any, *ways: str) -> models.QuerySet:
        """Return the rows that are the person's by any of the `ways`, or by any at all."""
        condition = Q(pk__in=[])
        for way in ways or self.whose:
            condition |= Q(**{path_of(way): person.pk})
        # Through the table's plain manager: what is somebody's is theirs, whatever lists leave out.
        return self.rows._base_manager.filter(condition).order_by("pk")

    def erasure_of(self, name: str) -> str:
        """Say in words what erasing does to one field."""
        if name in self.changed:
            return f"becomes {self.changed[name]}" if self.erased != "special" else self.changed[name]
        if name in self.emptied:
            return "emptied"
        return {"deleted": "deleted", "stays": "stays", "special": "see below"}[self.erased]


def path_of(way: str) -> str:
    """Return a way to a person as the database takes it: "membership.person" is membership__person."""
    return way.replace(".", "__") or "pk"


@cache
def declared() -> dict[str, Held]:
    """Return the declaration by table, such as "records.Record", in its order.

    Raises TypeError for a word that is none of a declaration, and KeyError for what is erased in no known way.
    """
    found = tomllib.loads(PATH.read_text())
    return {table: Held(table=table, **words) for table, words in found.items()}


def faults() -> list[str]:
    """Say in a line each what is not declared, and what is declared and not there."""
    tables = {table._meta.label: table for table in apps.get_models(include_auto_created=True)}
    said = [f"{table} is not declared" for table in tables if table not in declared()]
    said += [f"{table} is declared, and is not there" for table in declared() if table not in tables]
    for name, held in declared().items():
        if name in tables:
            said += [f"{name}: {fault}" for fault in _faults_of(held, tables[name])]
    return said


def _faults_of(held: Held, table: type[models.Model]) -> list[str]:
    there = {column.name for column in (*table._meta.local_fields, *table._meta.local_many_to_many)}
    said = [f"the field {name} is not declared" for name in sorted(there - set(held.fields))]
    said += [f"the field {name} is declared, and is not there" for name in sorted(set(held.fields) - there)]
    twice = {name for name in held.fields if held.fields.count(name) > 1}
    said += [f"the field {name} is declared twice" for name in sorted(twice)]
    said += [f"{name} is no field" for name in sorted({*held.of, *held.emptied, *held.changed} - there)]
    said += [f"{way} is not among those whose it is" for way in {*held.of.values(), *held.deletes} - set(held.whose)]
    said += [f"{way} leads to no person" for way in held.whose if way and not _leads_to_person(table, way)]
    if held.erased not in ERASED:
        said.append(f"erased in no known way: {held.erased}")
    if held.exported and not (held.whose and held.yours):
        said.append("is exported to nobody, or under no heading")
    if not held.what or not held.kept or (held.whose and held.erased != "deleted" and not held.why):
        said.append("does not say what it is, how long it is kept, or why it stays")
    if (held.emptied or held.deletes) and held.erased == "special":
        said.append("is special, so its app empties it: say so under `changed`")
    return said


def _leads_to_person(table: type[models.Model], way: str) -> bool:
    for name in way.split("."):
        column = table._meta.get_field(name)
        if not isinstance(column, models.ForeignKey):
            return False
        table = column.related_model  # type: ignore[assignment]
    return table._meta.label == "accounts.User"
