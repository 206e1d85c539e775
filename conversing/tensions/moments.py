"""What the timeline of a partnership tells of tensions: how they stood, from when on."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from conversing.models import Tension, TensionChange, TensionState
from partnerships.models import Partnership
from partnerships.reader import Reader
from records import moments


def changes(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return how tensions stood, from the day on which each was noticed. Check-ins are people's own, and not told."""
    tensions = moments.told_of(Tension.objects.all(), reader, partnership)
    rows = TensionChange.objects.filter(tension__in=tensions)
    return moments.tell(rows, day="made_at", record="tension", became=F("state"), told=F("reason"))


def of_change(became: str) -> str:
    """Say how it stood."""
    return str(TensionState(became).label)


def register_moments() -> None:
    """Have the timeline tell of tensions."""
    sort = moments.Sort("tension", _("Tensions"))
    moments.register(moments.Source("tension", (sort,), changes, of_change, kind="tension"))
