"""What reaches somebody by mail."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desk.audit import record_event
from partnerships.models import Mute, Space


@transaction.atomic
def choose_mail(*, mail_choice: str, muted: Collection[Space], among: Collection[Space], by) -> None:
    """Set how a person is told of what is new, and which of these spaces they want no mail about.

    `among` are the spaces that they were asked about; wishes about others stay as they are.
    """
    if not set(muted) <= set(among):
        raise PermissionDenied("Not among those spaces.")
    by.mail_choice = mail_choice
    by.save(update_fields=["mail_choice"])
    Mute.objects.filter(person=by, space__in=among).exclude(space__in=muted).delete()
    Mute.objects.bulk_create([Mute(person=by, space=space) for space in muted], ignore_conflicts=True)
    record_event(
        by=by,
        action="account.choose_mail",
        kind="account",
        public_id=by.public_id,
        choice=mail_choice,
        muted=sorted(space.public_id for space in muted),
    )
