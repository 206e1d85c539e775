"""Opening a question on which all who are present write in silence."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.changing import require_host, require_live
from convening.models import GuestLink, LiveState, Session, SilentWriting
from desk.audit import record_event


@transaction.atomic
def open_writing(*, session: Session, question: str, wish: str, by, key: str) -> SilentWriting:
    """Have all who are present write on a question in silence; `wish` is how one is named, offered first.

    Guests read what is written where they are let in by now, and who writes is told so. Sent twice it is opened once.
    Raises ValidationError while another one waits for its reveal: then nobody would know what they write on.
    """
    locked = Session.objects.held(session.pk)
    require_host(locked, by)
    require_live(locked)
    made = SilentWriting.objects.filter(opened_by=by, submission=key).first()
    if made:
        return made
    if SilentWriting.objects.filter(session=locked, revealed_at=None).exists():
        raise ValidationError(_("Something is being written on already. Reveal it first."), code="open")
    writing = SilentWriting.objects.create(
        session=locked,
        item_id=LiveState.objects.filter(session=locked).values_list("item", flat=True).first(),
        question=question,
        wish=wish,
        is_shown_to_guests=GuestLink.objects.filter(session=locked, closed_at=None).exists(),
        opened_at=timezone.now(),
        opened_by=by,
        submission=key,
    )
    LiveState.changed(locked)
    record_event(by=by, action="session.open_writing", kind="session", public_id=locked.public_id)
    return writing
