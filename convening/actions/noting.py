"""Noting what came of a session, and agreeing on it."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.after import news
from convening.after.outcomes import why_fixed
from convening.models import Attendee, Carrying, Objection, Outcome, OutcomeVersion, Session
from convening.models.outcomes import BOXES
from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records.placing import require_place
from records.search import index
from records.versions import AlreadySent, StaleVersion

# As long as somebody is away on a long holiday, and no longer.
MOST_DAYS = 60


@transaction.atomic
def note_outcome(*, session: Session, version: int, words: dict[str, str], by, key: str) -> Outcome:
    """Write down what came of a session, or amend it; `version` is 0 where nothing was noted yet.

    Anybody in its space does, from its start on; once it is proposed, its host alone, and amending takes the proposal
    back: nobody agrees to what they did not see. Raises StaleVersion where somebody saved it meanwhile, ValidationError
    where it is agreed, AlreadySent for other words under a used key.
    """
    locked, outcome = _locked(session, by)
    is_new = Draft.use(author=by, key=key, form="outcome")
    if outcome and (outcome.words == words or (not is_new and _wrote_before(outcome, words, by))):
        return outcome
    if not is_new:
        raise AlreadySent
    _require_begun(locked)
    if locked.space:
        require_place(Reader(by), locked.space)
    _require_open(locked, outcome, by)
    if (outcome.version if outcome else 0) != version:
        raise StaleVersion
    if outcome is None:
        outcome = Outcome.objects.create(session=locked, written_by=by, written_at=timezone.now(), **words)
    else:
        _amend(outcome, words, by)
    index.write(locked)
    record_event(by=by, action="session.note_outcome", kind="session", public_id=locked.public_id)
    return outcome


@transaction.atomic
def propose_outcome(*, session: Session, version: int, last_day: date, by) -> Outcome:
    """Propose what is noted, by the host: agreed unless somebody objects until the end of that day, where it is.

    All in the space are told. Raises StaleVersion where it was changed meanwhile, ValidationError where there is
    nothing to propose, somebody objects, it is agreed, or the day is not between tomorrow and sixty days from now.
    """
    locked, outcome = _locked(session, by)
    if not is_host(Reader(by), locked):
        raise PermissionDenied("Not its host.")
    _require_begun(locked)
    if outcome is None:
        raise ValidationError(_("Nothing is noted yet. Write down first what came of it."), code="nothing")
    if outcome.is_agreed:
        raise ValidationError(_("It is agreed already."), code="agreed")
    if outcome.version != version:
        raise StaleVersion
    if outcome.is_objected_to:
        raise ValidationError(_("Somebody objects. Amend it first, then propose it again."), code="objected")
    agrees_at = _end_of(last_day, locked)
    if outcome.agrees_at == agrees_at:
        return outcome
    if outcome.agrees_at and agrees_at < outcome.agrees_at:
        raise ValidationError(_("People were told of a later day. It can be put off, and not brought forward."))
    _require_day(last_day, locked)
    outcome.proposed_by, outcome.proposed_at, outcome.agrees_at = by, timezone.now(), agrees_at
    outcome.save(update_fields=["proposed_by", "proposed_at", "agrees_at"])
    news.tell_of_proposal(locked, by=by)
    record_event(by=by, action="session.propose", kind="session", public_id=locked.public_id)
    return outcome


@transaction.atomic
def object_to_outcome(*, session: Session, version: int, text: str, by, key: str) -> Objection:
    """Object to an outcome as it is proposed, with a line: it is not agreed until the host has amended it.

    Anybody in the space does, until the end of its day. Raises StaleVersion where it was amended meanwhile, and
    ValidationError where it is agreed, or not proposed.
    """
    locked, outcome = _locked(session, by)
    if not Draft.use(author=by, key=key, form="objection"):
        made = outcome.objections.filter(person=by, text=text).first() if outcome else None
        if made:
            return made
        raise AlreadySent
    if outcome and outcome.is_agreed:
        raise ValidationError(
            _("It is agreed, and its words are fixed. What you wrote is kept for you: bring it to the next session."),
            code="agreed",
        )
    if outcome and outcome.version != version:
        raise StaleVersion
    if outcome is None or not outcome.takes_objections:
        raise ValidationError(_("It is not proposed now, so there is nothing to object to yet."), code="not_proposed")
    objection = Objection.objects.create(
        outcome=outcome, version=outcome.version, person=by, text=text, made_at=timezone.now()
    )
    if outcome.stopped_at is None:
        outcome.stopped_at = objection.made_at
        outcome.save(update_fields=["stopped_at"])
    record_event(by=by, action="session.object", kind="session", public_id=locked.public_id)
    return objection


@transaction.atomic
def answer_carrying(*, session: Session, may_travel: bool, by) -> Carrying:
    """Say whether an agreed outcome may be carried further, nobody named: each who was there, changeable."""
    locked, outcome = _locked(session, by)
    if not Attendee.objects.filter(session=locked, person=by, attended=True).exists():
        raise PermissionDenied("Was not there.")
    if outcome is None or not outcome.is_agreed:
        raise ValidationError(_("It is not agreed yet. You are asked once it is."), code="not_agreed")
    answer, _made = Carrying.objects.update_or_create(
        outcome=outcome, person=by, defaults={"may_travel": may_travel, "answered_at": timezone.now()}
    )
    record_event(by=by, action="session.carry", kind="session", public_id=locked.public_id)
    return answer


def _require_begun(session: Session) -> None:
    """Raise ValidationError where the session has not begun, or does not take place."""
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nothing came of it."), code="cancelled")
    if not session.has_started:
        raise ValidationError(_("This session has not begun yet."), code="early")


def _locked(session: Session, by) -> tuple[Session, Outcome | None]:
    """Return session and outcome, held against all who write to either; PermissionDenied outside the space."""
    locked = Session.objects.held(session.pk)
    if locked.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    outcome = Outcome.objects.select_for_update().filter(session=locked).first()
    if outcome:
        outcome.session = locked
    return locked, outcome


def _require_open(session: Session, outcome: Outcome | None, by) -> None:
    words = why_fixed(outcome, is_host=is_host(Reader(by), session))
    if words:
        raise ValidationError(words, code="fixed")


def _wrote_before(outcome: Outcome, words: dict[str, str], by) -> bool:
    return any(row.words == words for row in outcome.versions.filter(written_by=by))


def _amend(outcome: Outcome, words: dict[str, str], by) -> None:
    """Keep what it says as a former version, and put the new words in its place, by whoever comes first."""
    former = {
        "number": outcome.version,
        "words": outcome.words,
        "written_by_id": outcome.written_by_id,
        "written_at": outcome.written_at,
        "was_proposed": outcome.is_proposed,
    }
    # The row is held; this is for whoever writes without holding it.
    if not Outcome.objects.filter(pk=outcome.pk, version=outcome.version).update(version=F("version") + 1):
        raise StaleVersion
    OutcomeVersion.objects.create(outcome=outcome, **former)
    outcome.version += 1
    outcome.take_proposal_back()
    outcome.written_by, outcome.written_at = by, timezone.now()
    for name in BOXES:
        setattr(outcome, name, words[name])
    outcome.save()


def _end_of(day: date, session: Session) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), session.tzinfo)


def _require_day(last_day: date, session: Session) -> None:
    today = timezone.now().astimezone(session.tzinfo).date()
    if last_day <= today:
        raise ValidationError(_("Choose a day from tomorrow on, so that people can look at it."), code="too_soon")
    if last_day > today + timedelta(days=MOST_DAYS):
        raise ValidationError(_("That is too far away. Choose a day within sixty days."), code="too_late")
