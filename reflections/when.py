"""On which day a note is: when what it tells happened, or when it was shared, or written."""

from collections.abc import Collection, Mapping

from django.utils import timezone

from partnerships.reader import Reader
from records.days import Days

from .models import Reflection


def days_of_notes(reader: Reader, keys: Collection[int]) -> Mapping[int, Days]:
    """Return the day of each note: the one that stands on its page."""
    rows = (
        Reflection.objects.visible_to(reader)
        .filter(pk__in=keys)
        .values_list("pk", "happened_on", "shared_at", "created_at")
    )
    found = {}
    for pk, happened_on, shared_at, created_at in rows:
        day = happened_on or timezone.localdate(shared_at or created_at)
        found[pk] = Days(day, day)
    return found
