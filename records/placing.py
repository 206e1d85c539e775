"""Where a record lives: the columns that say so are set here, and nowhere else."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import Membership, Space
from partnerships.reader import Reader

from .models import Attribution, Record


def place(record: Record, *, space: Space, attribution: str, membership: Membership | None) -> None:
    """Set the columns that say where a record lives and how its author is named; nothing else does."""
    record.space = space
    record.partnership = space.partnership
    record.attribution = attribution
    record.role = membership.held_role.role if membership else ""
    record.shared_at = timezone.now()


def take_home(record: Record) -> None:
    """Set these columns as they are in a notebook; the partnership stays the one that it is about."""
    record.space = record.shared_at = record.edited_at = record.withdrawn_at = None
    record.edited_after = 0
    record.attribution, record.role = Attribution.NAMED, ""


def know_space(records: Iterable[Record], space: Space | None) -> None:
    """Give records that are in a space the one that is at hand, so that nobody asks for it: it moves none of them."""
    for record in records:
        if space is not None and record.space_id == space.pk:
            record.space = space


def require_place(reader: Reader, space: Space) -> Membership | None:
    """Return the reader's membership behind the space, None in the wider field; PermissionDenied outside it."""
    if space.pk not in reader.spaces:
        raise PermissionDenied("Not in this space.")
    if not reader.spaces[space.pk].is_open:
        raise ValidationError(_("This space is closed, so nothing more is shared in it."))
    return reader.membership_in(space.partnership_id)


def require_part(record: Record, person) -> None:
    """Raise PermissionDenied for who may not change what is a space's: not in it, closed, folded to them or set aside.

    What every change of such a record goes through that anybody in its space may make.
    """
    reader = Reader(person)
    now = Record.objects.visible_to(reader).filter(pk=record.pk).first()
    space = reader.spaces.get(now.space_id or 0) if now else None
    if now is None or space is None or not space.is_open or not now.stands or (now.folded_at and not now.is_by(person)):
        raise PermissionDenied("Not in its space, or it does not stand.")
