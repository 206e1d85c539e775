"""The tables of this room."""

from .conversations import (
    Conversation,
    ConversationMute,
    ConversationState,
    ConversationSummary,
    QuietAfter,
    StepIn,
)
from .relationship_notes import RelationshipNote, Work
from .tensions import CheckIn, Tension, TensionChange, TensionState

__all__ = [
    "CheckIn",
    "Conversation",
    "ConversationMute",
    "ConversationState",
    "ConversationSummary",
    "QuietAfter",
    "RelationshipNote",
    "StepIn",
    "Tension",
    "TensionChange",
    "TensionState",
    "Work",
]
