"""Sharing a record with the people of a space, undoing that, and taking it back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships.models import Space
from partnerships.reader import Reader
from records import attribution as naming
from records import notices
from records.folding import unfold
from records.models import Fold, Record, Response
from records.placing import place, require_place, take_home
from records.suggestions import forget as forget_suggestions
from records.telling import require_agreed
from records.versions import swap_version

# What undoing puts back as it was in the notebook.
UNDONE = ["space", "shared_at", "edited_at", "edited_after", "withdrawn_at", "attribution", "role"]


@transaction.atomic
def share(record: Record, *, space: Space, attribution: str, version: int, by) -> None:
    """Move a private record from its author's notebook into one space they are in.

    Raises StaleVersion, PermissionDenied (not the author, not in the space), ValidationError (shared already, space
    closed, too few people for that attribution, or words of somebody else who has not agreed to it).
    """
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    reader = Reader(by)
    membership = require_place(reader, space)
    swap_version(record, version)
    if not record.is_private:
        raise ValidationError(_("This is shared already."), code="shared")
    require_agreed(record, space)
    readers = list(space.members().with_roles()) if membership else []
    if not naming.is_offered(attribution, naming.choices_in(space, membership, readers)):
        raise ValidationError(_("Too few people are here now for that. Choose again how you are named."), code="floor")
    moving = [record, *Response.objects.filter(within=record, author=by, space=None)]
    for row in moving:
        place(row, space=space, attribution=attribution, membership=membership)
        row.save(update_fields=["space", "partnership", "attribution", "role", "shared_at"])
    notices.tell_of_sharing(record, readers=[row.person for row in readers], by=by)
    notices.tell_of_what_grew(record, by=by)
    record_event(
        by=by,
        action=f"{record.kind}.share",
        kind=record.kind,
        public_id=record.public_id,
        space=space.public_id,
    )


@transaction.atomic
def undo_share(record: Record, *, by) -> None:
    """Take a record back into the notebook without a trace, while nobody else has responded.

    Its author's own responses come back with it. Raises ValidationError once somebody else has responded.
    """
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    # Waits for a response that is just being saved.
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.is_private or locked.withdrawn_at or locked.has_responses_by_others():
        raise ValidationError(_("Somebody has responded meanwhile. You can take it back instead."), code="responded")
    # Waits for a reader who is just folding one of them.
    moving = [record, *Record.objects.select_for_update().filter(within=record, author=by)]
    if locked.set_aside_at or any(row.set_aside_at for row in moving):
        raise ValidationError(_("This was set aside, and stays so until that is lifted."), code="set_aside")
    swap_version(record, locked.version)
    for row in moving:
        forget_suggestions(row)
        unfold(row, end=Fold.End.TAKEN_BACK, by=by)
        take_home(row)
        row.save(update_fields=UNDONE)
    record_event(by=by, action=f"{record.kind}.undo_share", kind=record.kind, public_id=record.public_id)


@transaction.atomic
def withdraw(record: Record, *, by) -> None:
    """Take a shared record back: readers get a notice in its place, responses stay, its author keeps the words."""
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.is_private or locked.withdrawn_at:
        raise ValidationError(_("Nobody but you can read this now."), code="private")
    swap_version(record, locked.version)
    forget_suggestions(record)
    unfold(record, end=Fold.End.TAKEN_BACK, by=by)
    record.withdrawn_at = timezone.now()
    record.save(update_fields=["withdrawn_at"])
    record_event(by=by, action=f"{record.kind}.withdraw", kind=record.kind, public_id=record.public_id)
