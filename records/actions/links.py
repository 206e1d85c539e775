"""Taking a link off. It is made with the record that grew: see `records.parts`."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desk.audit import record_event
from records.kinds import personal_keys
from records.models import Link


@transaction.atomic
def remove_link(*, link: Link, by) -> None:
    """Take off that a record grew from another, by the author of what grew. Both records stay as they are."""
    if not link.grown.is_by(by) or link.grown.kind not in personal_keys():
        raise PermissionDenied("Not the author of what grew, or it is a group's.")
    if Link.objects.filter(pk=link.pk).delete()[0]:
        record_event(by=by, action="link.remove", kind="link", public_id=link.public_id)
