"""What the timeline of a partnership tells of what is tried, and of what is in the way."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from partnerships.reader import Reader
from records import moments

from .models import Answer, Condition, ConditionAnswer, Decision, Experiment


def experiments_begun(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return what was tried on the day on which it began, with the hunch."""
    return moments.tell(moments.told_of(Experiment.objects.all(), reader, partnership), day="shared_at", told=F("text"))


def experiments_closed(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return what was tried on the day on which it was closed, with what is believed now and the decision."""
    closed = Experiment.objects.filter(closed_at__isnull=False)
    return moments.tell(
        moments.told_of(closed, reader, partnership), day="closed_at", became=F("decision"), told=F("belief")
    )


def of_decision(became: str) -> str:
    """Say what was decided."""
    return _now("Closed: %(decision)s") % {"decision": str(Decision(became).label).lower()}


def conditions_raised(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return what is in the way on the day on which it was passed up."""
    return moments.tell(moments.told_of(Condition.objects.all(), reader, partnership), day="shared_at", told=F("text"))


def conditions_answered(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return each answer to what is in the way; who gave it is said on its page."""
    conditions = moments.told_of(Condition.objects.all(), reader, partnership)
    rows = ConditionAnswer.objects.filter(condition__in=conditions)
    return moments.tell(rows, day="made_at", record="condition", became=F("answer"), told=F("text"))


def of_answer(became: str) -> str:
    """Say what the answer was."""
    return _now("Answered: %(answer)s") % {"answer": str(Answer(became).label).lower()}


def register_moments() -> None:
    """Have the timeline tell of what is tried and what is in the way; closing and answering are deciding, too."""
    tried = moments.Sort("experiment", _("What we are trying"))
    in_the_way = moments.Sort("condition", _("What is in our way"))
    moments.register(
        moments.Source(
            "experiment",
            (tried,),
            experiments_begun,
            said=lambda _became: _now("Begun"),
            told_is=_("The hunch"),
            kind="experiment",
        )
    )
    moments.register(
        moments.Source(
            "experiment-closed",
            (tried, moments.DECISIONS),
            experiments_closed,
            of_decision,
            told_is=_("What we now believe"),
            kind="experiment",
        )
    )
    moments.register(
        moments.Source(
            "condition", (in_the_way,), conditions_raised, said=lambda _became: _now("Passed up"), kind="condition"
        )
    )
    moments.register(
        moments.Source(
            "condition-answered", (in_the_way, moments.DECISIONS), conditions_answered, of_answer, kind="condition"
        )
    )
