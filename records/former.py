"""Former words of a record for its author: when each held, and how it differs from the one after it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from learnpartner.differences import Change, changes_between

from .marks import WhatChanged
from .models import Record, Version
from .passages import Passage, passages_of


@dataclass(frozen=True)
class Former:
    """A version of a record: its number, and from when until when it said that."""

    number: int
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Difference:
    """A part of a record's words that was changed, as passages."""

    label: str
    changes: list[Change]


# What kinds of records say beside title and text, by its name in their further words: how that is called and read.
_labels: dict[str, tuple[str | Promise, Callable[[Any], str]]] = {}


def register_label(name: str, label: str | Promise, *, said: Callable[[Any], str] = str) -> None:
    """Have a part of the further words of a kind shown among former words, as a passage of that name.

    `said` puts it into words where it is kept as something else, such as a day or a key.
    """
    _labels[name] = label, said


def former_versions(record: Record) -> list[Former]:
    """Return when each former version of a record held, the latest first; one query, and none of the words."""
    ends = Version.objects.filter(record_id=record.pk).order_by("number").values_list("number", "replaced_at")
    found, since = [], record.created_at
    for number, until in ends:
        found.append(Former(number=number, since=since, until=until))
        since = until
    return found[::-1]


def words_in(record: Record, number: int) -> dict[str, Any] | None:
    """Return what the record said in that version; None where there is none."""
    version = Version.objects.filter(record_id=record.pk, number=number).first()
    return version.words if version else None


def everything_in(words: dict[str, Any]) -> list[Passage]:
    """Return all parts of a record's words that say something, each with what it is called."""
    return [*passages_of(words), *_beside(words)]


def _beside(words: dict[str, Any]) -> Iterator[Passage]:
    """Give what is chosen or noted beside the words, as words."""
    if words.get("what_changed") in WhatChanged.values:
        yield Passage("what_changed", _("What changed"), WhatChanged(words["what_changed"]).sentence)
    if words.get("told_by"):
        yield Passage("told_by", _("Told by"), words["told_by"])
    if words.get("telling", {}).get("how_agreed"):
        yield Passage("how_agreed", _("How they agreed"), words["telling"]["how_agreed"])
    for name, (label, said) in _labels.items():
        if words.get(name):
            yield Passage(name, str(label), said(words[name]))


def differences_between(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Return each part that differs, in the order in which a record is read."""
    old = {row.name: row for row in everything_in(before)}
    new = {row.name: row for row in everything_in(after)}
    found = []
    for name in [*old, *(name for name in new if name not in old)]:
        texts = [rows[name].text if name in rows else "" for rows in (old, new)]
        if texts[0] != texts[1]:
            label = (new.get(name) or old[name]).label
            found.append(Difference(label=label, changes=changes_between(*texts)))
    return found
