"""What the stage holds of photos and voice notes: on records with different readers, and in a form not saved yet.

They are opened beforehand: tests/records/test_uploads.py shows what opening does.
"""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from records.actions.attachments import attach_files
from records.attachments.clean import Clean
from records.attachments.keeping import keep_clean
from records.attachments.said import Files
from records.attachments.stores import put
from records.models import Attachment
from records.search import index
from tests.records.made import picture, recording

PHOTO = Clean(picture(size=(400, 300)), "image/jpeg", width=400, height=300)
VOICE = Clean(recording(), "audio/webm", seconds=65)
PHOTOS_ON = ("private_note", "peers_note", "not_named_note", "withdrawn_note", "folded_note")


def waiting_file(*, by: Any, key: str, clean: Clean = PHOTO, what: str = "") -> Any:
    """Keep a file under the key of a form of somebody's."""
    digest = hashlib.sha256(clean.content + what.encode()).hexdigest()
    kind = "photo" if clean.width else "voice"
    return keep_clean(clean, digest, kind=kind, files=Files(by, key))


def file_on(record: Any, *, by: Any, clean: Clean = PHOTO, description: str = "") -> Any:
    """Hang a file on a record, as saving its form does."""
    row = waiting_file(by=by, key="scenery", clean=clean, what=record.public_id)
    attach_files(record, files=Files(by, "scenery", descriptions={row.public_id: description}), by=by)
    index.write(record)
    row.refresh_from_db()
    return row


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has; with small pictures, so that no task has to make them."""
    with transaction.atomic():
        _add(cast)
        for row in Attachment.objects.without_small():
            put(row.small_name, PHOTO.content)
        Attachment.objects.without_small().update(small_made_at=timezone.now(), small_size=len(PHOTO.content))


def _add(cast: Any) -> None:
    for name in PHOTOS_ON:
        note = cast[name]
        cast.more[f"photo_on_{name}"] = file_on(note, by=note.author, description=f"what is seen on {name}")
    cast.more["voice_on_peers_note"] = file_on(cast.peers_note, by=cast.practitioner, clean=VOICE)
    cast.more["waiting_photo"] = waiting_file(by=cast.practitioner, key="not-saved-yet")
