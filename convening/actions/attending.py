"""Noting who was at a session."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.models import Attendee, Outcome, Session
from desk.audit import record_event
from partnerships.reader import Reader


@transaction.atomic
def note_attendance(*, session: Session, present: Collection[str], by) -> None:
    """Tick who was there, by the host: of those in the space, by their public ids.

    What somebody has said of themselves stays. Once the outcome is agreed nobody is ticked off any more: they are asked
    whether it may travel. Raises ValidationError before the session begins, or where somebody is not in its space.
    """
    locked = Session.objects.held(session.pk)
    if not is_host(Reader(by), locked):
        raise PermissionDenied("Not its host.")
    _require_begun(locked)
    members = {row.person.public_id: row.person for row in locked.members_now}
    if not set(present) <= set(members):
        raise ValidationError(_("Somebody of these is not in this space any more. Look at the boxes once more."))
    rows = {row.person_id: row for row in Attendee.objects.filter(session=locked)}
    outcome, now = Outcome.objects.filter(session=locked).first(), timezone.now()
    for public_id, person in members.items():
        row = rows.get(person.pk) or Attendee(session=locked, person=person)
        there = public_id in present
        if row.corrected_at or row.attended == there:
            continue
        if outcome and outcome.is_agreed and row.attended:
            raise ValidationError(
                _("The outcome is agreed, and %(name)s was asked about it. Only they can say now that they were away.")
                % {"name": person.name},
                code="agreed",
            )
        row.attended, row.noted_at = there, now
        row.save()
    record_event(by=by, action="session.note_attendance", kind="session", public_id=locked.public_id)


@transaction.atomic
def correct_attendance(*, session: Session, was_there: bool, by) -> Attendee:
    """Say of oneself whether one was there; what the host ticks later does not change it."""
    locked = Session.objects.held(session.pk)
    if locked.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    _require_begun(locked)
    now = timezone.now()
    attendee, _made = Attendee.objects.update_or_create(
        session=locked, person=by, defaults={"attended": was_there, "noted_at": now, "corrected_at": now}
    )
    record_event(by=by, action="session.correct_attendance", kind="session", public_id=locked.public_id)
    return attendee


def _require_begun(session: Session) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nobody was there."), code="cancelled")
    if not session.has_started:
        raise ValidationError(_("This session has not begun yet."), code="early")
