"""The same for what is tried, and for what is in the way."""

from cycles.models import ConditionAnswer, Experiment, LoggedNote

from .breaking import NOW


def closed(cast):
    """Give what is closed, without what is believed now."""
    row = Experiment.objects.get(pk=cast["closed_experiment"].pk)
    row.belief = ""
    return row


def logged(cast):
    """Give a note that is in this log already."""
    known = cast["logged"]
    return LoggedNote(experiment=known.experiment, note=known.note, marked_by=cast.academic, marked_at=NOW)


BREAKING = {
    "cycles_experiment_closed_with_what_is_believed_now": closed,
    "cycles_loggednote_once_each": logged,
    "cycles_conditionanswer_is_one_of_four": lambda cast: ConditionAnswer(
        condition=cast["condition"], answer="perhaps", by=cast.academic, made_at=NOW
    ),
}
