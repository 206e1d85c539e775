"""Bringing something into the library, adding a version of it, and noting where it was used."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curating.access import KEPT_FROM, may_take_file_off
from curating.changing import held
from curating.models import BoundaryObject, ObjectChange, ObjectState, ObjectUse, ObjectVersion
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Space
from partnerships.reader import Reader
from records import notices
from records.actions.attachments import add_files, note_files
from records.actions.attachments import take_file_off as delete_file
from records.attachments.limits import MOST_DOCUMENTS, MOST_PHOTOS
from records.attachments.said import Files
from records.folding import unfold
from records.models import Attachment, Attribution, Fold, Link, PersonLevel, Record
from records.placing import place, require_part, require_place
from records.rooms import open_room_of
from records.search import index
from records.versions import AlreadySent, saved_words, swap_version

MOST = {Attachment.Kind.PHOTO: MOST_PHOTOS, Attachment.Kind.DOCUMENT: MOST_DOCUMENTS}
# In all its versions: enough for years of them, and no store of films.
MOST_FILES_EVER = 60
# What a version says; `sort` is said once for all of them.
SAID = ("title", "why", "text")


@transaction.atomic
def add_object(
    *, space: Space, files: Files | None = None, origin: Record | None = None, by, key: str, **words: Any
) -> BoundaryObject:
    """Bring something into the library of a space that one is in, and have its people told that there is something new.

    `words` are title, sort, why and text; `origin` is what it is kept from, in the same space: it is linked, and not a
    word of it is copied. Who brings it is its first curator. A repeated POST gets the object that the first one made.
    Raises PermissionDenied outside the space, ValidationError where the space is closed or there are too many files,
    AlreadySent where other words come under a used key.
    """
    membership = require_place(Reader(by), space)
    if membership is None:
        raise PermissionDenied("The library is a partnership's.")
    if not Draft.use(author=by, key=key, form="boundary-object"):
        made = BoundaryObject.objects.filter(author=by, submission=key, space=space).first()
        if made and _says(made, words) and (files is None or files.are_on(made)):
            return made
        raise AlreadySent
    now = timezone.now()
    found = BoundaryObject(kind="boundary_object", author=by, curator=by, created_at=now, submission=key, **words)
    found.person_level = PersonLevel.SECOND
    place(found, space=space, attribution=Attribution.NAMED, membership=membership)
    found.save()
    open_room_of("library", space=space, by=by)
    ObjectChange.objects.create(boundary_object=found, state=ObjectState.LIVE, by=by, made_at=now)
    _keep_version(found, number=1, change="", files=files, shown=(), by=by)
    _link(found, origin, by=by)
    index.write(found)
    notices.tell_of_sharing(found, readers=[row.person for row in space.members().select_related("person")], by=by)
    record_event(by=by, action="boundary_object.add", kind="boundary_object", public_id=found.public_id)
    return found


@transaction.atomic
def change_object(
    *,
    boundary_object: BoundaryObject,
    version: int,
    changes: dict[str, Any],
    change: str,
    files: Files | None = None,
    by,
    key: str,
) -> None:
    """Add a version, by anybody in its space, with a line on what changed; what it said before is kept for all.

    Where this ends a fold, what it said before is kept from all but who wrote it down, and files that are left out are
    deleted: they may be what could identify somebody. Raises StaleVersion.
    """
    now = BoundaryObject.objects.get(pk=boundary_object.pk)
    require_part(now, by)
    if not Draft.use(author=by, key=key, form="boundary-object-edit"):
        last = now.kept_versions.first()
        if _says(now, changes) and last and (last.change, last.made_by_id) == (change, by.pk):
            return
        raise AlreadySent
    swap_version(boundary_object, version)
    before = saved_words(now)
    for name, value in (changes | {"edited_at": timezone.now()}).items():
        setattr(boundary_object, name, value)
    boundary_object.save(update_fields=[*changes, "edited_at"])
    last = boundary_object.kept_versions.first()
    shown = last.kept_files if last else []
    number = last.number + 1 if last else 1
    kept = _keep_version(boundary_object, number=number, change=change, files=files, shown=shown, by=by)
    if now.folded_at and (saved_words(boundary_object) != before or {row.pk for row in shown} - kept):
        _hide_what_was(boundary_object, but=number, kept=kept, by=by)
        unfold(boundary_object, end=Fold.End.EDITED, by=by)
    index.write(boundary_object)
    record_event(by=by, action="boundary_object.change", kind="boundary_object", public_id=now.public_id)


@transaction.atomic
def note_use(*, boundary_object: BoundaryObject, line: str, used_on: date, by, key: str) -> ObjectUse:
    """Note in a line where it was used, and on which day, by anybody in its space."""
    require_part(BoundaryObject.objects.get(pk=boundary_object.pk), by)
    if not Draft.use(author=by, key=key, form="boundary-object-use"):
        made = ObjectUse.objects.filter(by=by, submission=key, line=line, used_on=used_on).first()
        if made:
            return made
        raise AlreadySent
    row = ObjectUse.objects.create(
        boundary_object=boundary_object,
        line=line,
        used_on=used_on,
        by=by,
        written_at=timezone.now(),
        submission=key,
    )
    event = {"kind": "boundary_object", "public_id": boundary_object.public_id}
    record_event(by=by, action="boundary_object.note_use", **event)
    return row


@transaction.atomic
def take_file_off(*, boundary_object: BoundaryObject, file: Attachment, by) -> None:
    """Delete a file for good, out of every version: by who brought it, or the curator."""
    now = held(boundary_object.pk)
    require_part(now, by)
    if not may_take_file_off(Reader(by), now, file):
        raise PermissionDenied("Neither who brought it, nor the curator.")
    if not now.attachments.filter(pk=file.pk).exists():
        return
    delete_file(now, attachment=file, by=by)
    last = now.kept_versions.first()
    note_files(now, shown=last.kept_files if last else [], by=by)
    index.write(now)
    record_event(by=by, action="boundary_object.take_file_off", kind="boundary_object", public_id=now.public_id)


def _says(found: BoundaryObject, words: dict[str, Any]) -> bool:
    return all(getattr(found, name) == value for name, value in words.items())


def _keep_version(
    found: BoundaryObject,
    *,
    number: int,
    change: str,
    files: Files | None,
    shown: Collection[Attachment],
    by,
) -> set[int]:
    """Keep what it says from now on as a version of that number; return the keys of the files that it shows."""
    rows = list(shown)
    if files is not None:
        rows = add_files(found, files=files, shown=shown, by=by, most=MOST)
    if found.attachments.count() > MOST_FILES_EVER:
        raise ValidationError(
            _("Its versions hold %(most)d files by now, which is the most. Delete one for good first."),
            code="too_many",
            params={"most": MOST_FILES_EVER},
        )
    said = {name: getattr(found, name) for name in SAID}
    version = ObjectVersion.objects.create(
        boundary_object=found, number=number, change=change, made_by=by, made_at=timezone.now(), **said
    )
    version.files.set(rows)
    return {row.pk for row in rows}


def _hide_what_was(found: BoundaryObject, *, but: int, kept: set[int], by) -> None:
    """Keep former versions from readers, and delete the files that only those showed."""
    found.kept_versions.exclude(number=but).update(is_hidden=True)
    for file in found.attachments.exclude(pk__in=kept):
        delete_file(found, attachment=file, by=by)
    note_files(found, shown=list(found.attachments.all()), by=by)


def _link(found: BoundaryObject, origin: Record | None, *, by) -> None:
    """Say what it was kept from, where who keeps it reads that still, and all who read the object can."""
    if origin is None:
        return
    readable = Record.objects.visible_to(Reader(by)).with_words_for(Reader(by)).standing()
    still = readable.filter(pk=origin.pk, kind__in=KEPT_FROM, space=found.space_id).first()
    if still is None:
        raise ValidationError(_("What you keep is in another space, or was taken back."), code="origin")
    Link.objects.create(source=still, grown_id=found.pk, made_at=timezone.now())
