"""Writing for a session before it and at it, and the reveal."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.models import Contribution, LiveState, Session, SilentWriting
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Membership, Space
from partnerships.reader import Reader
from records import attribution as naming
from records.actions import edit
from records.models import PersonLevel
from records.placing import place, require_place
from records.search import index
from records.versions import AlreadySent

PLACED = ["space", "partnership", "attribution", "role", "shared_at"]
# So long after a session its host may still reveal what was written at it: a laptop may have died before.
STILL_REVEALED = timedelta(days=1)


@transaction.atomic
def contribute(
    *, to: Session, text: str, wish: str, by, key: str, writing: SilentWriting | None = None, as_unseen: bool = False
) -> Contribution:
    """Write for a session, or at it in a `writing`. Where that is silent, nobody else reads it before the reveal.

    `wish` is how one is named to readers; `as_unseen` that the form said nobody would see it yet. Raises
    PermissionDenied outside the space, ValidationError where the session is over or cancelled or too few are there to
    be named as wished, or where it was written as unseen and all was revealed meanwhile (code "revealed"): nothing is
    shown without asking. Raises AlreadySent for other words under a used key.
    """
    # Waits for the reveal, so that nothing is written into a session that has just been opened to its readers.
    session = Session.objects.held(to.pk)
    if session.space is None or session.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    membership = require_place(Reader(by), session.space)
    if writing is not None:
        writing = SilentWriting.objects.get(pk=writing.pk, session=session)
    if not Draft.use(author=by, key=key, form="live-note" if writing else "contribution"):
        made = Contribution.objects.filter(author=by, submission=key, text=text, wish=wish, writing=writing).first()
        if made:
            return made
        raise AlreadySent
    _require_open(session)
    is_hidden = not writing.is_revealed if writing else session.hides_contributions
    if as_unseen and not is_hidden:
        meanwhile = _("They were shown while you were writing. Press once more to show yours to all.")
        raise ValidationError(meanwhile, code="revealed")
    if not _is_offered(wish, session.space, membership, list(session.space.members().with_roles())):
        raise ValidationError(_("Too few people are here now for that. Choose again how you are named."), code="floor")
    contribution = Contribution(
        kind="contribution",
        author=by,
        text=text,
        wish=wish,
        writing=writing,
        within=session,
        partnership=session.partnership,
        person_level=PersonLevel.SECOND,
        created_at=timezone.now(),
        submission=key,
    )
    if not is_hidden:
        place(contribution, space=session.space, attribution=wish, membership=membership)
    contribution.save()
    index.write(contribution)
    record_event(by=by, action="contribution.write", kind="contribution", public_id=contribution.public_id)
    return contribution


def _require_open(session: Session) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nothing more is written for it."), code="cancelled")
    if session.is_over:
        raise ValidationError(_("This session is over, so nothing more is written for it."), code="over")


@transaction.atomic
def reveal(*, session: Session, by) -> None:
    """Show what was written before a session to its space: by its host, once its time has come.

    What somebody wrote who is not in the space any more stays theirs. Where too few are there now for the way in which
    somebody wished to be named, it is kept back, and they decide: nobody is named against their wish.
    """
    locked = _to_reveal(session.pk, by)
    if locked.is_cancelled or not locked.has_started:
        raise ValidationError(_("It can be shown once the session has begun, and not before."), code="early")
    if locked.space is None or not locked.hides_contributions:
        return
    _show(Contribution.objects.filter(within=locked, writing=None), locked.space)
    locked.revealed_at = session.revealed_at = timezone.now()
    locked.save(update_fields=["revealed_at"])
    record_event(by=by, action="session.reveal", kind="session", public_id=locked.public_id)


@transaction.atomic
def reveal_writing(*, writing: SilentWriting, by) -> None:
    """Show to all what was written in silence: by the session's host, with the floors of `reveal`; once, however often.

    Until a day after the session, for a laptop may have died. Later nobody counts on it any more, and what was never
    revealed stays its author's.
    """
    locked = _to_reveal(writing.session_id, by)
    if locked.is_cancelled:
        raise ValidationError(_("This session was cancelled."), code="cancelled")
    fresh = SilentWriting.objects.get(pk=writing.pk)
    if fresh.is_revealed or locked.space is None:
        return
    if timezone.now() > locked.ends_at + STILL_REVEALED:
        late = _("The session ended more than a day ago. What was not revealed by then stays with those who wrote it.")
        raise ValidationError(late, code="late")
    _show(Contribution.objects.filter(writing=fresh), locked.space)
    fresh.revealed_at, fresh.revealed_by = timezone.now(), by
    fresh.save(update_fields=["revealed_at", "revealed_by"])
    LiveState.changed(locked)
    record_event(by=by, action="session.reveal_writing", kind="session", public_id=locked.public_id)


def _to_reveal(session: int, by) -> Session:
    locked = Session.objects.held(session)
    if not is_host(Reader(by), locked):
        raise PermissionDenied("Not its host.")
    return locked


def _show(written: QuerySet[Contribution], space: Space) -> None:
    """Place what nobody has seen in the space, each as its author wished to be named, or keep it back."""
    readers = list(space.members().with_roles())
    members = {row.person_id: row for row in readers}
    for contribution in written.filter(space=None).select_for_update(of=("self",)):
        membership = members.get(contribution.author_id)
        if membership is None:
            continue
        if _is_offered(contribution.wish, space, membership, readers):
            place(contribution, space=space, attribution=contribution.wish, membership=membership)
            contribution.save(update_fields=PLACED)
        else:
            contribution.is_kept_back = True
            contribution.save(update_fields=["is_kept_back"])


@transaction.atomic
def change_contribution(
    *, contribution: Contribution, version: int, changes: dict[str, Any], as_unseen: bool, by, key: str
) -> None:
    """Change what one wrote for a session, or at it. Raises StaleVersion where one saved it elsewhere meanwhile.

    Raises ValidationError (code "revealed") where it was changed `as_unseen` and all was revealed meanwhile: the change
    is not shown without asking.
    """
    # Waits for the reveal, as writing does.
    Session.objects.select_for_update(of=("self",)).filter(pk=contribution.within_id or 0).first()
    now = Contribution.objects.select_related("space__partnership").get(pk=contribution.pk)
    if as_unseen and not now.is_private:
        meanwhile = _("It was shown while you were changing it. Press once more to show the change to all.")
        raise ValidationError(meanwhile, code="revealed")
    edit(now, by=by, version=version, changes=changes, key=key, form="contribution-edit")


@transaction.atomic
def show_kept_back(*, contribution: Contribution, by) -> None:
    """Show by name, after all, what was kept back at the reveal since too few were there. Only its author does."""
    if not contribution.is_by(by) or not contribution.is_kept_back:
        raise PermissionDenied("Not its author, or not kept back.")
    session = Session.objects.select_related("space__partnership").filter(pk=contribution.within_id or 0).first()
    if session is None or session.space is None:
        raise PermissionDenied("Not in a space.")
    membership = require_place(Reader(by), session.space)
    place(contribution, space=session.space, attribution="named", membership=membership)
    contribution.wish, contribution.is_kept_back = "named", False
    contribution.save(update_fields=[*PLACED, "wish", "is_kept_back"])
    record_event(by=by, action="contribution.show", kind="contribution", public_id=contribution.public_id)


def _is_offered(wish: str, space: Space, membership: Membership | None, readers: list[Membership]) -> bool:
    return naming.is_offered(wish, naming.choices_in(space, membership, readers if membership else []))
