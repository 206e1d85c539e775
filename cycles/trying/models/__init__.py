"""What is tried, its log, and what is in the way."""

from .conditions import Answer, Condition, ConditionAnswer
from .experiments import Agreed, Decision, Experiment
from .logged import LoggedNote, Sign

__all__ = ["Agreed", "Answer", "Condition", "ConditionAnswer", "Decision", "Experiment", "LoggedNote", "Sign"]
