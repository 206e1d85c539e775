"""What is done with experiments, their logs, and conditions."""

from .conditions import answer_condition, change_condition, raise_condition
from .experiments import begin_experiment, change_experiment, close_experiment
from .logging import log_note, take_out

__all__ = [
    "answer_condition",
    "begin_experiment",
    "change_condition",
    "change_experiment",
    "close_experiment",
    "log_note",
    "raise_condition",
    "take_out",
]
