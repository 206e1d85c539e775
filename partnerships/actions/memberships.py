"""Who is a member, in which role, and until when."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships.models import HeldRole, Membership, Organisation, Partnership, Space, SpaceMembership
from partnerships.permissions import Permission, membership_of, require


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
    learning_partner: bool,
    steward: bool,
    by,
) -> HeldRole:
    """Close the role held now and begin another, in the same stay: spaces and older records are left alone."""
    mine = membership_of(by, membership.partnership)
    require(mine, Permission.LOOK_AFTER_PEOPLE)
    # Locks the row of the partnership, so that two stewards cannot give their duty up at once.
    Partnership.objects.select_for_update().get(pk=membership.partnership_id)
    old = HeldRole.objects.select_for_update().get(membership=membership, ended_at=None)
    if (old.is_learning_partner, old.is_steward) != (learning_partner, steward):
        require(mine, Permission.GIVE_DUTIES)
    if old.is_steward and not steward:
        _keep_a_steward(membership)
    old.ended_at = timezone.now()
    old.save(update_fields=["ended_at"])
    new = membership.begin_role(
        role=role, own_words=own_words, organisation=organisation, learning_partner=learning_partner, steward=steward
    )
    record_event(by=by, action="membership.change_role", kind="membership", public_id=membership.public_id)
    return new


@transaction.atomic
def end_membership(*, membership: Membership, by) -> None:
    """End a stay, one's own or (who looks after people) another's. It takes effect at the next request."""
    if by != membership.person:
        require(membership_of(by, membership.partnership), Permission.LOOK_AFTER_PEOPLE)
    if not membership.is_current:
        raise ValidationError(_("This membership has ended already."))
    # Locks the row of the partnership, so that two stewards cannot end each other at once.
    Partnership.objects.select_for_update().get(pk=membership.partnership_id)
    if membership.held_role.is_steward:
        _keep_a_steward(membership)
    now = timezone.now()
    HeldRole.objects.filter(membership=membership, ended_at=None).update(ended_at=now)
    # A place that was to begin in the days to come never does.
    SpaceMembership.objects.filter(membership=membership, started_at__gt=now).delete()
    places = SpaceMembership.objects.filter(membership=membership, ended_at=None)
    spaces = list(Space.objects.filter(pk__in=places.values("space")))
    places.update(ended_at=now)
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    for space in spaces:
        space.close_if_empty()
    record_event(by=by, action="membership.end", kind="membership", public_id=membership.public_id)


def _keep_a_steward(leaving: Membership) -> None:
    """Raise ValidationError when nobody else would be steward."""
    others = HeldRole.objects.current().filter(
        is_steward=True,
        membership__in=Membership.objects.current().filter(partnership=leaving.partnership_id),
    )
    if not others.exclude(membership=leaving).exists():
        raise ValidationError(_("Name another steward first: somebody has to look after people and settings."))
