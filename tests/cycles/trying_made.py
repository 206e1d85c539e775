"""Experiments, logs and conditions, made by the real actions with what a test does not care about filled in."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cycles.models import Condition, Experiment
from cycles.trying import actions
from cycles.trying.models import Decision, Sign
from desk import drafts

IN_A_WEEK = timedelta(days=7)


def begin(*, by: Any, space: Any, title: str = "No ID step for six weeks", days: int = 7, key: str = "") -> Experiment:
    """Begin an experiment; `days` from now it is looked at again. A day gone by is put there afterwards."""
    day = timezone.localdate() + timedelta(days=days)
    experiment = actions.begin_experiment(
        space=space,
        title=title,
        look_again_on=max(day, timezone.localdate()),
        by=by,
        key=key or drafts.new_key(),
    )
    if days < 0:
        Experiment.objects.filter(pk=experiment.pk).update(look_again_on=day)
        experiment.look_again_on = day
    return experiment


def fill(experiment: Experiment, *, by: Any, version: int = 0, key: str = "", **changes: Any) -> Experiment:
    """Fill in columns of a step, on the version that is there now unless another one is given."""
    now = Experiment.objects.get(pk=experiment.pk)
    actions.change_experiment(
        experiment=now, version=version or now.version, changes=changes, by=by, key=key or drafts.new_key()
    )
    return Experiment.objects.get(pk=experiment.pk)


def close(experiment: Experiment, *, by: Any, version: int = 0, key: str = "", **words: str) -> Experiment:
    """Close it, with a belief."""
    now = Experiment.objects.get(pk=experiment.pk)
    said = {"surprised": "", "belief": "The form protected nobody.", "decision": Decision.STOP} | words
    actions.close_experiment(experiment=now, version=version or now.version, by=by, key=key or drafts.new_key(), **said)
    return Experiment.objects.get(pk=experiment.pk)


def log(experiment: Experiment, note: Any, *, by: Any, sign: str = Sign.LOG) -> Any:
    """Put a note into the log."""
    return actions.log_note(experiment=experiment, note=note, sign=sign, by=by)


def say(
    *, by: Any, space: Any, asked: Any, title: str = "The local connection rule", text: str = "", key: str = ""
) -> Condition:
    """Say what is in the way."""
    return actions.raise_condition(space=space, title=title, text=text, asked=asked, by=by, key=key or drafts.new_key())


def answer(condition: Condition, *, by: Any, answer: str = "trying", text: str = "Until March.", key: str = "") -> Any:
    """Answer it."""
    return actions.answer_condition(condition=condition, answer=answer, text=text, by=by, key=key or drafts.new_key())
