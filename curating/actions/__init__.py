"""Changes to what the library holds."""

from .objects import add_object, change_object, note_use, take_file_off
from .readings import read
from .standing import change_state, hand_over_curating

__all__ = [
    "add_object",
    "change_object",
    "change_state",
    "hand_over_curating",
    "note_use",
    "read",
    "take_file_off",
]
