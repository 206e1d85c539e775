"""Who carries out what a session decided, and when: docs/decisions/0017."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.models import Decision, Session
from convening.models.sessions import Occasion
from partnerships.models import Partnership, Space
from partnerships.permissions import Permission, may
from partnerships.reader import Reader


def is_looking_again(session: Session) -> bool:
    """Say whether the session is an occasion to look again, and takes place."""
    return session.occasion == Occasion.LOOKING_AGAIN and not session.is_cancelled and session.partnership is not None


def takes_notes(reader: Reader, session: Session) -> bool:
    """Say whether the reader may write here now: in its space, which is open, from the session's start on."""
    space = reader.spaces.get(session.space_id or 0)
    return space is not None and space.is_open and session.has_started and session.stands and not session.is_cancelled


def needed_for(decision: Decision) -> Permission:
    """Return what one may do who carries it out without a session's decision."""
    return Permission.GIVE_DUTIES if decision.gives_a_duty else Permission.LOOK_AFTER_SETTINGS


def may_anyway(reader: Reader, decision: Decision) -> bool:
    """Say whether the reader could do it without this decision, and so at once: a steward, or for some a partner."""
    membership = reader.membership_in(decision.session.partnership_id)
    return membership is not None and may(membership, needed_for(decision))


def hosts_for_all(reader: Reader, decision: Decision) -> bool:
    """Say whether the reader carries it out as host, by the session's decision: held where every member reads it."""
    session = decision.session
    held_by_all = session.space is not None and session.space.kind == Space.Kind.EVERYONE
    is_open = session.stands and session.folded_at is None
    return held_by_all and is_open and is_looking_again(session) and is_host(reader, session)


def may_carry_out(reader: Reader, decision: Decision) -> bool:
    """Say whether it is the reader's to carry out, now or once it has stood."""
    session = decision.session
    if session.space_id not in reader.spaces or not is_looking_again(session):
        return False
    return may_anyway(reader, decision) or hosts_for_all(reader, decision)


def require_may_carry_out(reader: Reader, decision: Decision) -> None:
    """Raise PermissionDenied for whom it is not, ValidationError where it cannot be carried out now."""
    if not may_carry_out(reader, decision):
        raise PermissionDenied("Neither its host nor who may do it anyway.")
    if not decision.is_written or not decision.changes_something:
        raise ValidationError(_("It changes nothing, so there is nothing to carry out."), code="nothing")
    if decision.is_stopped:
        raise ValidationError(_("Somebody objects to it as it stands, so it is not carried out."), code="stopped")
    if not (decision.has_stood or may_anyway(reader, decision)):
        day = formats.date_format(timezone.localtime(decision.stands_at), "l j F")
        raise ValidationError(
            _("It stands for seven days first, so that everybody can look at it: until %(day)s.") % {"day": day},
            code="early",
        )


def allows(by, partnership: Partnership, decided_in: str, permission: Permission) -> bool:
    """Say whether this person may carry out that decision now as the host of its session.

    Asked by the actions of partnerships for each change that comes with a decision's public id.
    """
    rows = Decision.objects.filter(public_id=decided_in, session__partnership=partnership, carried_out_at=None)
    decision = rows.select_related("session__space").first()
    if decision is None or needed_for(decision) != permission or not decision.is_written:
        return False
    return decision.waits and decision.has_stood and hosts_for_all(Reader(by), decision)


def day_in_force(session: Session) -> date:
    """Return the day from which what it decided holds: its own; where it has not come here yet, today."""
    return min(session.day, timezone.localdate())


def reason_for_all(decision: Decision) -> str:
    """Return what the settings say of why: with the line that was written only where every member reads it anyway."""
    session = decision.session
    words = _("Decided at a session on %(day)s") % {"day": formats.date_format(session.day, "j F Y")}
    if session.space and session.space.kind == Space.Kind.EVERYONE and decision.why:
        return f"{words}: {decision.why}"
    return words
