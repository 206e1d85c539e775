"""Looking again: noting what becomes of each intention, its evidence, deciding, objecting, and carrying it out."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.access import is_host
from convening.looking import news
from convening.looking.notes import change_note, held_for_notes, wrote_before
from convening.looking.rules import (
    day_in_force,
    is_looking_again,
    reason_for_all,
    require_may_carry_out,
)
from convening.models import Decision, DecisionObjection, Evidence, Session, TasksNow
from desk.audit import record_event
from desk.models import Draft
from partnerships import actions as partnership_actions
from partnerships.models import Intention, Membership, Phase
from partnerships.reader import Reader
from records.models import Record
from records.versions import AlreadySent, StaleVersion


@transaction.atomic
def look_again(
    *, session: Session, intention: Intention, version: int, words: dict[str, str], by, key: str
) -> Decision:
    """Write what a session says of an intention: `words` are verdict, new_words, unintended and why.

    Anybody in its space does, from its start on, until it is carried out; `version` is 0 where nothing is written yet.
    Nothing of the intention changes by it. Raises StaleVersion, AlreadySent, ValidationError, PermissionDenied.
    """
    locked = _held(session, by)
    if intention.partnership_id != locked.partnership_id:
        raise PermissionDenied("Of another partnership.")
    row = Decision.objects.filter(session=locked, intention=intention).first()
    is_new = Draft.use(author=by, key=key, form="looking-again")
    if (
        row
        and row.is_written
        and (row.words == words or (not is_new and wrote_before(locked, row.public_id, words, by)))
    ):
        return row
    if not is_new:
        raise AlreadySent
    if row and row.is_carried_out:
        raise ValidationError(
            _("It was carried out, and its words are fixed. What you typed is kept for you."), code="carried_out"
        )
    row = row or _unwritten(locked, intention, by)
    change_note(row, session=locked, part=row.public_id, version=version, words=words, by=by)
    row.stopped_at = None
    row.save()
    news.tell_of_decision(row, by=by)
    record_event(by=by, action="session.look_again", kind="session", public_id=locked.public_id)
    return row


@transaction.atomic
def add_evidence(*, session: Session, intention: Intention, record: Record, by) -> Evidence:
    """Link a record that one reads to an intention. It opens nothing to anybody. Adding it twice is adding it once."""
    locked = _held(session, by)
    readable = Record.objects.visible_to(Reader(by)).with_words_for(Reader(by)).shared().in_stream()
    if intention.partnership_id != locked.partnership_id or not readable.filter(pk=record.pk).exists():
        raise PermissionDenied("Not readable, or of another partnership.")
    row = Decision.objects.filter(session=locked, intention=intention).first()
    if row is None:
        row = _unwritten(locked, intention, by)
        row.save()
    evidence, made = Evidence.objects.get_or_create(
        decision=row, record_id=record.pk, defaults={"added_by": by, "added_at": timezone.now()}
    )
    if made:
        record_event(by=by, action="session.add_evidence", kind="session", public_id=locked.public_id)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by) -> None:
    """Take a record off as evidence: by who added it, or the host. The record stays as it is."""
    locked = _held(evidence.decision.session, by)
    if evidence.added_by_id != by.pk and not is_host(Reader(by), locked):
        raise PermissionDenied("Neither who added it, nor the host.")
    if Evidence.objects.filter(pk=evidence.pk).delete()[0]:
        record_event(by=by, action="session.remove_evidence", kind="session", public_id=locked.public_id)


@transaction.atomic
def decide(
    *,
    session: Session,
    about: str,
    phase: Phase | None = None,
    member: Membership | None = None,
    why: str,
    by,
    key: str,
) -> Decision:
    """Write down a decision on the phase, or on who holds a duty. It changes nothing until somebody carries it out.

    Raises ValidationError for a phase or a member of another partnership, AlreadySent for other words under a used key.
    """
    locked = _held(session, by)
    chosen: dict[str, Any] = {"about": about, "member": member, "why": why}
    if phase:
        chosen |= {"phase_key": phase.key, "phase_word": phase.word}
    if not Draft.use(author=by, key=key, form="decision"):
        made = Decision.objects.filter(session=locked, submission=key, **chosen).first()
        if made:
            return made
        raise AlreadySent
    if (phase or member) is None or any(
        row.partnership_id != locked.partnership_id for row in (phase, member) if row is not None
    ):
        raise ValidationError(_("That is not of this partnership. Choose once more."), code="elsewhere")
    decision = Decision.objects.create(
        session=locked, submission=key, written_by=by, written_at=timezone.now(), **chosen
    )
    news.tell_of_decision(decision, by=by)
    record_event(by=by, action="session.decide", kind="session", public_id=locked.public_id)
    return decision


@transaction.atomic
def object_to_decision(*, decision: Decision, version: int, text: str, by, key: str) -> DecisionObjection:
    """Object to a decision as it stands, with a line: it is not carried out like this. Anybody in the space does.

    Raises StaleVersion where it says something else by now, ValidationError where it was carried out already.
    """
    locked = _held(decision.session, by)
    row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not Draft.use(author=by, key=key, form="decision-objection"):
        made = row.objections.filter(person=by, text=text).first()
        if made:
            return made
        raise AlreadySent
    if row.is_carried_out:
        raise ValidationError(
            _("It was carried out already. Your words are kept for you: bring them to the next session."),
            code="carried_out",
        )
    if row.version != version:
        raise StaleVersion
    if not row.changes_something:
        raise ValidationError(_("It changes nothing, so there is nothing to object to."), code="nothing")
    objection = DecisionObjection.objects.create(
        decision=row, version=row.version, person=by, text=text, made_at=timezone.now()
    )
    if row.stopped_at is None:
        row.stopped_at = objection.made_at
        row.save(update_fields=["stopped_at"])
    record_event(by=by, action="session.object_to_decision", kind="session", public_id=locked.public_id)
    return objection


@transaction.atomic
def carry_out(*, decision: Decision, version: int, by) -> Decision:
    """Carry out what a session decided, by who may do that anyway, or by its host once it has stood (decision 0017).

    An intention gets its successor or ends, a phase begins on the session's day, a member gets a duty; each by the
    action of partnerships, which asks again whether this person may. Doing it twice is doing it once. Raises
    PermissionDenied, StaleVersion, ValidationError.
    """
    locked = _held(decision.session, by)
    row = Decision.objects.select_for_update(of=("self",)).select_related("intention", "member").get(pk=decision.pk)
    row.session = locked
    require_may_carry_out(Reader(by), row)
    if row.is_carried_out:
        return row
    if row.version != version:
        raise StaleVersion
    decided_in = row.public_id
    if row.intention:
        row.successor = partnership_actions.change_intention(
            intention=row.intention, text=row.new_words, decided_in=decided_in, by=by
        )
    elif row.member:
        partnership_actions.give_duty(membership=row.member, duty=row.about, decided_in=decided_in, by=by)
    else:
        row.phase_change = _enter(row, by=by)
    row.carried_out_by, row.carried_out_at = by, timezone.now()
    row.save(update_fields=["successor", "phase_change", "carried_out_by", "carried_out_at"])
    record_event(by=by, action="session.carry_out", kind="session", public_id=locked.public_id)
    return row


def _enter(decision: Decision, *, by):
    phase = Phase.objects.filter(partnership=decision.session.partnership_id, key=decision.phase_key).first()
    if phase is None:
        raise ValidationError(_("This phase was taken out of the settings meanwhile."), code="gone")
    return partnership_actions.enter_phase(
        partnership=phase.partnership,
        phase=phase,
        began_on=day_in_force(decision.session),
        reason=reason_for_all(decision),
        decided_in=decision.public_id,
        by=by,
    )


@transaction.atomic
def note_tasks(*, session: Session, version: int, answers: list[dict[str, str]], by, key: str) -> TasksNow:
    """Write who does the partnership's learning work now; `version` is 0 where nothing is written at this session."""
    locked = _held(session, by)
    row = TasksNow.objects.filter(session=locked).first()
    is_new = Draft.use(author=by, key=key, form="tasks")
    words = {"answers": answers}
    if row and (row.answers == answers or (not is_new and wrote_before(locked, "tasks", words, by))):
        return row
    if not is_new:
        raise AlreadySent
    row = row or TasksNow(session=locked, version=0)
    change_note(row, session=locked, part="tasks", version=version, words=words, by=by)
    row.save()
    record_event(by=by, action="session.note_tasks", kind="session", public_id=locked.public_id)
    return row


def _held(session: Session, by) -> Session:
    locked = held_for_notes(session, by)
    if not is_looking_again(locked):
        raise PermissionDenied("No occasion to look again.")
    return locked


def _unwritten(session: Session, intention: Intention, by) -> Decision:
    about = Decision.About.INTENTION
    return Decision(
        session=session, about=about, intention=intention, version=0, written_by=by, written_at=timezone.now()
    )
