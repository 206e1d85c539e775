"""Responding to a record."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records import notices
from records.models import Attribution, Record, Response
from records.placing import place, require_place
from records.search import index
from records.versions import AlreadySent


@transaction.atomic
def respond(*, to: Record, verb: str, text: str, by, key: str, answers: Response | None = None) -> Response:
    """Respond to a record in a space that one is in. Under one's own record that is not named, one stays not named.

    Raises PermissionDenied outside the space, ValidationError where the record was taken back meanwhile, AlreadySent
    where other words come under a used key.
    """
    reader = Reader(by)
    if not Draft.use(author=by, key=key, form="response"):
        made = Response.objects.filter(author=by, submission=key, text=text, verb=verb, answers=answers).first()
        if made:
            return made
        raise AlreadySent
    # Locked, so that sharing is not undone at the same moment.
    parent = Record.objects.select_for_update(of=("self",)).select_related("space__partnership").get(pk=to.pk)
    if parent.space is None or parent.space_id not in reader.spaces:
        raise PermissionDenied("Not in its space.")
    membership = require_place(reader, parent.space)
    if parent.withdrawn_at:
        raise ValidationError(_("This was taken back a moment ago, so it takes no more responses."), code="withdrawn")
    if parent.set_aside_at:
        raise ValidationError(_("This was set aside a moment ago, so it takes no more responses."), code="set_aside")
    own_unnamed = parent.is_by(by) and not parent.is_named
    response = Response(
        kind="response",
        author=by,
        text=text,
        verb=verb,
        answers=answers,
        within=parent,
        person_level=parent.person_level,
        created_at=timezone.now(),
        submission=key,
    )
    attribution = parent.attribution if own_unnamed else Attribution.NAMED
    place(response, space=parent.space, attribution=attribution, membership=membership)
    response.save()
    index.write(response)
    notices.tell_of_response(response, by=by)
    record_event(by=by, action="response.write", kind="response", public_id=response.public_id, within=parent.public_id)
    return response
