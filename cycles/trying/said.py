"""What experiments and conditions say beside title and text: for former versions, exports, and search."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from records import former

from .models import Agreed, Condition, ConditionAnswer, Decision, Experiment
from .models.experiments import LONG


def further_words_of_experiment(experiment: Experiment) -> dict[str, Any]:
    """Return the steps that were filled in, the day to look again, and what became of it."""
    names = (*LONG, "agreed", "decision")
    told = {name: getattr(experiment, name) for name in names if getattr(experiment, name)}
    return told | {"look_again_on": experiment.look_again_on.isoformat()}


def register_former_words() -> None:
    """Have all that an experiment said shown among its former words, in the order of its page."""
    for name, label in (
        ("smallest", _("The smallest safe version")),
        ("affected", _("Who may be affected")),
        ("hope", _("Signs of hope")),
        ("worry", _("Signs of worry")),
        ("surprised", _("What surprised us")),
        ("belief", _("What we now believe")),
    ):
        former.register_label(name, label)
    former.register_label("agreed", _("Did they agree?"), said=lambda key: str(Agreed(key).label))
    former.register_label("decision", _("What becomes of it"), said=lambda key: str(Decision(key).label))
    former.register_label("look_again_on", _("When we look again"), said=_day)


def _day(kept: str) -> str:
    return date_format(date.fromisoformat(kept), "j F Y")


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
