"""What the timeline of a partnership tells of cycles and activities."""

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from partnerships.reader import Reader
from records import moments

from .models import Activity, CycleMove, LearningCycle
from .story import words_of_move


def moves(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return where cycles went, and when they paused, ended or were taken up again, with the line on why."""
    cycles = moments.told_of(LearningCycle.objects.all(), reader, partnership)
    before = CycleMove.objects.filter(cycle=OuterRef("cycle"), pk__lt=OuterRef("pk")).order_by("-pk")
    return moments.tell(
        CycleMove.objects.filter(cycle__in=cycles, moved_on__lte=timezone.localdate()),
        day=F("moved_on"),
        record="cycle",
        became=Concat(
            "state",
            Value(":"),
            "stage",
            Value(":"),
            Coalesce(Subquery(before.values("stage")[:1]), Value("")),
            output_field=CharField(),
        ),
        told=F("note"),
    )


def of_move(became: str) -> str:
    """Say where the cycle went."""
    state, stage, before = became.split(":")
    return words_of_move(state, stage, before)


def activities_begun(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return the activities on the day on which each began, with what came of it."""
    activities = Activity.objects.filter(began_on__lte=timezone.localdate())
    return moments.tell(
        moments.told_of(activities, reader, partnership),
        day=F("began_on"),
        called=F("title"),
        told=F("what_came"),
    )


def register_moments() -> None:
    """Have the timeline tell of cycles and activities."""
    sort = moments.Sort("cycle", _("Cycles and activities"))
    moments.register(moments.Source("cycle", (sort,), moves, of_move, kind="cycle"))
    moments.register(
        moments.Source("activity", (sort,), activities_begun, told_is=_("What came of it"), kind="activity")
    )
