"""Sessions as pictures along time and grids of the work show them."""

from collections.abc import Collection, Mapping
from typing import Any

from partnerships.reader import Reader
from records.days import Days

from .models import Session


def days_of_sessions(reader: Reader, keys: Collection[int]) -> Mapping[int, Days]:
    """Return on which days sessions are, each where it takes place; none for those that were cancelled."""
    rows = Session.objects.visible_to(reader).taking_place().filter(pk__in=keys).only("starts_at", "ends_at", "zone")
    return {row.pk: Days(row.day, row.ends.date()) for row in rows}


def sessions_convened() -> Any:
    """Return the keys of the sessions that are the work of convening: all that were not cancelled."""
    return Session.objects.taking_place().values("pk")


def sessions_hosted(person: Any) -> Any:
    """Return the keys of those that this person hosts."""
    return Session.objects.taking_place().filter(host=person).values("pk")
