"""Changes to records of every kind: the only code that moves a record into a space, or out of it."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Membership, Space
from partnerships.reader import Reader

from . import attribution as naming
from . import notices
from .access import may_edit
from .models import Attribution, Record, Response


class StaleVersion(Exception):
    """Somebody saved the record after this form was opened. Nothing was written."""


class AlreadySent(Exception):
    """The form was sent before, and holds other words now. Nothing was written: the words need a form of their own."""


def _swap_version(record: Record, version: int) -> None:
    """Take the next version number, or raise StaleVersion: first thing in the transaction of every change.

    On `Record` itself and never through the kind's model, where on PostgreSQL several of twenty writers would win.
    """
    if not Record.objects.filter(pk=record.pk, version=version).update(version=F("version") + 1):
        raise StaleVersion
    record.version = version + 1


def _place(record: Record, *, space: Space, attribution: str, membership: Membership | None) -> None:
    """Set the columns that say where a record lives and how its author is named; nothing else does."""
    record.space = space
    record.partnership = space.partnership
    record.attribution = attribution
    record.role = membership.held_role.role if membership else ""
    record.shared_at = timezone.now()


def _require_place(reader: Reader, space: Space) -> Membership | None:
    """Return the reader's membership behind the space, None in the wider field; PermissionDenied outside it."""
    if space.pk not in reader.spaces:
        raise PermissionDenied("Not in this space.")
    if not reader.spaces[space.pk].is_open:
        raise ValidationError(_("This space is closed, so nothing more is shared in it."))
    return reader.membership_in(space.partnership_id)


@transaction.atomic
def save_new(record: Record, *, by, key: str, form: str, tags: Collection[str] = ()) -> Record:
    """Save a new private record, once per opened form, and use up its draft in the same transaction.

    A repeated POST gets the record that the first one made. Raises AlreadySent where other words come under the same
    key: somebody went back and typed on.
    """
    if not Draft.use(author=by, key=key, form=form):
        made = Record.objects.filter(author=by, submission=key).first()
        if made and (made.title, made.text) == (record.title, record.text):
            return made
        raise AlreadySent
    record.author = by
    record.submission = key
    record.created_at = timezone.now()
    record.save()
    record.tags.set(tags)
    record_event(by=by, action=f"{record.kind}.write", kind=record.kind, public_id=record.public_id)
    return record


@transaction.atomic
def edit(
    record: Record,
    *,
    by,
    version: int,
    changes: dict[str, Any],
    key: str,
    form: str,
    tags: Collection[str] | None = None,
) -> None:
    """Change a record's words. Raises StaleVersion where somebody saved it meanwhile; a repeated POST changes nothing.

    `changes` maps names of fields to new values; place and attribution are not among them.
    """
    if not may_edit(Reader(by), record):
        raise PermissionDenied("Not its author, or no longer in its space.")
    if not Draft.use(author=by, key=key, form=form):
        same_tags = tags is None or set(tags) == set(record.tags.names())
        if same_tags and all(getattr(record, name) == value for name, value in changes.items()):
            return
        raise StaleVersion
    _swap_version(record, version)
    for name, value in changes.items():
        setattr(record, name, value)
    fields = list(changes)
    if not record.is_private:
        record.edited_at = timezone.now()
        fields.append("edited_at")
    record.save(update_fields=fields)
    if tags is not None:
        record.tags.set(tags)
    record_event(by=by, action=f"{record.kind}.edit", kind=record.kind, public_id=record.public_id)


@transaction.atomic
def share(record: Record, *, space: Space, attribution: str, version: int, by) -> None:
    """Move a private record from its author's notebook into one space they are in.

    Raises StaleVersion, PermissionDenied (not the author, not in the space), ValidationError (shared already, space
    closed, or too few people for that attribution).
    """
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    reader = Reader(by)
    membership = _require_place(reader, space)
    _swap_version(record, version)
    if not record.is_private:
        raise ValidationError(_("This is shared already."), code="shared")
    readers = list(space.members().with_roles()) if membership else []
    if not naming.is_offered(attribution, naming.choices_in(space, membership, readers)):
        raise ValidationError(_("Too few people are here now for that. Choose again how you are named."), code="floor")
    moving = [record, *Response.objects.filter(within=record, author=by, space=None)]
    for row in moving:
        _place(row, space=space, attribution=attribution, membership=membership)
        row.save(update_fields=["space", "partnership", "attribution", "role", "shared_at"])
    notices.tell_of_sharing(record, readers=[row.person for row in readers], by=by)
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
    _swap_version(record, locked.version)
    for row in [record, *Response.objects.filter(within=record, author=by)]:
        row.space = row.shared_at = row.edited_at = row.withdrawn_at = None
        row.attribution, row.role = Attribution.NAMED, ""
        row.save(update_fields=["space", "shared_at", "edited_at", "withdrawn_at", "attribution", "role"])
    record_event(by=by, action=f"{record.kind}.undo_share", kind=record.kind, public_id=record.public_id)


@transaction.atomic
def withdraw(record: Record, *, by) -> None:
    """Take a shared record back: readers get a notice in its place, responses stay, its author keeps the words."""
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.is_private or locked.withdrawn_at:
        raise ValidationError(_("Nobody but you can read this now."), code="private")
    _swap_version(record, locked.version)
    record.withdrawn_at = timezone.now()
    record.save(update_fields=["withdrawn_at"])
    record_event(by=by, action=f"{record.kind}.withdraw", kind=record.kind, public_id=record.public_id)


@transaction.atomic
def delete(record: Record, *, by) -> None:
    """Delete a private record for good, its author's responses beneath it included."""
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    if not Record.objects.select_for_update().get(pk=record.pk).is_private:
        raise ValidationError(_("This is shared. Undo sharing first, or take it back."), code="shared")
    record_event(by=by, action=f"{record.kind}.delete", kind=record.kind, public_id=record.public_id)
    Response.objects.filter(within=record, author=by).update(answers=None)
    for response in Response.objects.filter(within=record, author=by):
        response.delete()
    record.delete()


@transaction.atomic
def respond(*, to: Record, verb: str, text: str, by, key: str, answers: Response | None = None) -> Response:
    """Respond to a record in a space that one is in. Under one's own record that is not named, one stays not named.

    Raises PermissionDenied outside the space, ValidationError where the record was taken back meanwhile, AlreadySent
    where other words come under a used key.
    """
    reader = Reader(by)
    if not Draft.use(author=by, key=key, form="response"):
        made = Response.objects.filter(author=by, submission=key, text=text).first()
        if made:
            return made
        raise AlreadySent
    # Locked, so that sharing is not undone at the same moment.
    parent = Record.objects.select_for_update(of=("self",)).select_related("space__partnership").get(pk=to.pk)
    if parent.space is None or parent.space_id not in reader.spaces:
        raise PermissionDenied("Not in its space.")
    membership = _require_place(reader, parent.space)
    if parent.withdrawn_at:
        raise ValidationError(_("This was taken back a moment ago, so it takes no more responses."), code="withdrawn")
    own_unnamed = parent.is_by(by) and not parent.is_named
    response = Response(
        kind="response",
        author=by,
        text=text,
        verb=verb,
        answers=answers,
        within=parent,
        person_level=parent.person_level,
        created_at=timezone.now(),
        submission=key,
    )
    attribution = parent.attribution if own_unnamed else Attribution.NAMED
    _place(response, space=parent.space, attribution=attribution, membership=membership)
    response.save()
    notices.tell_of_response(response, by=by)
    record_event(by=by, action="response.write", kind="response", public_id=response.public_id, within=parent.public_id)
    return response
