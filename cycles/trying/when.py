"""On which days something was tried: from its beginning until it was closed."""

from collections.abc import Collection, Mapping

from django.utils import timezone

from cycles.models import Experiment
from partnerships.reader import Reader
from records.days import Days


def days_of_experiments(reader: Reader, keys: Collection[int]) -> Mapping[int, Days]:
    """Return from which day until which each was tried; what is tried still has no end."""
    rows = Experiment.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", "shared_at", "closed_at")
    return {
        pk: Days(timezone.localdate(began_at), timezone.localdate(closed_at) if closed_at else None)
        for pk, began_at, closed_at in rows
    }
