"""A photo of what stands on the wall comes onto a session, and is taken off again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from convening.models import LiveState, Session
from convening.photos import DAYS_AFTER, MOST_PHOTOS_OF_A_SESSION, may_take_off, takes_photos
from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records.actions.attachments import attach_files, take_file_off
from records.attachments.said import Files
from records.models import Attachment
from records.placing import require_place
from records.search import index
from records.versions import AlreadySent

MOST = {Attachment.Kind.PHOTO: MOST_PHOTOS_OF_A_SESSION, Attachment.Kind.VOICE: 0}


@transaction.atomic
def add_photo(*, session: Session, files: Files, by, key: str) -> None:
    """Put the photo of a form onto a session, with its line of words: by anybody in its space.

    Raises ValidationError outside the time in which it takes photos, where there are as many as may be, and for one
    that is there already; AlreadySent for another photo, or other words, under a used key.
    """
    locked = Session.objects.held(session.pk)
    if locked.space is None:
        raise PermissionDenied("Not in a space.")
    require_place(Reader(by), locked.space)
    coming = [row for row in files.sent() if row.public_id not in files.taken_off]
    here = list(locked.attachments.all())
    if not Draft.use(author=by, key=key, form="session-photo"):
        if _are_there(here, coming, files):
            return
        raise AlreadySent
    _require_open(locked)
    if {row.digest for row in coming} & {row.digest for row in here}:
        raise ValidationError(_("This photo is there already."), code="twice")
    attach_files(locked, files=files, by=by, most=MOST)
    index.write(locked)
    LiveState.changed(locked)
    record_event(by=by, action="session.add_photo", kind="session", public_id=locked.public_id)


@transaction.atomic
def take_photo_off(*, session: Session, photo: Attachment, by) -> None:
    """Take a photo off a session, for good: by who added it, or the host."""
    locked = Session.objects.held(session.pk)
    if not may_take_off(Reader(by), locked, photo):
        raise PermissionDenied("Neither who added it, nor the host.")
    if not locked.attachments.filter(pk=photo.pk).exists():
        return
    take_file_off(locked, attachment=photo, by=by)
    index.write(locked)
    LiveState.changed(locked)
    record_event(by=by, action="session.take_photo_off", kind="session", public_id=locked.public_id)


def _are_there(here: list[Attachment], coming: list[Attachment], files: Files) -> bool:
    """Say whether all that the form says is on the session already: it is only sent once more."""
    digests = {row.public_id: row.digest for row in (*coming, *here)}
    said = {(digests.get(public_id), words) for public_id, words in files.descriptions.items()}
    return said <= {(row.digest, row.description) for row in here if row.owner_id == files.owner.pk}


def _require_open(session: Session) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled."), code="cancelled")
    if takes_photos(session):
        return
    if not session.has_started:
        raise ValidationError(_("This session has not begun yet."), code="early")
    raise ValidationError(
        _("Photos can be added until %(days)d days after the session."), code="late", params={"days": DAYS_AFTER}
    )
