"""Who is a member, in which role, and until when."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships.admitting import ask_again, end_places
from partnerships.decided import require_or_decided
from partnerships.models import HeldRole, Membership, Organisation, Partnership
from partnerships.permissions import Permission, may_end, membership_of, require
from partnerships.power import standing_in
from partnerships.supervision import keep_apart, let_go


@transaction.atomic
def admit_member(
    *,
    partnership: Partnership,
    person,
    role: str,
    by,
    own_words: str = "",
    organisation: Organisation | None = None,
    learning_partner: bool = False,
    steward: bool = False,
) -> Membership:
    """Make the person a member, who reads the everyone space from now on. Duties are a steward's to give."""
    _lock(partnership)
    mine = membership_of(by, partnership)
    require(mine, Permission.LOOK_AFTER_PEOPLE)
    if learning_partner or steward:
        require(mine, Permission.GIVE_DUTIES)
    if partnership.is_draft:
        raise ValidationError(_("A draft has no members but its starter. Open the partnership first."))
    if Membership.objects.of(person).current().filter(partnership=partnership).exists():
        raise ValidationError(_("%(name)s is a member already."), params={"name": person.name})
    membership = Membership.objects.create(person=person, partnership=partnership, started_at=timezone.now())
    membership.begin_role(
        role=role, own_words=own_words, organisation=organisation, learning_partner=learning_partner, steward=steward
    )
    keep_apart(membership)
    record_event(
        by=by,
        action="membership.begin",
        kind="membership",
        public_id=membership.public_id,
        partnership=partnership.slug,
    )
    return membership


@transaction.atomic
def change_role(
    *,
    membership: Membership,
    role: str,
    own_words: str,
    organisation: Organisation | None,
    learning_partner: bool | None = None,
    steward: bool | None = None,
    seen_at: datetime | None = None,
    by,
) -> HeldRole:
    """Close the role held now and begin another, in the same stay: spaces and older records are left alone.

    A duty that is None stays as it is. `seen_at` is when the role began that `by` had looked at: ValidationError with
    the code "stale" where another has begun since. What changes nothing begins no row.
    """
    _lock(membership.partnership)
    mine = membership_of(by, membership.partnership)
    require(mine, Permission.LOOK_AFTER_PEOPLE)
    old = _role_now(membership)
    if seen_at is not None and seen_at != old.started_at:
        raise ValidationError(_("Somebody changed this meanwhile. Please look at it once more."), code="stale")
    now = {
        "role": role,
        "own_words": own_words,
        "organisation": organisation,
        "learning_partner": old.is_learning_partner if learning_partner is None else learning_partner,
        "steward": old.is_steward if steward is None else steward,
    }
    if (old.is_learning_partner, old.is_steward) != (now["learning_partner"], now["steward"]):
        require(mine, Permission.GIVE_DUTIES)
    if old.is_steward and not now["steward"]:
        _keep_a_steward(membership)
    before = standing_in(membership.partnership)
    new = _begin_another(old, now)
    if new != old:
        ask_again(membership.partnership, before=before)
        keep_apart(membership)
        record_event(by=by, action="membership.change_role", kind="membership", public_id=membership.public_id)
    return new


@transaction.atomic
def give_duty(*, membership: Membership, duty: str, decided_in: str = "", by) -> HeldRole:
    """Give a member a duty ("learning_partner" or "steward") beside their role, which stays as it is.

    Stewards do; others where the session's decision of the public id `decided_in` lets them. Raises ValidationError
    where the membership has ended, or a supervisor would stand too near.
    """
    _lock(membership.partnership)
    require_or_decided(by, membership.partnership, Permission.GIVE_DUTIES, decided_in=decided_in)
    before = standing_in(membership.partnership)
    old = _role_now(membership)
    new = _begin_another(old, {duty: True})
    if new != old:
        ask_again(membership.partnership, before=before)
        keep_apart(membership)
        record_event(by=by, action="membership.change_role", kind="membership", public_id=membership.public_id)
    return new


@transaction.atomic
def change_own_words(*, membership: Membership, own_words: str, by) -> HeldRole:
    """Say one's own role in other words. The role itself stays with those who look after people."""
    if by != membership.person:
        raise PermissionDenied("Own words are the person's.")
    _lock(membership.partnership)
    old = _role_now(membership)
    new = _begin_another(old, {"own_words": own_words})
    if new != old:
        record_event(by=by, action="membership.change_own_words", kind="membership", public_id=membership.public_id)
    return new


@transaction.atomic
def hand_over(*, giving: Membership, taking: Membership, by) -> None:
    """Take the duty of learning partner from one member and give it to another, in one go."""
    _lock(giving.partnership)
    require(membership_of(by, giving.partnership), Permission.GIVE_DUTIES)
    if taking.partnership_id != giving.partnership_id:
        raise PermissionDenied("Of another partnership.")
    before, after = _role_now(giving), _role_now(taking)
    if not before.is_learning_partner:
        raise ValidationError(_("%(name)s is no longer learning partner."), params={"name": giving.person.name})
    if after.is_learning_partner:
        raise ValidationError(_("%(name)s is learning partner already."), params={"name": taking.person.name})
    _begin_another(before, {"learning_partner": False})
    _begin_another(after, {"learning_partner": True})
    keep_apart(taking)
    record_event(
        by=by,
        action="membership.hand_over",
        kind="membership",
        public_id=giving.public_id,
        to=taking.public_id,
        partnership=giving.partnership.slug,
    )


@transaction.atomic
def end_membership(*, membership: Membership, by, successor: Membership | None = None) -> None:
    """End a stay now, one's own or (who looks after people) another's. It takes effect at the next request.

    Only a steward ends the stay of somebody with a duty. `successor` becomes steward first: the last steward names one.
    Raises ValidationError where it has ended already, and where nobody would be left to look after people.
    """
    _lock(membership.partnership)
    # Looked at under the lock: of two stewards who end each other, the second is a member no more.
    mine = membership_of(by, membership.partnership)
    membership.refresh_from_db(fields=["ended_at"])
    if not membership.is_current:
        raise ValidationError(_("This membership has ended already."))
    held = _role_now(membership)
    if not may_end(mine, held.membership):
        raise PermissionDenied("May not end this membership.")
    if successor is not None:
        _name_steward(successor, mine=mine)
    if held.is_steward:
        _keep_a_steward(membership)
    now = timezone.now()
    HeldRole.objects.filter(membership=membership, ended_at=None).update(ended_at=now)
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    end_places(membership)
    let_go(membership)
    named = {"steward": successor.public_id} if successor else {}
    record_event(by=by, action="membership.end", kind="membership", public_id=membership.public_id, **named)


def _lock(partnership: Partnership) -> None:
    """Lock the partnership's row, so that two stewards cannot end each other, or give their duty up, at once.

    Not its key: foreign keys are looked at when a transaction ends, and who points at the partnership meanwhile, with
    a person locked whom this one waits for (`keep_apart`), would wait for it as well.
    """
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


def _role_now(membership: Membership) -> HeldRole:
    """Return the role held now, as it is in the database; ValidationError where the stay has ended."""
    held = HeldRole.objects.filter(membership=membership, ended_at=None).select_related("organisation").first()
    if held is None:
        raise ValidationError(_("This membership has ended already."))
    return held


def _begin_another(old: HeldRole, changes: dict) -> HeldRole:
    """Close a role and begin the next, which differs in what is named; the old one where nothing does."""
    as_it_was = {
        "role": old.role,
        "own_words": old.own_words,
        "organisation": old.organisation,
        "learning_partner": old.is_learning_partner,
        "steward": old.is_steward,
    }
    if as_it_was | changes == as_it_was:
        return old
    old.ended_at = timezone.now()
    old.save(update_fields=["ended_at"])
    return old.membership.begin_role(**as_it_was | changes)


def _name_steward(successor: Membership, *, mine: Membership) -> None:
    """Make another member steward, by one."""
    require(mine, Permission.GIVE_DUTIES)
    if successor.partnership_id != mine.partnership_id or successor == mine:
        raise PermissionDenied("Not another member of this partnership.")
    _begin_another(_role_now(successor), {"steward": True})


def _keep_a_steward(leaving: Membership) -> None:
    """Raise ValidationError when nobody else would be steward."""
    if not leaving.other_stewards().exists():
        raise ValidationError(
            _("Name another steward first: somebody has to look after people and settings."), code="last_steward"
        )
