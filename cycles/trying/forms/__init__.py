"""The forms of experiments and conditions."""

from .conditions import AnswerForm, ConditionEditForm, ConditionForm
from .experiments import CloseForm, ExperimentForm, StepForm
from .logging import LogForm, NoteLogForm

__all__ = [
    "AnswerForm",
    "CloseForm",
    "ConditionEditForm",
    "ConditionForm",
    "ExperimentForm",
    "LogForm",
    "NoteLogForm",
    "StepForm",
]
