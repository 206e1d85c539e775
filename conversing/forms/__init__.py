"""Forms of this room."""

from .conversations import CloseForm, ConversationEditForm, ConversationForm, QuietForm, StepInForm, SummaryForm
from .relationship_notes import RelationshipNoteEditForm, RelationshipNoteForm
from .tensions import CheckInEditForm, CheckInForm, StateForm, TensionEditForm, TensionForm

__all__ = [
    "CheckInEditForm",
    "CheckInForm",
    "CloseForm",
    "ConversationEditForm",
    "ConversationForm",
    "QuietForm",
    "RelationshipNoteEditForm",
    "RelationshipNoteForm",
    "StateForm",
    "StepInForm",
    "SummaryForm",
    "TensionEditForm",
    "TensionForm",
]
