"""Reflective supervision: what each brings, and when people met."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships.models import BroughtPartnership, Membership, Partnership, SupervisionMeeting
from partnerships.permissions import Permission, membership_of, require
from partnerships.supervision import is_supervisor, keep_apart, may_be_brought


@transaction.atomic
def bring_partnerships(*, membership: Membership, partnerships: Collection[Partnership], by) -> None:
    """Name all partnerships that one brings to one's supervision, in place of those named before, which are kept.

    A label, and never a way in. Raises ValidationError where the supervisor takes part in one of them.
    """
    if by != membership.person:
        raise PermissionDenied("What one brings is one's own to say.")
    supervision = Partnership.objects.select_for_update().get(pk=membership.partnership_id)
    mine = membership_of(by, supervision)
    if supervision.kind != Partnership.Kind.SUPERVISION or is_supervisor(mine):
        raise PermissionDenied("Brings nothing here.")
    if not {row.pk for row in partnerships} <= {row.pk for row in may_be_brought(by)}:
        raise PermissionDenied("Not a member of what is brought.")
    now = timezone.now()
    mine.brings.filter(ended_at=None).exclude(partnership__in=partnerships).update(ended_at=now)
    named = set(mine.brings.filter(ended_at=None).values_list("partnership", flat=True))
    for partnership in partnerships:
        if partnership.pk not in named:
            BroughtPartnership.objects.create(membership=mine, partnership=partnership, started_at=now)
    keep_apart(mine, words=_("%(partnership)s cannot be brought here: who supervises here takes part in it."))
    record_event(by=by, action="supervision.bring", kind="membership", public_id=mine.public_id)


@transaction.atomic
def note_meeting(*, partnership: Partnership, met_on: date, by) -> SupervisionMeeting:
    """Note a day on which a supervision met. Others are told the month. Noting it twice is noting it once."""
    _require_supervision(partnership, by=by)
    if met_on > timezone.localdate():
        raise ValidationError(_("That day has not come yet. Please look at the date."))
    meeting, made = SupervisionMeeting.objects.get_or_create(
        partnership=partnership, met_on=met_on, defaults={"recorded_by": by, "recorded_at": timezone.now()}
    )
    if made:
        _record(meeting, "supervision.meet", by=by)
    return meeting


@transaction.atomic
def forget_meeting(*, meeting: SupervisionMeeting, by) -> None:
    """Take out a day that was noted by mistake."""
    _require_supervision(meeting.partnership, by=by)
    _record(meeting, "supervision.forget_meeting", by=by)
    meeting.delete()


def _require_supervision(partnership: Partnership, *, by) -> None:
    require(membership_of(by, partnership), Permission.WRITE)
    if partnership.kind != Partnership.Kind.SUPERVISION:
        raise PermissionDenied("No reflective supervision.")


def _record(meeting: SupervisionMeeting, action: str, *, by) -> None:
    day = meeting.met_on.isoformat()
    record_event(by=by, action=action, kind="partnership", public_id=meeting.partnership.slug, met_on=day)
