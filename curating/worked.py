"""The library as the grid of the work and pictures along time show it."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from partnerships.reader import Reader
from records.days import Days
from records.models import Record

from .models import BoundaryObject

KINDS = ("boundary_object", "reading")


def curated() -> Any:
    """Return the keys of all that was brought in, and of all readings: both are work of curating."""
    return Record.objects.filter(kind__in=KINDS).values("pk")


def curated_by(person: Any) -> Any:
    """Return the keys of those that are this person's."""
    return curated().filter(author=person)


def days_of_objects(reader: Reader, keys: Collection[int]) -> dict[int, Days]:
    """Return the day on which each of these came into the library."""
    rows = BoundaryObject.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", "shared_at")
    days = {key: timezone.localdate(moment) for key, moment in rows if moment}
    return {key: Days(day, day) for key, day in days.items()}
