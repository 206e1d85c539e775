"""Photos of what stood on the wall: when a session takes them, who takes them off, and how its pages show them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from partnerships.http import SignedInRequest
from partnerships.reader import Reader
from records.models import Attachment

from .access import is_host
from .models import Session
from .models.sessions import DOORS_OPEN

# So long after its end somebody may still find the picture on their telephone.
DAYS_AFTER = 14
# A session of a day, with a sheet of paper in every corner of the room.
MOST_PHOTOS_OF_A_SESSION = 20


def takes_photos(session: Session) -> bool:
    """Say whether those in its space may add one: from when its doors open until two weeks after it."""
    if session.is_cancelled or session.space is None or not session.space.is_open:
        return False
    return session.starts_at - DOORS_OPEN <= timezone.now() < session.ends_at + timedelta(days=DAYS_AFTER)


def may_take_off(reader: Reader, session: Session, photo: Attachment) -> bool:
    """Say whether the reader takes a photo off: who added it, and the host."""
    return photo.owner_id == reader.person.pk or is_host(reader, session)


def shown(request: SignedInRequest, session: Session) -> dict[str, Any]:
    """Return the photos of a session, the newest first, each with whether the reader may take it off.

    None while it is set aside. One query, and none where there are no photos.
    """
    rows = [] if session.set_aside_at else [row for row in reversed(session.files) if row.is_photo]
    photos = [{"file": row, "may_take_off": may_take_off(request.reader, session, row)} for row in rows]
    return {"photos": photos, "takes_photos": takes_photos(session) and not session.set_aside_at}
