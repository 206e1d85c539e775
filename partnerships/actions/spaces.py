"""Spaces: opening, letting in, leaving, closing."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships.models import Membership, Partnership, Space, SpaceMembership
from partnerships.permissions import Permission, membership_of, require


@transaction.atomic
def open_space(
    *, partnership: Partnership, kind: str, by, name: str = "", purpose: str = "", power_statement: str = ""
) -> Space:
    """Open a space; who opens it is its first member."""
    mine = membership_of(by, partnership)
    power_line = kind == Space.Kind.POWER_LINE
    require(mine, Permission.OPEN_POWER_LINE if power_line else Permission.OPEN_SPACE)
    now = timezone.now()
    space = Space.objects.create(
        partnership=partnership,
        kind=kind,
        name=name,
        purpose=purpose,
        power_statement=power_statement if power_line else "",
        opened_by=by,
        opened_at=now,
    )
    SpaceMembership.objects.create(space=space, membership=mine, started_at=now)
    record_event(by=by, action="space.open", kind="space", public_id=space.public_id, partnership=partnership.slug)
    return space


@transaction.atomic
def admit_to_space(*, space: Space, membership: Membership, by) -> SpaceMembership:
    """Let another member of the same partnership into the space. Only somebody who is in it may; no duty adds anybody.

    Raises PermissionDenied for who is not in it, ValidationError where the space cannot take the person.
    """
    Space.objects.select_for_update().get(pk=space.pk)
    if space.kind in (Space.Kind.EVERYONE, Space.Kind.WIDER_FIELD) or not space.members().filter(person=by).exists():
        raise PermissionDenied("Not in this space.")
    if not space.is_open:
        raise ValidationError(_("This space is closed."))
    if membership.partnership_id != space.partnership_id or not membership.is_current:
        raise ValidationError(_("Only members of this partnership can come in."))
    if space.members().filter(pk=membership.pk).exists():
        raise ValidationError(_("%(name)s is in this space already."), params={"name": membership.person.name})
    if space.kind == Space.Kind.ONE_TO_ONE and space.places.count() >= 2:
        raise ValidationError(_("A one to one never grows."))
    place = SpaceMembership.objects.create(space=space, membership=membership, started_at=timezone.now())
    record_event(by=by, action="space.admit", kind="space", public_id=space.public_id, membership=membership.public_id)
    return place


@transaction.atomic
def leave_space(*, space: Space, by) -> None:
    """Leave a space. What one wrote there stays one's own to read; the rest goes dark at the next request."""
    now = timezone.now()
    left = SpaceMembership.objects.filter(space=space, membership__person=by, ended_at=None).update(ended_at=now)
    if not left:
        raise PermissionDenied("Not in this space.")
    space.close_if_empty()
    record_event(by=by, action="space.leave", kind="space", public_id=space.public_id)


@transaction.atomic
def close_space(*, space: Space, by) -> None:
    """Close a space: nothing more is shared in it, and what is there stays readable to those inside."""
    if space.kind in (Space.Kind.EVERYONE, Space.Kind.WIDER_FIELD) or not space.members().filter(person=by).exists():
        raise PermissionDenied("Not in this space.")
    space.closed_at = timezone.now()
    space.save(update_fields=["closed_at"])
    record_event(by=by, action="space.close", kind="space", public_id=space.public_id)
