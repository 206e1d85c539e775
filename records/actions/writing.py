"""Saving a record's words, changing them, and deleting them."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records.access import may_edit
from records.actions.attachments import attach_files, let_go_of_files
from records.folding import unfold_after_change
from records.models import Record, Response
from records.parts import Parts
from records.search import index
from records.telling import look_again
from records.versions import AlreadySent, StaleVersion, keep_version, saved_words, swap_version

# What a form of any kind says in columns of its own, beside marks.
TYPED = ("title", "text", "person_level", "happened_on")


@transaction.atomic
def save_new(record: Record, *, by, key: str, form: str, parts: Parts | None = None) -> Record:
    """Save a new private record, once per opened form, and use up its draft in the same transaction.

    A repeated POST gets the record that the first one made. Raises AlreadySent where other words come under the same
    key: somebody went back and typed on.
    """
    if not Draft.use(author=by, key=key, form=form):
        made = Record.objects.filter(author=by, submission=key).first()
        same_words = made and all(getattr(made, name) == getattr(record, name) for name in TYPED)
        if made and same_words and made.is_marked_as(record) and (parts is None or parts.are_on(made)):
            return made
        raise AlreadySent
    record.author = by
    record.submission = key
    record.created_at = timezone.now()
    record.save()
    if parts:
        parts.put_on(record)
        attach_files(record, files=parts.files, by=by)
    index.write(record)
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
    parts: Parts | None = None,
) -> None:
    """Change a record's words. Raises StaleVersion where somebody saved it meanwhile; a repeated POST changes nothing.

    `changes` maps names of fields to new values; place and attribution are not among them.
    """
    if not may_edit(Reader(by), record):
        raise PermissionDenied("Not its author, or no longer in its space.")
    if not Draft.use(author=by, key=key, form=form):
        same_parts = parts is None or parts.are_on(record)
        if same_parts and all(getattr(record, name) == value for name, value in changes.items()):
            return
        raise StaleVersion
    swap_version(record, version)
    before = keep_version(record, number=version, by=by)
    for name, value in changes.items():
        setattr(record, name, value)
    fields = list(changes)
    if not record.is_private:
        record.edited_at = timezone.now()
        record.edited_after = record.responses_by_others().count()
        fields += ["edited_at", "edited_after"]
    record.save(update_fields=fields)
    other_files = parts is not None and parts.files is not None and not parts.files.are_on(record)
    if parts:
        parts.put_on(record)
        attach_files(record, files=parts.files, by=by)
    after = saved_words(record)
    if after != before:
        unfold_after_change(record, by=by)
    look_again(record, before=before, after=after, other_files=other_files)
    index.write(record)
    record_event(by=by, action=f"{record.kind}.edit", kind=record.kind, public_id=record.public_id)


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
    let_go_of_files(record, by=by)
    record.delete()
