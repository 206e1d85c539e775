"""Beginning a cycle or an activity with something that is there already, or within something."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cycles.access import may_put
from cycles.actions import put_part
from partnerships.http import SignedInRequest
from partnerships.models import Partnership
from records.access import record_or_404
from records.models import Record

from .common import asked_id


def begun_with(request: SignedInRequest, partnership: Partnership) -> Record | None:
    """Return what `?with=` or the sent form names, if its reader may say what it is part of; nothing otherwise."""
    sought = request.POST.get("begun_with", "")[:12].replace("\0", "") or asked_id(request, "with")
    rows = Record.objects.visible_to(request.reader).filter(public_id=sought, partnership=partnership)
    if not sought or not rows.exists():
        return None
    record = record_or_404(request.reader, Record, sought)
    return record if may_put(request.reader, record) else None


def put_begun_with(request: SignedInRequest, whole: Record, public_id: str) -> None:
    """Make what it was begun with part of it. Where that has gone meanwhile, say so: the rest is saved."""
    if not public_id:
        return
    readable = Record.objects.visible_to(request.reader).filter(public_id=public_id.replace("\0", ""))
    record = readable.first()
    try:
        if record is None:
            raise PermissionDenied("Not to be read.")
        put_part(record=record_or_404(request.reader, Record, record.public_id), whole=whole, by=request.user)
    except (PermissionDenied, ValidationError):
        messages.info(request, _("What it was begun with is not there for you any more, so it is no part of it."))
