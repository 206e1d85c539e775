"""Saying whether one comes."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.models import Attendee, Session
from desk.audit import record_event
from partnerships.reader import Reader


@transaction.atomic
def answer_session(*, session: Session, answer: str, by) -> Attendee:
    """Say whether one comes; until the session ends it can be said anew. Only the host and oneself learn of it."""
    if session.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nobody needs to come."), code="cancelled")
    if session.is_over:
        raise ValidationError(_("This session is over, so there is nothing to answer any more."), code="over")
    attendee, _made = Attendee.objects.update_or_create(
        session=session, person=by, defaults={"answer": answer, "answered_at": timezone.now()}
    )
    record_event(by=by, action="session.answer", kind="session", public_id=session.public_id)
    return attendee
