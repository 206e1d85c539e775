from .activities import ActivityEditForm, ActivityForm
from .cycles import CycleEditForm, CycleForm, MoveForm
from .methods import MethodEditForm, MethodForm
from .parts import PartForm

__all__ = [
    "ActivityEditForm",
    "ActivityForm",
    "CycleEditForm",
    "CycleForm",
    "MethodEditForm",
    "MethodForm",
    "MoveForm",
    "PartForm",
]
