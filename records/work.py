"""The three kinds of work of learning partners, and which records are of which.

Rooms register what of theirs is such work, so that a page can show all of it by who learns (the paper's three persons)
and by kind, whatever room it was done in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Work(models.TextChoices):
    """The three kinds of work.

    Source: the paper: "the work of a learning partner can be articulated in terms of convening, conversing, and
    curating work".
    """

    CONVENING = "convening", _("Convening")
    CONVERSING = "conversing", _("Conversing")
    CURATING = "curating", _("Curating")


@dataclass(frozen=True)
class WorkIn:
    """What of a room is work of that kind.

    `done` gives the primary keys of its records, as a queryset of values; `done_by` of those that this person did.
    They say nothing about who may read them.
    """

    work: Work
    done: Callable[[], Any]
    done_by: Callable[[Any], Any]


_rows: list[WorkIn] = []


def register(row: WorkIn) -> None:
    """Make a room's work known."""
    _rows.append(row)


def keys_of(work: Work, *, by: Any = None) -> list[Any]:
    """Return querysets of the keys of all records that are work of that kind, or of those that this person did."""
    return [row.done_by(by) if by else row.done() for row in _rows if row.work == work]
