"""Changes to cycles, activities, and what is part of them."""

from .activities import begin_activity, change_activity
from .cycles import begin_cycle, change_cycle, move_cycle
from .methods import add_method, change_method, put_method_away, use_method_again
from .parts import put_part, remove_part

__all__ = [
    "add_method",
    "begin_activity",
    "begin_cycle",
    "change_activity",
    "change_cycle",
    "change_method",
    "move_cycle",
    "put_method_away",
    "put_part",
    "remove_part",
    "use_method_again",
]
