"""Writing for a session before it, and the reveal."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.models import Contribution, Session
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Membership
from partnerships.reader import Reader
from records import attribution as naming
from records.models import PersonLevel
from records.placing import place, require_place
from records.search import index
from records.versions import AlreadySent

PLACED = ["space", "partnership", "attribution", "role", "shared_at"]


@transaction.atomic
def contribute(*, to: Session, text: str, wish: str, by, key: str) -> Contribution:
    """Write for a session. Where it is silent, nobody else reads it before the reveal; otherwise they do at once.

    `wish` is how one is named to readers. Raises PermissionDenied outside the space, ValidationError where the session
    is over or cancelled or too few are there to be named as wished, AlreadySent for other words under a used key.
    """
    # Waits for the reveal, so that nothing is written into a session that has just been opened to its readers.
    session = Session.objects.select_for_update(of=("self",)).select_related("space__partnership").get(pk=to.pk)
    if session.space is None or session.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    membership = require_place(Reader(by), session.space)
    if not Draft.use(author=by, key=key, form="contribution"):
        made = Contribution.objects.filter(author=by, submission=key, text=text, wish=wish).first()
        if made:
            return made
        raise AlreadySent
    _require_open(session)
    if not _is_offered(wish, session, membership):
        raise ValidationError(_("Too few people are here now for that. Choose again how you are named."), code="floor")
    contribution = Contribution(
        kind="contribution",
        author=by,
        text=text,
        wish=wish,
        within=session,
        partnership=session.partnership,
        person_level=PersonLevel.SECOND,
        created_at=timezone.now(),
        submission=key,
    )
    if not session.hides_contributions:
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
    """Show what was written for a session to its space: by its host, once its time has come.

    What somebody wrote who is not in the space any more stays theirs. Where too few are there now for the way in which
    somebody wished to be named, it is kept back, and they decide: nobody is named against their wish.
    """
    locked = Session.objects.select_for_update(of=("self",)).select_related("space__partnership").get(pk=session.pk)
    if not is_host(Reader(by), locked):
        raise PermissionDenied("Not its host.")
    if locked.is_cancelled or not locked.has_started:
        raise ValidationError(_("It can be shown once the session has begun, and not before."), code="early")
    if locked.space is None or not locked.hides_contributions:
        return
    members = {row.person_id: row for row in locked.space.members().with_roles()}
    unseen = Contribution.objects.filter(within=locked, space=None)
    for contribution in unseen.select_for_update(of=("self",)):
        membership = members.get(contribution.author_id)
        if membership is None:
            continue
        if _is_offered(contribution.wish, locked, membership):
            place(contribution, space=locked.space, attribution=contribution.wish, membership=membership)
            contribution.save(update_fields=PLACED)
        else:
            contribution.is_kept_back = True
            contribution.save(update_fields=["is_kept_back"])
    locked.revealed_at = session.revealed_at = timezone.now()
    locked.save(update_fields=["revealed_at"])
    record_event(by=by, action="session.reveal", kind="session", public_id=locked.public_id)


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


def _is_offered(wish: str, session: Session, membership: Membership | None) -> bool:
    if session.space is None:
        return False
    readers = list(session.space.members().with_roles()) if membership else []
    return naming.is_offered(wish, naming.choices_in(session.space, membership, readers))
