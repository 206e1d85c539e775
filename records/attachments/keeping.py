"""From what somebody sent to a file in the store, with a row that knows of it at every moment."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from records.models import Attachment, Record

from .called import plain_name
from .clean import Clean
from .limits import LARGEST_FILE, MOST_DOCUMENTS, MOST_PHOTOS, MOST_VOICE_NOTES, MOST_WAITING
from .opening import open_apart
from .reasons import CANNOT_KEEP, TOO_MANY_WAITING, not_taken, too_many
from .said import Files
from .stores import put
from .tasks import ask_for_small_pictures
from .unreadable import EMPTY, TOO_LARGE, Unreadable

logger = structlog.get_logger(__name__)
# What a form calls the boxes that files are chosen in.
FIELDS = {"photo": "photos", "voice": "voice", "document": "documents"}
MOST = {"photo": MOST_PHOTOS, "voice": MOST_VOICE_NOTES, "document": MOST_DOCUMENTS}


def keep_file(file: BinaryIO, *, kind: str, files: Files, record: Record | None = None) -> Attachment:
    """Open what somebody sent, and keep what is left of it under the key of their form.

    `record` is what the form changes. A document is described by what it was called, until somebody says more; of a
    photo and a voice note that is not looked at. The same file sent again is the one that is there. Raises
    ValidationError, with words for beside the field, where it cannot be taken.
    """
    digest = _digest_of(file)
    # Asked first, so that nobody waits for a file to be opened that then has no room.
    _require_room(kind, digest, files=files, record=record)
    try:
        clean = open_apart(file, kind)
    except Unreadable as error:
        raise not_taken(str(error))
    said = plain_name(getattr(file, "name", "")) if kind == "document" else ""
    return keep_clean(clean, digest, kind=kind, files=files, record=record, description=said)


def keep_all(
    request: HttpRequest, *, files: Files, record: Record | None = None, fields: Mapping[str, str] = FIELDS
) -> Iterator[tuple[str, ValidationError]]:
    """Keep all files that came along in these fields of a form; give field and words of each that cannot be taken."""
    for kind, name in fields.items():
        for file in request.FILES.getlist(name):
            try:
                keep_file(cast(BinaryIO, file), kind=kind, files=files, record=record)
            except ValidationError as error:
                yield name, error
    for name in getattr(request, "files_refused", ()):
        if name in fields.values():
            yield name, not_taken(TOO_LARGE)


def keep_clean(
    clean: Clean, digest: str, *, kind: str, files: Files, record: Record | None = None, description: str = ""
) -> Attachment:
    """Keep an opened file. Its row is there first: whatever happens to the store, no file is lost track of."""
    row = _reserve(clean, digest, kind=kind, files=files, record=record, description=description)
    if row.kept_at:
        return row
    try:
        put(row.name, clean.content)
    except OSError as error:
        # The row stays for the task, which deletes what the store may have got of it.
        Attachment.objects.filter(pk=row.pk, kept_at=None).let_go()
        logger.warning("file_not_kept", file=row.pk, error=type(error).__name__)
        raise ValidationError(CANNOT_KEEP, code="store")
    row.kept_at = timezone.now()
    with transaction.atomic():
        # The form may have been thrown away meanwhile, and the file with it.
        if not Attachment.objects.filter(pk=row.pk).exclude(draft_key="").update(kept_at=row.kept_at):
            raise ValidationError(CANNOT_KEEP, code="gone")
        if row.is_photo:
            ask_for_small_pictures()
    return row


def _digest_of(file: BinaryIO) -> str:
    """Return what tells one file from another; ValidationError for one that is empty or too large."""
    file.seek(0)
    content = hashlib.sha256()
    size = 0
    while chunk := file.read(1024 * 1024):
        content.update(chunk)
        size += len(chunk)
        if size > LARGEST_FILE:
            raise not_taken(TOO_LARGE)
    if not size:
        raise not_taken(EMPTY)
    file.seek(0)
    return content.hexdigest()


def _require_room(kind: str, digest: str, *, files: Files, record: Record | None) -> Attachment | None:
    """Return the same file where it is there already; ValidationError where no more fit."""
    waiting = list(Attachment.objects.waiting(files.owner))
    form = [row for row in waiting if row.draft_key == files.key or row.public_id in files.listed]
    same = next((row for row in form if row.digest == digest and row.kind == kind), None)
    if same:
        return same
    if len(waiting) >= MOST_WAITING:
        raise ValidationError(TOO_MANY_WAITING, code="waiting")
    here = [*form, *record.attachments.all()] if record else form
    if sum(row.kind == kind and row.public_id not in files.taken_off for row in here) >= MOST[kind]:
        raise too_many(kind, MOST[kind])
    return None


@transaction.atomic
def _reserve(
    clean: Clean, digest: str, *, kind: str, files: Files, record: Record | None, description: str
) -> Attachment:
    """Add the row of a file that is about to be stored. One at a time for each person, so that four stay four."""
    User.objects.select_for_update().get(pk=files.owner.pk)
    same = _require_room(kind, digest, files=files, record=record)
    if same:
        return same
    now = timezone.now()
    return Attachment.objects.create(
        owner=files.owner,
        draft_key=files.key,
        kind=kind,
        digest=digest,
        media_type=clean.media_type,
        size=len(clean.content),
        width=clean.width,
        height=clean.height,
        seconds=clean.seconds,
        description=description,
        created_at=now,
        next_try_at=now,
    )
