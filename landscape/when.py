"""On which day a pattern was first written down."""

from collections.abc import Collection, Mapping

from django.utils import timezone

from partnerships.reader import Reader
from records.days import Days

from .models import Pattern


def days_of_patterns(reader: Reader, keys: Collection[int]) -> Mapping[int, Days]:
    """Return the day of each: that it was seen is one moment, whatever became of it."""
    rows = Pattern.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", "shared_at")
    return {pk: Days(timezone.localdate(at), timezone.localdate(at)) for pk, at in rows}
