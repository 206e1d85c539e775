"""The doors to cycles and activities. Reading is the one rule's; these ask what may be done.

Both are their space's: whoever is in it now changes them.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from partnerships.models import Membership
from partnerships.permissions import Permission, may
from partnerships.reader import Reader
from records import kinds
from records.access import record_or_404
from records.models import Record

from .models import Activity, LearningCycle, Method, Part

WHOLES = ("cycle", "activity")


def cycle_or_404(reader: Reader, public_id: str) -> LearningCycle:
    """Return a cycle of a space that the reader is in, with where it stands."""
    cycle = record_or_404(reader, LearningCycle, public_id)
    last = cycle.moves.last()
    cycle.stage, cycle.state = (last.stage, last.state) if last else ("", "")
    return cycle


def activity_or_404(reader: Reader, public_id: str) -> Activity:
    """Return an activity of a space that the reader is in."""
    return record_or_404(reader, Activity, public_id)


def may_change(reader: Reader, record: Record) -> bool:
    """Say whether the reader may change it: in its space, which is open, while it is neither folded nor set aside."""
    space = reader.spaces.get(record.space_id or 0)
    return space is not None and space.is_open and record.stands and not record.folded_at


def require_change(reader: Reader, record: Record) -> None:
    """Raise PermissionDenied where the reader may not change it."""
    if not may_change(reader, record):
        raise PermissionDenied("Not in its space, or it is closed, folded or set aside.")


def may_change_method(membership: Membership, method: Method) -> bool:
    """Say whether a member may change a method's words: who offered it, and who looks after settings."""
    return may(membership, Permission.LOOK_AFTER_SETTINGS) or method.was_offered_by(membership.person_id)


def require_may_change_method(membership: Membership | None, method: Method) -> None:
    """Raise PermissionDenied where they may not, or are no member of its partnership."""
    if membership is None or not may_change_method(membership, method):
        raise PermissionDenied("Neither who offered it nor who looks after settings.")


def method_or_404(membership: Membership, public_id: str) -> Method:
    """Return a method of the member's partnership, put away or not."""
    method = Method.objects.filter(partnership=membership.partnership_id, public_id=public_id).first()
    if method is None:
        raise Http404
    return method


def record_to_put_or_404(reader: Reader, public_id: str) -> Record:
    """Return what the reader may say to be part of something; for others it does not exist."""
    record = Record.objects.visible_to(reader).filter(kind__in=kinds.stream_keys(), public_id=public_id).first()
    if record is None:
        raise Http404
    found = record_or_404(reader, Record, public_id)
    if not may_put(reader, found):
        raise PermissionDenied("Somebody else's own words, or withheld.")
    return found


def may_put(reader: Reader, record: Record) -> bool:
    """Say whether the reader may say what the record is part of.

    Of somebody's own words only they do. What belongs to a space is said so by anybody in it.
    """
    if record.words_withheld or record.withdrawn_at or record.set_aside_at or record.partnership_id is None:
        return False
    if reader.membership_in(record.partnership_id) is None or record.kind not in kinds.stream_keys():
        return False
    if record.kind in kinds.personal_keys():
        return record.is_by(reader.person)
    return record.space_id in reader.spaces


def part_or_404(reader: Reader, public_id: str) -> Part:
    """Return what the reader may say to be no part any more: they read both ends, and may say so of the record."""
    legible = Record.objects.visible_to(reader)
    rows = Part.objects.filter(record__in=legible, whole__in=legible)
    part = rows.select_related("record", "whole").filter(public_id=public_id).first()
    if part is None:
        raise Http404
    if not may_put(reader, record_or_404(reader, Record, part.record.public_id)):
        raise PermissionDenied("Somebody else's own words, or withheld.")
    return part
