"""How somebody comes into a space: asked in by somebody inside, or asking to join; and what those inside say."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.notices import notify
from partnerships import admitting
from partnerships.models import Admission, Membership, Space
from partnerships.permissions import membership_of


@transaction.atomic
def ask_in(*, space: Space, membership: Membership, by, still_peers: bool = False) -> Admission:
    """Ask another member of the partnership in. Only somebody inside may, and all the others there are told.

    Where the person has asked to join, this takes it up. `still_peers` is the answer to the question about somebody
    who would hold power over peers. Raises PermissionDenied for who is not inside, ValidationError where the person
    cannot be asked (now).
    """
    space = admitting.lock(space)
    mine = admitting.inside(space, by)
    admitting.require_open(space)
    if space.kind == Space.Kind.ONE_TO_ONE:
        raise ValidationError(_("A one to one never grows."))
    admitting.require_outside(space, membership)
    admission = space.admissions.pending().filter(membership=membership).first()
    if admission and admission.is_taken_up:
        raise ValidationError(_("%(name)s has been asked in already."), params={"name": membership.person.name})
    if admission is None:
        admitting.require_no_refusal(space, membership, Admission.Outcome.STOPPED, Admission.Outcome.DECLINED)
        admission = Admission(space=space, membership=membership, kind=Admission.Kind.ASKED_IN)
    _take_up(admission, mine, still_peers=still_peers)
    record_event(
        by=by,
        action="admission.ask",
        kind="admission",
        public_id=admission.public_id,
        space=space.public_id,
        membership=membership.public_id,
    )
    return admission


@transaction.atomic
def ask_to_join(*, space: Space, by) -> Admission:
    """Ask to come into a space that the partnership's members know of. It waits until somebody inside takes it up.

    Raises PermissionDenied for who is no member and for spaces that are not to be known, ValidationError where one is
    inside, asked already, or too soon after a no.
    """
    space = admitting.lock(space)
    if space.kind not in admitting.NAMED:
        raise PermissionDenied("Only the two know of it.")
    mine = membership_of(by, admitting.partnership_of(space))
    admitting.require_open(space)
    admitting.require_outside(space, mine)
    if space.admissions.pending().filter(membership=mine).exists():
        raise ValidationError(_("You are being asked in, or have asked already."))
    admitting.require_no_refusal(space, mine, Admission.Outcome.STOPPED)
    now = timezone.now()
    admission = Admission.objects.create(
        space=space, membership=mine, kind=Admission.Kind.ASKED_TO_JOIN, asked_at=now, accepted_at=now
    )
    admitting.tell_inside(admission)
    record_event(
        by=by, action="admission.ask_to_join", kind="admission", public_id=admission.public_id, space=space.public_id
    )
    return admission


@transaction.atomic
def accept_admission(*, admission: Admission, by) -> None:
    """Say yes to coming in, as the one who is asked. It takes effect as `Admission` says; a second yes changes nothing.

    Raises PermissionDenied for everybody else, ValidationError where the question has come to an end meanwhile.
    """
    admission = _locked(admission)
    _require_asked(admission, by)
    if admission.accepted_at and admission.outcome in ("", Admission.Outcome.ADMITTED):
        return
    _require_pending(admission)
    admitting.require_outside(admission.space, admission.membership)
    admission.accepted_at = timezone.now()
    admission.save(update_fields=["accepted_at"])
    admitting.settle(admission)
    record_event(by=by, action="admission.accept", kind="admission", public_id=admission.public_id)


@transaction.atomic
def decline_admission(*, admission: Admission, by) -> None:
    """Say no as the one who is asked, also after a yes while the place has not begun; or take back asking to join."""
    admission = _locked(admission)
    _require_asked(admission, by)
    _require_pending(admission)
    taken_back = admission.kind == Admission.Kind.ASKED_TO_JOIN
    admitting.stop(admission, Admission.Outcome.LAPSED if taken_back else Admission.Outcome.DECLINED)
    record_event(by=by, action="admission.decline", kind="admission", public_id=admission.public_id)


@transaction.atomic
def answer_admission(*, admission: Admission, says_yes: bool, by, still_peers: bool = False) -> None:
    """Say yes or no as somebody inside; one may think again until it is decided. A yes takes a request to join up.

    `still_peers` says that the question about power was put with it. Raises PermissionDenied for who is not inside and
    for the one asked, ValidationError where it is decided already, or where the question was not put.
    """
    admission = _locked(admission)
    mine = admitting.inside(admission.space, by)
    if mine.pk == admission.membership_id or admission.kind == Admission.Kind.FOUNDING:
        raise PermissionDenied("Not asked.")
    _require_pending(admission)
    if says_yes and not admission.is_taken_up:
        _take_up(admission, mine, still_peers=still_peers)
    else:
        if says_yes and admission.holds_power and not still_peers:
            raise ValidationError(admitting.question_in(admission.space, admission.membership), code="question")
        _keep_answer(admission, mine, says_yes=says_yes)
    record_event(by=by, action="admission.answer", kind="admission", public_id=admission.public_id)


def _locked(admission: Admission) -> Admission:
    """Lock what it is about, and return it as it is then."""
    admitting.lock(admission.space)
    return Admission.objects.select_related("space__partnership", "membership__person").get(pk=admission.pk)


def _require_asked(admission: Admission, person) -> None:
    """Raise PermissionDenied unless the person is the one who is asked, and still a member."""
    mine = membership_of(person, admitting.partnership_of(admission.space))
    if mine.pk != admission.membership_id or admission.kind == Admission.Kind.NEW_POWER:
        raise PermissionDenied("Not the one who is asked.")


def _require_pending(admission: Admission) -> None:
    """Raise ValidationError where it is decided."""
    if not admission.is_pending:
        raise ValidationError(_("This has been decided meanwhile."), code="decided")


def _take_up(admission: Admission, mine: Membership, *, still_peers: bool) -> None:
    """Begin the question: its days run from now, and who asks has said yes."""
    question = admitting.question_in(admission.space, admission.membership)
    if question and not still_peers:
        raise ValidationError(question, code="question")
    admission.asked_by, admission.asked_at, admission.holds_power = mine, timezone.now(), bool(question)
    admission.save()
    admitting.tell_inside(admission)
    if admission.accepted_at is None:
        notify(people=[admission.membership.person], kind="asked_in", about=admission.public_id)
    _keep_answer(admission, mine, says_yes=True)


def _keep_answer(admission: Admission, mine: Membership, *, says_yes: bool) -> None:
    """Keep what somebody inside says, and let it take effect."""
    admission.answers.update_or_create(membership=mine, defaults={"says_yes": says_yes, "answered_at": timezone.now()})
    if says_yes:
        admitting.settle(admission)
    else:
        admitting.stop(admission, Admission.Outcome.STOPPED)
