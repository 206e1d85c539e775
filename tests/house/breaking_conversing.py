"""The same for tensions, check-ins and conversations."""

from conversing.models import (
    CheckIn,
    Conversation,
    ConversationMute,
    ConversationSummary,
    QuietAfter,
    RelationshipNote,
    StepIn,
    Tension,
    TensionChange,
)

from .breaking import NOW


def check_in(cast, **columns):
    """Give a check-in that would be right but for these columns."""
    right = {"kind": "check_in", "author": cast.practitioner, "created_at": NOW, "text": "t", "lean": 50}
    return CheckIn(**right | columns)


def tension(cast, **columns):
    right = {"kind": "tension", "author": cast.practitioner, "created_at": NOW, "title": "One ↔ Other"}
    return Tension(**right | columns)


def muted_twice(cast):
    columns = {"conversation": cast["conversation"], "person": cast.fellow}
    ConversationMute.objects.create(**columns)
    return ConversationMute(**columns)


BREAKING = {
    "conversing_conversation_only_closed_ones_say_why": lambda cast: Conversation(
        kind="conversation", author=cast.practitioner, created_at=NOW, title="t", closing="why"
    ),
    "conversing_conversationsummary_once_each": lambda cast: ConversationSummary(
        conversation=cast["conversation"], number=1, text="t", written_by=cast.fellow, written_at=NOW
    ),
    "conversing_conversationmute_once_each": muted_twice,
    "conversing_stepin_one_at_a_time": lambda cast: StepIn(
        conversation=cast["closed_conversation"], asked_by=cast.expert, asked_at=NOW
    ),
    "conversing_relationshipnote_is_known_work": lambda cast: RelationshipNote(
        kind="relationship_note", author=cast.practitioner, created_at=NOW, work="fix"
    ),
    "conversing_quietafter_within_a_year": lambda cast: QuietAfter(partnership=cast.sibling, weeks=53),
    "conversing_checkin_leans_from_0_to_100": lambda cast: check_in(cast, lean=101),
    "conversing_tension_has_a_known_state": lambda cast: tension(cast, state="resolved"),
    "conversing_tensionchange_has_a_known_state": lambda cast: TensionChange(
        tension=cast["tension"], state="resolved", by=cast.practitioner, made_at=NOW
    ),
}
