"""How a conversation is read: its summary, the calls that its learning partner sees, and who that is."""

from typing import Any

from conversing.models import Conversation, ConversationMute, StepIn
from partnerships.models import Membership
from partnerships.reader import Reader

from .news import calls_to


def learning_partners_for(reader: Reader, conversation: Conversation) -> list[Membership]:
    """Return the learning partners in a conversation's space whom the reader can ask; none where they are one."""
    if conversation.space is None or is_learning_partner(reader, conversation):
        return []
    return [row for row in conversation.space.members().with_roles() if row.held_role.is_learning_partner]


def is_learning_partner(reader: Reader, conversation: Conversation) -> bool:
    """Say whether the reader is a learning partner of the conversation's partnership."""
    mine = reader.membership_in(conversation.partnership_id)
    return mine is not None and mine.held_role.is_learning_partner


def shown(reader: Reader, conversation: Conversation) -> dict[str, Any]:
    """Return what a conversation's page shows to this reader beside its words."""
    said = Conversation.objects.filter(pk=conversation.pk).with_what_was_said().get()  # type: ignore[attr-defined]
    space = reader.spaces.get(conversation.space_id or 0)
    takes_part = space is not None and space.is_open and conversation.stands
    mine = StepIn.objects.open().filter(conversation=conversation, asked_by=reader.person).first()
    return {
        "state": said.state,
        "last_said_at": said.last_said_at,
        "summary": conversation.summaries.select_related("written_by").first(),
        "takes_part": takes_part,
        "is_muted": ConversationMute.objects.filter(conversation=conversation, person=reader.person).exists(),
        "calls": list(calls_to(reader).filter(conversation=conversation).select_related("asked_by")),
        "my_call": mine,
        "may_call": takes_part and mine is None and bool(learning_partners_for(reader, conversation)),
    }
