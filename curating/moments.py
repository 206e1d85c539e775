"""What the timeline of a partnership tells of the library: what came in, and what it was later."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from curating.models import BoundaryObject, ObjectChange, ObjectState
from partnerships.models import Partnership
from partnerships.reader import Reader
from records import moments


def changes(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return how things in the library stood, from the day on which each came in."""
    objects = moments.told_of(BoundaryObject.objects.all(), reader, partnership)
    rows = ObjectChange.objects.filter(boundary_object__in=objects)
    return moments.tell(rows, day="made_at", record="boundary_object", became=F("state"), told=F("reason"))


def of_change(became: str) -> str:
    """Say how it stood, where it was not simply there."""
    return "" if became == ObjectState.LIVE else str(ObjectState(became).label)


def register_moments() -> None:
    """Have the timeline tell of the library."""
    sort = moments.Sort("library", _("Library"))
    moments.register(moments.Source("boundary-object", (sort,), changes, of_change, kind="boundary_object"))
