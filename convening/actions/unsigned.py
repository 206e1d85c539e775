"""Notes without an account behind them: from paper, typed in by a member; and taking one off, whosever it is."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.changing import require_live
from convening.models import LiveState, Session, SilentWriting, UnsignedNote
from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records.versions import AlreadySent


@transaction.atomic
def add_paper_notes(*, writing: SilentWriting, lines: Sequence[str], by, key: str, as_unseen: bool = False) -> None:
    """Add what stands on paper notes, one each, to what is being written on, or was last.

    They wait for the reveal like what is typed: until then who typed them sees them, and nobody else. Raises
    ValidationError (code "revealed") where they were typed as unseen and all was revealed meanwhile, PermissionDenied
    outside the space, AlreadySent for other lines under a used key.
    """
    locked = Session.objects.held(writing.session_id)
    if locked.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    fresh = SilentWriting.objects.get(pk=writing.pk)
    if not Draft.use(author=by, key=key, form="paper-notes"):
        made = UnsignedNote.objects.filter(writing=fresh, typed_by=by, submission=key).order_by("line")
        if list(made.values_list("text", flat=True)) == list(lines):
            return
        raise AlreadySent
    require_live(locked)
    if as_unseen and fresh.is_revealed:
        meanwhile = _("The notes were shown while you were typing. Press once more to show these to all.")
        raise ValidationError(meanwhile, code="revealed")
    now = timezone.now()
    UnsignedNote.objects.bulk_create(
        UnsignedNote(
            writing=fresh,
            source=UnsignedNote.Source.PAPER,
            typed_by=by,
            text=text,
            made_at=now,
            submission=key,
            line=number,
        )
        for number, text in enumerate(lines)
    )
    if fresh.is_revealed:
        LiveState.changed(locked)
    record_event(by=by, action="session.add_paper_notes", kind="session", public_id=locked.public_id)


@transaction.atomic
def remove_unsigned_note(*, note: UnsignedNote, by) -> None:
    """Take a note off for good that has no account behind it: by who typed it; once it is seen, by the host as well.

    So somebody can take off what could identify a person, where nobody can be asked to.
    """
    locked = Session.objects.held(note.writing.session_id)
    reader = Reader(by)
    is_revealed = SilentWriting.objects.filter(pk=note.writing_id, revealed_at__isnull=False).exists()
    may = note.typed_by_id == by.pk or (is_revealed and is_host(reader, locked))
    if locked.space_id not in reader.spaces or not may:
        raise PermissionDenied("Neither who typed it nor the host.")
    UnsignedNote.objects.filter(pk=note.pk).delete()
    if is_revealed:
        LiveState.changed(locked)
    record_event(by=by, action="session.remove_note", kind="session", public_id=locked.public_id)
