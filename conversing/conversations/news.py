"""What mails and home tell of conversations: that somebody spoke, and that the learning partner is asked to step in."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from conversing.models import Conversation, ConversationMute, StepIn
from desk import notices
from partnerships.asked import Asked
from partnerships.reader import Reader
from records.models import Response
from records.notices import name_of, space_to_tell_of

SPOKEN = "conversation"


def tell_of_response(response: Response, *, by) -> None:
    """Have those who take part told that somebody spoke: who started it and who answered, but for who wants no mail."""
    conversation = response.within
    if conversation is None:
        return
    said = Response.objects.filter(within=conversation).standing().select_related("author")  # type: ignore[attr-defined]
    people = {row.author for row in said} | {conversation.author}
    muted = set(ConversationMute.objects.filter(conversation=conversation.pk).values_list("person", flat=True))
    telling = [person for person in people if person != by and person.pk not in muted]
    notices.notify(people=telling, kind=SPOKEN, about=conversation.public_id)


def spoken_line(person: Any, about: str) -> notices.Line | None:
    """Say in which space somebody spoke in a conversation, while it stands and the person wants to know."""
    reader = Reader(person)
    readable = Conversation.objects.visible_to(reader).with_words_for(reader).standing()
    conversation = readable.filter(public_id=about).exclude(mutes__person=person).first()
    space = space_to_tell_of(reader, conversation)
    if conversation is None or space is None or space.partnership is None:
        return None
    said = Response.objects.filter(within=conversation).standing().exclude(author=person)  # type: ignore[attr-defined]
    if not said.filter(folded_at=None).exists():
        return None
    return notices.Line(
        place=space.partnership.name,
        words=_("Somebody spoke in a conversation in %(space)s") % {"space": name_of(space)},
        address=conversation.get_absolute_url(),
    )


def calls_to(reader: Reader) -> Any:
    """Return the open calls to step in that the reader may answer, of conversations that stand."""
    readable = Conversation.objects.visible_to(reader).with_words_for(reader).standing()
    return StepIn.objects.asked_of(reader).filter(conversation__in=readable)


def perhaps_called(reader: Reader) -> Any:
    """Return the open calls in the reader's partnerships, of whoever is asked there."""
    return StepIn.objects.open().filter(conversation__partnership__in=list(reader.memberships))


def asked_to_step_in(reader: Reader) -> list[Asked]:
    """Return the conversations into which the reader is asked to step: one line for each, however many ask."""
    rows = calls_to(reader).select_related("conversation__partnership")
    found = {row.conversation_id: row.conversation for row in rows}
    return [
        Asked(
            title=conversation.title,
            words=_("Somebody asks you, as learning partner, to step in. Nobody else is told."),
            where=conversation.partnership.name if conversation.partnership else "",
            address=f"{reverse('conversing:conversation-detail', args=[conversation.public_id])}#called",
            label=_("Look"),
        )
        for conversation in found.values()
    ]
