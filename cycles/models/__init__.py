from cycles.trying.models import Condition, ConditionAnswer, Experiment, LoggedNote

from .activity import Activity, ActivityType, Work
from .cycle import LearningCycle, Pace, Scale
from .method import Method
from .move import CycleMove, CycleState, Stage
from .part import Part
from .taking_part import TakingPart

__all__ = [
    "Activity",
    "ActivityType",
    "Condition",
    "ConditionAnswer",
    "CycleMove",
    "CycleState",
    "Experiment",
    "LearningCycle",
    "LoggedNote",
    "Method",
    "Pace",
    "Part",
    "Scale",
    "Stage",
    "TakingPart",
    "Work",
]
