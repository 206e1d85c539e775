"""What cycles and activities say beside their title and text, as JSON: for former versions and for exports."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .models import Activity, LearningCycle


def further_words_of_cycle(cycle: LearningCycle) -> dict[str, Any]:
    """Return what a cycle says of its scale and pace, and who is missing."""
    told = {"scale": cycle.scale, "pace": cycle.pace}
    if cycle.look_again_on:
        told["look_again_on"] = cycle.look_again_on.isoformat()
    return told | ({"missing": cycle.missing} if cycle.missing else {})


def further_words_of_activity(activity: Activity) -> dict[str, Any]:
    """Return of what type an activity is, when it was, and what came of it."""
    told = {"work": activity.work, "began_on": activity.began_on.isoformat()}
    if activity.ended_on:
        told["ended_on"] = activity.ended_on.isoformat()
    names = ("activity_type", "own_type", "method", "what_came")
    return told | {name: getattr(activity, name) for name in names if getattr(activity, name)}


def words_to_search(records: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """Return the words that cycles and activities say elsewhere than in title and text, by primary key."""
    found = {pk: [text] for pk, text in LearningCycle.objects.filter(pk__in=records).values_list("pk", "missing")}
    rows = Activity.objects.filter(pk__in=records).values_list("pk", "own_type", "what_came")
    return found | {pk: [text for text in texts if text] for pk, *texts in rows}
