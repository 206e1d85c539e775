"""Saying that something in the library was superseded or retired, or is live again; and who looks after it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curating.access import is_curator, may_take_on, others_live_in
from curating.changing import held
from curating.models import BoundaryObject, ObjectChange, ObjectState
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Membership
from partnerships.reader import Reader
from records.placing import require_part
from records.versions import AlreadySent


@transaction.atomic
def change_state(
    *, boundary_object: BoundaryObject, seen: str, to: str, by_which: str, reason: str, by, key: str
) -> None:
    """Say how it stands from today on: live, superseded by another one of its space, or retired with a line why.

    Any way is open, also back. `seen` is how it stood on the page that was opened; `by_which` the public id of what
    takes its place. Raises ValidationError where somebody changed it meanwhile, or where something is not said.
    """
    now = held(boundary_object.pk)
    require_part(now, by)
    if not Draft.use(author=by, key=key, form="boundary-object-state"):
        if now.changes.filter(by=by, state=to, reason=reason).exists():
            return
        raise AlreadySent
    if now.state != seen:
        words = _("Somebody said meanwhile that it stands like this: %(state)s. Read that first, then say it again.")
        raise ValidationError(words % {"state": now.get_state_display()}, code="changed")
    if to == ObjectState.RETIRED and not reason:
        raise ValidationError(_("Say in a line why it is retired."), code="reason")
    other = None
    if to == ObjectState.SUPERSEDED:
        other = others_live_in(Reader(by), now).filter(public_id=by_which).first()
        if other is None:
            raise ValidationError(_("Choose what takes its place: something live in the same space."), code="by_which")
    if now.state == to and now.superseded_by_id == (other.pk if other else None) and not reason:
        return
    BoundaryObject.objects.filter(pk=now.pk).update(state=to, superseded_by=other)
    ObjectChange.objects.create(
        boundary_object=now, state=to, superseded_by=other, reason=reason, by=by, made_at=timezone.now()
    )
    record_event(by=by, action="boundary_object.state", kind="boundary_object", public_id=now.public_id)


@transaction.atomic
def hand_over_curating(*, boundary_object: BoundaryObject, to: Membership, by) -> None:
    """Have somebody else of its space look after it. By its curator; by anybody for themselves once that one has left.

    Raises PermissionDenied for others, ValidationError for who is not in its space.
    """
    now = held(boundary_object.pk)
    require_part(now, by)
    reader = Reader(by)
    if not is_curator(reader, now) and not (to.person_id == by.pk and may_take_on(reader, now)):
        raise PermissionDenied("Not its curator.")
    if now.space is None or not now.space.members().filter(pk=to.pk).exists():
        raise ValidationError(_("They are not in this space. Choose somebody who is."), code="not_here")
    BoundaryObject.objects.filter(pk=now.pk).update(curator=to.person_id)
    record_event(by=by, action="boundary_object.hand_over", kind="boundary_object", public_id=now.public_id)
