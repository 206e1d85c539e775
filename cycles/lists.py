"""Activities as lists and pictures need them: when they were, which work they are, whose."""

from collections.abc import Collection, Mapping

from partnerships.reader import Reader
from records.days import Days
from records.work import Work, WorkIn

from .models import Activity, TakingPart


def days_of_activities(reader: Reader, keys: Collection[int]) -> Mapping[int, Days]:
    """Return when activities began and ended."""
    rows = Activity.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", "began_on", "ended_on")
    return {pk: Days(began_on, ended_on) for pk, began_on, ended_on in rows}


def work_of_activities(work: Work) -> WorkIn:
    """Return the activities that are work of that kind; who facilitates one does it."""

    def done():
        return Activity.objects.filter(work=work).values("pk")

    def done_by(person):
        facilitated = TakingPart.objects.filter(person=person, facilitates=True)
        return Activity.objects.filter(work=work, pk__in=facilitated.values("whole")).values("pk")

    return WorkIn(work, done, done_by)
