"""What the timeline of a partnership tells of patterns: how they stood, from when on."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from landscape.models import Pattern, PatternChange, PatternState
from partnerships.models import Partnership
from partnerships.reader import Reader
from records import moments


def changes(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return how patterns stood, from the day on which each was written down."""
    patterns = moments.told_of(Pattern.objects.all(), reader, partnership)
    rows = PatternChange.objects.filter(pattern__in=patterns)
    return moments.tell(rows, day="made_at", record="pattern", became=F("state"), told=F("reason"))


def of_change(became: str) -> str:
    """Say how it stood."""
    return str(PatternState(became).label)


def register_moments() -> None:
    """Have the timeline tell of patterns."""
    sort = moments.Sort("pattern", _("Patterns"))
    moments.register(moments.Source("pattern", (sort,), changes, of_change, kind="pattern"))
