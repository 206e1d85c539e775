"""Saying how something in the library reads to one's role, or to one's organisation."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curating.models import BoundaryObject, Reading, Whose
from curating.readings import naming
from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records.placing import place, require_part, require_place
from records.search import index
from records.versions import AlreadySent


@transaction.atomic
def read(*, of: BoundaryObject, way: str, of_version: int, text: str, by, key: str) -> Reading:
    """Say how it reads to one's role or organisation. `way` is for whom, and how one is named (`readings.naming`).

    Raises PermissionDenied outside its space, ValidationError where that way is not open to its author: another's role
    or organisation, or too few people for it to hide anybody; AlreadySent for other words under a used key.
    """
    now = BoundaryObject.objects.select_related("space__partnership").get(pk=of.pk)
    require_part(now, by)
    space = now.space
    membership = require_place(Reader(by), space) if space else None
    if space is None or membership is None:
        raise PermissionDenied("Not in a space of a partnership.")
    if not Draft.use(author=by, key=key, form="reading"):
        made = Reading.objects.filter(author=by, submission=key, text=text).first()
        if made:
            return made
        raise AlreadySent
    ways = naming.ways_in(space, membership, list(space.members().with_roles()))
    chosen = next((row for row in ways if row.value == way and row.is_offered), None)
    if chosen is None:
        raise ValidationError(_("That is not open to you now. Choose again whose reading it is."), code="way")
    row = Reading(
        kind="reading",
        author=by,
        text=text,
        within=now,
        person_level=now.person_level,
        created_at=timezone.now(),
        submission=key,
        whose=chosen.whose,
        organisation=membership.held_role.organisation if chosen.whose == Whose.ORGANISATION else None,
        of_version=min(max(of_version, 1), now.kept_versions.count()),
    )
    place(row, space=space, attribution=chosen.attribution, membership=membership)
    row.save()
    index.write(row)
    record_event(by=by, action="reading.write", kind="reading", public_id=row.public_id, within=now.public_id)
    return row
