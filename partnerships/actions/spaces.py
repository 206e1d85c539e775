"""Spaces: opening, leaving, closing. How somebody comes into one is in `admissions`."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.notices import notify
from partnerships import admitting
from partnerships.models import Admission, Membership, Partnership, Space, SpaceMembership
from partnerships.permissions import Permission, membership_of, require
from partnerships.power import questions_among, standing_in

from .admissions import accept_admission


@transaction.atomic
def open_space(
    *,
    partnership: Partnership,
    kind: str,
    by,
    name: str = "",
    purpose: str = "",
    power_statement: str = "",
    asking: Collection[Membership] = (),
    still_peers: bool = False,
) -> Space:
    """Open a space, and ask the first people in; who opens it is its first member, each of the others accepts.

    `still_peers` is the answer to the question that is put where some of them hold power over others of them. Raises
    PermissionDenied for who may not open such a space, ValidationError where it cannot be opened like that.
    """
    power_line = kind == Space.Kind.POWER_LINE
    mine = membership_of(by, partnership)
    require(mine, Permission.OPEN_POWER_LINE if power_line else Permission.OPEN_SPACE)
    if kind in admitting.OF_EVERYBODY:
        raise PermissionDenied("There is one already.")
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    if kind == Space.Kind.ONE_TO_ONE:
        _require_pair(mine, asking)
    else:
        _require_name(partnership, name)
    questions = questions_among([mine, *asking], standing_in(partnership)) if kind == Space.Kind.PEERS else {}
    if questions and not still_peers:
        raise ValidationError(" ".join(questions.values()), code="question")
    space = Space.objects.create(
        partnership=partnership,
        kind=kind,
        name=name,
        purpose=purpose,
        power_statement=power_statement if power_line else "",
        opened_by=by,
        opened_at=timezone.now(),
    )
    SpaceMembership.objects.create(space=space, membership=mine, started_at=space.opened_at)
    for membership in asking:
        _ask_first(space, membership, mine, holds_power=membership.pk in questions)
    record_event(by=by, action="space.open", kind="space", public_id=space.public_id, partnership=partnership.slug)
    return space


@transaction.atomic
def open_one_to_one(*, membership: Membership, by) -> Space:
    """Return the open one to one with this member, opening it where there is none.

    Where the other has opened one and asked, this says yes to it.
    """
    mine = membership_of(by, membership.partnership)
    Partnership.objects.select_for_update().get(pk=mine.partnership_id)
    space = admitting.one_to_one_between(mine, membership)
    if space is None:
        return open_space(partnership=mine.partnership, kind=Space.Kind.ONE_TO_ONE, by=by, asking=[membership])
    asked = space.admissions.pending().filter(membership=mine).first()
    if asked:
        accept_admission(admission=asked, by=by)
    return space


@transaction.atomic
def leave_space(*, space: Space, by) -> None:
    """Leave a space. What one wrote there stays one's own to read; the rest goes dark at the next request."""
    space = admitting.lock(space)
    mine = admitting.inside(space, by)
    SpaceMembership.objects.filter(space=space, membership=mine, ended_at=None).update(ended_at=timezone.now())
    # The question whether one may stay is over as well.
    admitting.lapse(list(space.admissions.pending().filter(membership=mine)))
    admitting.after_going(space)
    record_event(by=by, action="space.leave", kind="space", public_id=space.public_id)


@transaction.atomic
def close_space(*, space: Space, by) -> None:
    """Close a space: nothing more is shared in it, nobody comes in, and what is there stays readable to those inside.

    Raises ValidationError where somebody else has closed it already.
    """
    space = admitting.lock(space)
    admitting.inside(space, by)
    admitting.require_open(space)
    space.closed_at = timezone.now()
    space.save(update_fields=["closed_at"])
    admitting.lapse(list(space.admissions.pending()))
    record_event(by=by, action="space.close", kind="space", public_id=space.public_id)


def _require_pair(mine: Membership, asking: Collection[Membership]) -> None:
    """Raise ValidationError unless it is for one other person, has none yet, and was not refused lately."""
    if len(asking) != 1:
        raise ValidationError(_("A one to one is with one person."))
    (theirs,) = asking
    if admitting.one_to_one_between(mine, theirs):
        raise ValidationError(_("There is one to one with %(name)s already."), params={"name": theirs.person.name})
    asked = Admission.objects.filter(
        space__kind=Space.Kind.ONE_TO_ONE, membership=theirs, asked_by=mine, kind=Admission.Kind.FOUNDING
    )
    refused = asked.refused(Admission.Outcome.DECLINED).order_by("-closed_at").first()
    if refused:
        raise admitting.not_yet(refused)


def _require_name(partnership: Partnership, name: str) -> None:
    """Raise ValidationError for a space without a name, or with the name of another one here."""
    if not name:
        raise ValidationError(_("Give it a name."))
    if partnership.spaces.filter(name__iexact=name, closed_at=None).exists():
        raise ValidationError(_("There is a space of that name here already."), code="name")


def _ask_first(space: Space, membership: Membership, mine: Membership, *, holds_power: bool) -> None:
    """Ask somebody into a space as it opens."""
    admitting.require_outside(space, membership)
    admission = Admission.objects.create(
        space=space,
        membership=membership,
        kind=Admission.Kind.FOUNDING,
        asked_by=mine,
        asked_at=timezone.now(),
        holds_power=holds_power,
    )
    notify(people=[membership.person], kind="asked_in", about=admission.public_id)
