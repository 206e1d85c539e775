"""Starting a partnership, and who takes part in it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from desk.audit import record_event
from partnerships.models import Membership, Organisation, Participation, Partnership, Space
from partnerships.models.phases import begin_phases
from partnerships.permissions import Permission, may_start, membership_of, require


@transaction.atomic
def start_partnership(
    *,
    name: str,
    by,
    role: str,
    own_words: str = "",
    organisation: Organisation | None = None,
    kind: str = Partnership.Kind.LEARNING,
    purpose: str = "",
    parent: Partnership | None = None,
) -> Partnership:
    """Start a draft that only its starter sees. They are its first steward, and it has its everyone space at once.

    It lies within another one only where its starter is a member there. Raises PermissionDenied for who may not start.
    """
    if not may_start(by):
        raise PermissionDenied("May not start a partnership.")
    if parent is not None:
        membership_of(by, parent)
    partnership = Partnership(name=name, kind=kind, purpose=purpose, started_by=by)
    partnership.place_within(parent)
    partnership.save()
    now = timezone.now()
    Space.objects.create(partnership=partnership, kind=Space.Kind.EVERYONE, opened_by=by, opened_at=now)
    membership = Membership.objects.create(person=by, partnership=partnership, started_at=now)
    membership.begin_role(role=role, own_words=own_words, organisation=organisation, steward=True)
    begin_phases(partnership, by=by)
    record_event(by=by, action="partnership.start", kind="partnership", public_id=partnership.slug)
    return partnership


@transaction.atomic
def open_partnership(*, partnership: Partnership, by) -> None:
    """Make a draft visible to those who are, and will be, its members."""
    require(membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    partnership.opened_at = timezone.now()
    partnership.save(update_fields=["opened_at"])
    record_event(by=by, action="partnership.open", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def take_part(
    *, partnership: Partnership, organisation: Organisation, ways: list[str], in_words: str = "", by
) -> Participation:
    """Say how an organisation takes part. `ways` are names of Participation's fields, such as "hosts"."""
    require(membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    flags = {way: way in ways for way in Participation.WORDS}
    participation, _made = Participation.objects.update_or_create(
        partnership=partnership, organisation=organisation, defaults={**flags, "in_words": in_words}
    )
    record_event(
        by=by,
        action="partnership.take_part",
        kind="partnership",
        public_id=partnership.slug,
        organisation=organisation.public_id,
    )
    return participation
