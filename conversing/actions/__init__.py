"""Changes to what this room holds."""

from .conversations import (
    ask_to_step_in,
    close_conversation,
    mute_conversation,
    reopen_conversation,
    set_quiet_after,
    start_conversation,
    step_in,
    sum_up,
)
from .relationship_notes import write_relationship_note
from .tensions import change_state, change_tension, check_in, open_tension

__all__ = [
    "ask_to_step_in",
    "change_state",
    "change_tension",
    "check_in",
    "close_conversation",
    "mute_conversation",
    "open_tension",
    "reopen_conversation",
    "set_quiet_after",
    "start_conversation",
    "step_in",
    "sum_up",
    "write_relationship_note",
]
