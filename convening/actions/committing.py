"""Taking something on at a session; doing it, letting it go, taking it up again."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.after.commitments import may_change
from convening.models import Commitment, CommitmentChange, CommitmentState, LiveState, Session
from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records.models import Attribution, PersonLevel, Record
from records.placing import place, require_place
from records.search import index
from records.versions import AlreadySent


@transaction.atomic
def commit(*, session: Session, what: str, doer, due_on: date | None, by, key: str) -> Commitment:
    """Write down who does what, perhaps by when; anybody in the space does, from the session's start on.

    Raises ValidationError before the session begins, where it was cancelled, for somebody outside its space, for a day
    gone by; AlreadySent for another commitment under a used key.
    """
    space = session.space
    if space is None:
        raise PermissionDenied("Not in a space.")
    membership = require_place(Reader(by), space)
    if not Draft.use(author=by, key=key, form="commitment"):
        made = Commitment.objects.filter(author=by, submission=key, title=what, doer=doer, due_on=due_on).first()
        if made:
            return made
        raise AlreadySent
    _require_right(session, doer, due_on)
    commitment = Commitment(
        kind="commitment",
        title=what,
        doer=doer,
        due_on=due_on,
        author=by,
        within=session,
        person_level=PersonLevel.SECOND,
        created_at=timezone.now(),
        submission=key,
    )
    place(commitment, space=space, attribution=Attribution.NAMED, membership=membership)
    commitment.save()
    index.write(commitment)
    record_event(by=by, action="commitment.make", kind="commitment", public_id=commitment.public_id)
    return commitment


def _require_right(session: Session, doer, due_on: date | None) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nothing was taken on there."), code="cancelled")
    if not session.has_started:
        raise ValidationError(_("This session has not begun yet."), code="early")
    if session.space is None or not session.space.members().filter(person=doer).exists():
        raise ValidationError(_("They are not in this space. Choose somebody who is."), code="not_here")
    if due_on and due_on < timezone.localdate():
        raise ValidationError(_("That day has gone by. Choose today or a later day, or leave it open."), code="past")


@transaction.atomic
def finish_commitment(*, commitment: Commitment, by) -> None:
    """Say that it is done: by who took it on, or the host of its session."""
    _change(commitment, to=CommitmentState.DONE, action="commitment.done", by=by)


@transaction.atomic
def let_go(*, commitment: Commitment, reason: str, by, key: str) -> None:
    """Let a commitment go, with a reason that all in the space read; it can be taken up again."""
    if not Draft.use(author=by, key=key, form="commitment-let-go"):
        if commitment.changes.filter(by=by, reason=reason, state=CommitmentState.LET_GO).exists():
            return
        raise AlreadySent
    _change(commitment, to=CommitmentState.LET_GO, action="commitment.let_go", by=by, reason=reason)


@transaction.atomic
def take_up_again(*, commitment: Commitment, by) -> None:
    """Take up again what was let go, or was not done after all."""
    _change(commitment, to=CommitmentState.OPEN, action="commitment.take_up", by=by)


def _change(commitment: Commitment, *, to: CommitmentState, action: str, by, reason: str = "") -> None:
    # Two at once: one is first, and the other finds what the first has made of it.
    Record.objects.select_for_update().get(pk=commitment.pk)
    row = Commitment.objects.get(pk=commitment.pk)
    session = Session.objects.filter(pk=row.within_id or 0).first()
    if not may_change(Reader(by), row, session):
        raise PermissionDenied("Neither who took it on, nor the host.")
    if row.state == to:
        return
    if CommitmentState.OPEN not in (row.state, to):
        raise ValidationError(
            _("Somebody was faster: it is done already.")
            if row.state == CommitmentState.DONE
            else _("Somebody was faster: it was let go. Take it up again first."),
            code="closed",
        )
    commitment.state = row.state = to
    row.save(update_fields=["state"])
    CommitmentChange.objects.create(commitment=row, state=to, reason=reason, by=by, made_at=timezone.now())
    if session and session.is_live:
        LiveState.changed(session)
    record_event(by=by, action=action, kind="commitment", public_id=row.public_id)
