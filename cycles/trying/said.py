"""What experiments and conditions say beside title and text: for former versions, exports, and search."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .models import Condition, ConditionAnswer, Experiment
from .models.experiments import LONG


def further_words_of_experiment(experiment: Experiment) -> dict[str, Any]:
    """Return the steps that were filled in, the day to look again, and what became of it."""
    names = (*LONG, "agreed", "decision")
    told = {name: getattr(experiment, name) for name in names if getattr(experiment, name)}
    return told | {"look_again_on": experiment.look_again_on.isoformat()}


def further_words_of_condition(condition: Condition) -> dict[str, Any]:
    """Return who is asked to answer."""
    return {"asked": condition.asked.public_id}


def words_to_search(records: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """Return the words of steps and of answers, by the primary key of what they belong to."""
    found: dict[int, list[str]] = {
        key: [text for text in texts if text]
        for key, *texts in Experiment.objects.filter(pk__in=records).values_list("pk", *LONG)
    }
    answers = ConditionAnswer.objects.filter(condition__in=records).exclude(text="")
    for key, text in answers.values_list("condition", "text"):
        found.setdefault(key, []).append(text)
    return found
