"""Filters of a stream that upper apps add to those that all records share."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from partnerships.models import Partnership
from partnerships.reader import Reader

from .models import RecordQuerySet


@dataclass(frozen=True)
class Filter:
    """One more choice among a stream's filters.

    `choices` are values and words for this reader, of things that they may know of. `apply` narrows the records, and
    leaves out what is not named wherever the choice could tell who wrote it.
    """

    name: str
    label: str | Promise
    choices: Callable[[Reader, Partnership | None], list[tuple[str, str]]]
    apply: Callable[[RecordQuerySet, str, Reader], RecordQuerySet]


_filters: list[Filter] = []


def register(row: Filter) -> None:
    """Add a filter to every stream."""
    _filters.append(row)


def all_filters() -> list[Filter]:
    """Return the filters that upper apps added."""
    return list(_filters)
