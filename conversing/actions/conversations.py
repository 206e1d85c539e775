"""Starting a conversation, closing it, summing it up, and asking the learning partner to step in."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversing.conversations.news import calls_to
from conversing.conversations.reading import learning_partners_for
from conversing.models import Conversation, ConversationMute, ConversationSummary, QuietAfter, StepIn
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Partnership, Space
from partnerships.permissions import Permission, membership_of, require
from partnerships.reader import Reader
from records import notices
from records.models import Attribution, PersonLevel, Record
from records.placing import place, require_part, require_place
from records.rooms import open_room_of
from records.search import index
from records.versions import AlreadySent, StaleVersion


@transaction.atomic
def start_conversation(*, space: Space, question: str, text: str, by, key: str) -> Conversation:
    """Ask a question in a space that one is in, and have its people told that there is something new.

    A repeated POST gets the conversation that the first one made. Raises PermissionDenied outside the space,
    ValidationError where the space is closed, AlreadySent where other words come under a used key.
    """
    membership = require_place(Reader(by), space)
    if membership is None:
        raise PermissionDenied("Conversations are a partnership's.")
    if not Draft.use(author=by, key=key, form="conversation"):
        made = Conversation.objects.filter(author=by, submission=key, space=space, title=question, text=text).first()
        if made:
            return made
        raise AlreadySent
    row = Conversation(kind="conversation", title=question, text=text, author=by, submission=key)
    row.created_at, row.person_level = timezone.now(), PersonLevel.SECOND
    place(row, space=space, attribution=Attribution.NAMED, membership=membership)
    row.save()
    open_room_of("conversations", space=space, by=by)
    index.write(row)
    notices.tell_of_sharing(row, readers=[member.person for member in space.members().select_related("person")], by=by)
    record_event(by=by, action="conversation.start", kind="conversation", public_id=row.public_id)
    return row


@transaction.atomic
def close_conversation(*, conversation: Conversation, closing: str, by, key: str) -> None:
    """Close a conversation, with a line on why if one likes: anybody in its space does, and can take it up again."""
    require_part(conversation, by)
    if not Draft.use(author=by, key=key, form="conversation-close"):
        if Conversation.objects.filter(pk=conversation.pk, closing=closing).exclude(closed_at=None).exists():
            return
        raise AlreadySent
    closed = Conversation.objects.filter(pk=conversation.pk, closed_at=None)
    if not closed.update(closed_at=timezone.now(), closing=closing):  # type: ignore[attr-defined]
        raise ValidationError(_("Somebody closed it a moment ago, and said why. Read that first."), code="closed")
    record_event(by=by, action="conversation.close", kind="conversation", public_id=conversation.public_id)


@transaction.atomic
def reopen_conversation(*, conversation: Conversation, by) -> None:
    """Take a conversation up again that was closed."""
    require_part(conversation, by)
    if Conversation.objects.filter(pk=conversation.pk).exclude(closed_at=None).update(closed_at=None, closing=""):  # type: ignore[attr-defined]
        record_event(by=by, action="conversation.reopen", kind="conversation", public_id=conversation.public_id)


@transaction.atomic
def sum_up(*, conversation: Conversation, number: int, text: str, by, key: str) -> None:
    """Write what a conversation has come to, as its next version; `number` is that of the version one has read.

    Raises StaleVersion where somebody wrote one meanwhile.
    """
    require_part(conversation, by)
    # Two at once: one is first, and the other is shown both texts.
    Record.objects.select_for_update().get(pk=conversation.pk)
    last = conversation.summaries.first()
    if not Draft.use(author=by, key=key, form="conversation-summary"):
        if conversation.summaries.filter(written_by=by, text=text).exists():
            return
        raise AlreadySent
    if (last.number if last else 0) != number:
        raise StaleVersion
    if last and last.text == text:
        return
    ConversationSummary.objects.create(
        conversation=conversation, number=number + 1, text=text, written_by=by, written_at=timezone.now()
    )
    index.write(conversation)
    record_event(by=by, action="conversation.sum_up", kind="conversation", public_id=conversation.public_id)


@transaction.atomic
def mute_conversation(*, conversation: Conversation, muted: bool, by) -> None:
    """Say whether one wants mail about a conversation; it is one's own affair, so nobody learns of it."""
    require_part(conversation, by)
    rows = ConversationMute.objects.filter(conversation=conversation, person=by)
    if muted:
        _row, changed = ConversationMute.objects.get_or_create(conversation=conversation, person=by)
    else:
        changed = bool(rows.delete()[0])
    if changed and muted:
        record_event(by=by, action="conversation.mute", kind="conversation", public_id=conversation.public_id)
    elif changed:
        record_event(by=by, action="conversation.unmute", kind="conversation", public_id=conversation.public_id)


@transaction.atomic
def ask_to_step_in(*, conversation: Conversation, text: str, by, key: str) -> None:
    """Ask the learning partner in its space to step in. Nobody else learns of it, and nothing of it is in a mail.

    Raises ValidationError where there is none, or where one has asked already.
    """
    require_part(conversation, by)
    # From two tabs at once: the second waits for the first, and is told in a sentence.
    Record.objects.select_for_update().get(pk=conversation.pk)
    mine = StepIn.objects.filter(conversation=conversation, asked_by=by)
    if not Draft.use(author=by, key=key, form="step-in"):
        if mine.filter(text=text).exists():
            return
        raise AlreadySent
    if not learning_partners_for(Reader(by), conversation):
        raise ValidationError(_("There is no learning partner in this space whom you could ask."), code="nobody")
    if mine.open().exists():  # type: ignore[attr-defined]
        raise ValidationError(_("You have asked already, and they have not seen to it yet."), code="asked")
    StepIn.objects.create(conversation=conversation, asked_by=by, text=text, asked_at=timezone.now())
    # Of the person, not of the conversation: who looks back at their own deeds finds it, and nobody else does.
    record_event(by=by, action="conversation.call", kind="account", public_id=by.public_id)


@transaction.atomic
def step_in(*, conversation: Conversation, by) -> None:
    """Say that one has seen to all that was asked of one as learning partner in this conversation."""
    require_part(conversation, by)
    if calls_to(Reader(by)).filter(conversation=conversation).update(ended_at=timezone.now()):
        record_event(by=by, action="conversation.step_in", kind="conversation", public_id=conversation.public_id)


@transaction.atomic
def set_quiet_after(*, partnership: Partnership, weeks: int, by) -> None:
    """Set after how many weeks without a word a conversation counts as quiet; who looks after the settings does."""
    require(membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    QuietAfter.objects.update_or_create(partnership=partnership, defaults={"weeks": weeks})
    record_event(by=by, action="partnership.quiet_after", kind="partnership", public_id=partnership.slug)
