"""What was photographed at the session that goes on in the peers' space."""

from django.db import transaction
from django.utils import timezone

from convening import actions
from records.attachments.said import Files
from records.attachments.stores import put
from records.models import Attachment

from .attachments import PHOTO, waiting_file


def photo_on(session, *, by, key="photo", text="what is seen on the wall"):
    """Put a photo onto a session, as its form does; with its small picture."""
    row = waiting_file(by=by, key=key, what=f"{session.public_id} {key}")
    files = Files(by, key, descriptions={row.public_id: text})
    actions.add_photo(session=session, files=files, by=by, key=key)
    put(row.small_name, PHOTO.content)
    small = {"small_made_at": timezone.now(), "small_size": len(PHOTO.content)}
    Attachment.objects.filter(pk=row.pk).update(**small)
    row.refresh_from_db()
    return row


def add(cast) -> None:
    """Put it on stage, by the action that the app has."""
    with transaction.atomic():
        cast.more["photo_on_session"] = photo_on(cast["running_session"], by=cast.fellow)
    cast["running_session"].refresh_from_db()
