"""Convening a session, changing and moving it, cancelling it, and handing over who runs it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening import notices
from convening.access import is_host, may_take_over
from convening.changing import call_off, change_columns, put_at, require_ahead, require_host
from convening.models import Session
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Membership, Space
from partnerships.reader import Reader
from records.models import Attribution
from records.placing import place, require_place
from records.search import index
from records.versions import AlreadySent


@transaction.atomic
def convene(*, space: Space, by, key: str, **words: Any) -> Session:
    """Convene a session in a space that one is in, and have its people told. Any member does; they host it at first.

    `words` are the columns of a session: title, text, starts_at and so on. A repeated POST gets the session that the
    first one made. Raises PermissionDenied outside the space, ValidationError where the space is closed, AlreadySent
    where other words come under a used key.
    """
    reader = Reader(by)
    membership = require_place(reader, space)
    if membership is None:
        raise PermissionDenied("Sessions are a partnership's.")
    if not Draft.use(author=by, key=key, form="session"):
        made = Session.objects.filter(author=by, submission=key, space=space).first()
        if made and all(getattr(made, name) == value for name, value in words.items()):
            return made
        raise AlreadySent
    session = Session(kind="session", author=by, host=by, created_at=timezone.now(), submission=key, **words)
    place(session, space=space, attribution=Attribution.NAMED, membership=membership)
    session.save()
    index.write(session)
    notices.tell_of_session(session, by=by)
    record_event(by=by, action="session.convene", kind="session", public_id=session.public_id, space=space.public_id)
    return session


@transaction.atomic
def change_session(*, session: Session, version: int, changes: dict[str, Any], by, key: str) -> None:
    """Change what is said of a session, by its host. Raises StaleVersion where somebody saved it meanwhile."""
    require_host(session, by)
    if not Draft.use(author=by, key=key, form="session-edit"):
        if all(getattr(session, name) == value for name, value in changes.items()):
            return
        raise AlreadySent
    change_columns(session, version=version, changes=changes | {"edited_at": timezone.now()}, by=by)
    record_event(by=by, action="session.edit", kind="session", public_id=session.public_id)


@transaction.atomic
def move_session(*, session: Session, version: int, starts_at: datetime, ends_at: datetime, zone: str, by) -> None:
    """Put a session at another time, and have its people told. Raises ValidationError once it has begun."""
    require_host(session, by)
    require_ahead(session, _("This session has begun, so it cannot be moved. Convene another one."))
    if (session.starts_at, session.ends_at, session.zone) == (starts_at, ends_at, zone):
        return
    times = {"starts_at": starts_at, "ends_at": ends_at, "zone": zone}
    put_at(session, version=version, times=times, alone=session.series_id is not None, by=by)
    notices.tell_of_moving(session, by=by)
    record_event(by=by, action="session.move", kind="session", public_id=session.public_id)


@transaction.atomic
def cancel_session(*, session: Session, because: str, by, key: str) -> None:
    """Cancel a session, with a reason that all in its space read; it stays in the list."""
    if not Draft.use(author=by, key=key, form="session-cancel") and session.is_cancelled:
        return
    require_host(session, by)
    if session.is_over:
        raise ValidationError(_("This session is over, so it cannot be cancelled."), code="over")
    call_off(session, because=because, by=by)
    notices.tell_of_cancelling(session, by=by)
    record_event(by=by, action="session.cancel", kind="session", public_id=session.public_id)


@transaction.atomic
def hand_over_hosting(*, session: Session, to: Membership, by) -> None:
    """Have somebody else in the space run the session. By its host; or oneself, where `may_take_over` says so."""
    reader = Reader(by)
    # Asked anew: who is in the space may have changed since the page was made.
    now = Session.objects.select_related("space__partnership").get(pk=session.pk)
    takes_over = to.person_id == by.pk and may_take_over(reader, now)
    if not is_host(reader, session) and not takes_over:
        raise PermissionDenied("Not its host.")
    if session.space is None or not session.space.members().filter(pk=to.pk).exists():
        raise ValidationError(_("They are not in this space. Choose somebody who is."), code="not_here")
    # Two who take over at once: one does, and the other sees who.
    if not Session.objects.filter(pk=session.pk, host=session.host_id).update(host=to.person_id):
        raise ValidationError(_("Somebody else took over a moment ago."), code="taken")
    session.host = to.person
    record_event(by=by, action="session.hand_over", kind="session", public_id=session.public_id)
