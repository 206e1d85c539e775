"""What every change of a cycle or an activity goes through: what it said before is kept, and the later writer asked."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import Membership, Space
from partnerships.reader import Reader
from records.models import Attribution, Record
from records.placing import place, require_place
from records.search import index
from records.versions import keep_version, swap_version

from .models import TakingPart


def require_membership(space: Space, by) -> Membership:
    """Return the membership behind the space, which is open and of a partnership."""
    membership = require_place(Reader(by), space)
    if membership is None:
        raise PermissionDenied("Cycles are a partnership's.")
    return membership


def begin_record(record: Record, *, space: Space, by, key: str) -> None:
    """Save a new cycle or activity in its space."""
    membership = require_membership(space, by)
    record.author, record.submission, record.created_at = by, key, timezone.now()
    place(record, space=space, attribution=Attribution.NAMED, membership=membership)
    record.save()
    index.write(record)


def change_columns(record: Record, *, version: int, changes: dict[str, Any], by) -> None:
    """Change what it says, and keep what it said before. Raises StaleVersion."""
    swap_version(record, version)
    keep_version(record, number=version, by=by)
    for name, value in (changes | {"edited_at": timezone.now()}).items():
        setattr(record, name, value)
    record.save(update_fields=[*changes, "edited_at"])
    index.write(record)


def name_people(record: Record, *, facilitators: Collection[Any], participants: Collection[Any]) -> None:
    """Have exactly these people take part, as who facilitates it or otherwise. Who facilitates takes part.

    Raises ValidationError for somebody who is not in its space now, and was not named before.
    """
    wanted = {person.pk: False for person in participants} | {person.pk: True for person in facilitators}
    before = {row.person_id: row for row in record.taking_part.all()}
    new = wanted.keys() - before.keys()
    here = record.space.members().filter(person__in=new).values_list("person", flat=True) if record.space else []
    if new - set(here):
        raise ValidationError(_("Somebody of these is not in this space any more. Tick once more."), code="not_here")
    record.taking_part.filter(person__in=before.keys() - wanted.keys()).delete()
    for person, facilitates in wanted.items():
        TakingPart.objects.update_or_create(whole=record, person_id=person, defaults={"facilitates": facilitates})


def named_as(record: Record, *, facilitators: Collection[Any], participants: Collection[Any]) -> bool:
    """Say whether exactly these people take part in it."""
    wanted = {person.pk: False for person in participants} | {person.pk: True for person in facilitators}
    return wanted == dict(record.taking_part.values_list("person", "facilitates"))
