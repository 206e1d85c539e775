"""Changes that touch several rows of this room. Each is one transaction and leaves one audit event."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event

from .models import (
    Affiliation,
    HeldRole,
    Membership,
    Organisation,
    Participation,
    Partnership,
    Space,
    SpaceMembership,
)
from .permissions import Permission, require


def _membership_of(person, partnership: Partnership) -> Membership:
    """Return the person's current membership; PermissionDenied where there is none."""
    membership = Membership.objects.of(person).current().filter(partnership=partnership).first()
    if membership is None:
        raise PermissionDenied("Not a member.")
    return membership


@transaction.atomic
def add_organisation(*, name: str, kind: str, by) -> Organisation:
    """Add an organisation. Only a site admin may."""
    if not by.is_staff:
        raise PermissionDenied("Only a site admin adds organisations.")
    organisation = Organisation.objects.create(name=name, kind=kind)
    record_event(by=by, action="organisation.add", kind="organisation", public_id=organisation.public_id)
    return organisation


@transaction.atomic
def affiliate(*, person, organisation: Organisation, job: str = "", is_admin: bool = False, by) -> Affiliation:
    """Begin a person's time with an organisation. Its admins may, and the site admin, who alone appoints admins."""
    may = Affiliation.objects.of(by).current().filter(organisation=organisation, is_admin=True).exists()
    if not by.is_staff and (is_admin or not may):
        raise PermissionDenied("Not an admin of this organisation.")
    affiliation = Affiliation.objects.create(
        person=person, organisation=organisation, job=job, is_admin=is_admin, started_at=timezone.now()
    )
    record_event(
        by=by,
        action="organisation.affiliate",
        kind="organisation",
        public_id=organisation.public_id,
        person=person.public_id,
        is_admin=is_admin,
    )
    return affiliation


@transaction.atomic
def start_partnership(
    *,
    name: str,
    by,
    role: str,
    own_words: str = "",
    organisation: Organisation | None = None,
    kind: str = Partnership.Kind.LEARNING,
    purpose: str = "",
    parent: Partnership | None = None,
) -> Partnership:
    """Start a draft that only its starter sees. They are its first steward, and it has its everyone space at once."""
    partnership = Partnership(name=name, kind=kind, purpose=purpose, started_by=by)
    partnership.place_within(parent)
    partnership.save()
    now = timezone.now()
    Space.objects.create(partnership=partnership, kind=Space.Kind.EVERYONE, opened_by=by, opened_at=now)
    membership = Membership.objects.create(person=by, partnership=partnership, started_at=now)
    membership.begin_role(role=role, own_words=own_words, organisation=organisation, steward=True)
    record_event(by=by, action="partnership.start", kind="partnership", public_id=partnership.slug)
    return partnership


@transaction.atomic
def open_partnership(*, partnership: Partnership, by) -> None:
    """Make a draft visible to those who are, and will be, its members."""
    require(_membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    partnership.opened_at = timezone.now()
    partnership.save(update_fields=["opened_at"])
    record_event(by=by, action="partnership.open", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def take_part(
    *, partnership: Partnership, organisation: Organisation, ways: list[str], in_words: str = "", by
) -> Participation:
    """Say how an organisation takes part. `ways` are names of Participation's fields, such as "hosts"."""
    require(_membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    flags = {way: way in ways for way in Participation.WORDS}
    participation, _made = Participation.objects.update_or_create(
        partnership=partnership, organisation=organisation, defaults={**flags, "in_words": in_words}
    )
    record_event(
        by=by,
        action="partnership.take_part",
        kind="partnership",
        public_id=partnership.slug,
        organisation=organisation.public_id,
    )
    return participation


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
    mine = _membership_of(by, partnership)
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
    mine = _membership_of(by, membership.partnership)
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
        require(_membership_of(by, membership.partnership), Permission.LOOK_AFTER_PEOPLE)
    if not membership.is_current:
        raise ValidationError(_("This membership has ended already."))
    # Locks the row of the partnership, so that two stewards cannot end each other at once.
    Partnership.objects.select_for_update().get(pk=membership.partnership_id)
    if membership.held_role.is_steward:
        _keep_a_steward(membership)
    now = timezone.now()
    HeldRole.objects.filter(membership=membership, ended_at=None).update(ended_at=now)
    places = SpaceMembership.objects.filter(membership=membership, ended_at=None)
    spaces = list(Space.objects.filter(pk__in=places.values("space")))
    places.update(ended_at=now)
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    for space in spaces:
        _close_if_empty(space)
    record_event(by=by, action="membership.end", kind="membership", public_id=membership.public_id)


def _keep_a_steward(leaving: Membership) -> None:
    """Raise ValidationError when nobody else would be steward."""
    others = HeldRole.objects.current().filter(
        is_steward=True,
        membership__in=Membership.objects.current().filter(partnership=leaving.partnership_id),
    )
    if not others.exclude(membership=leaving).exists():
        raise ValidationError(_("Name another steward first: somebody has to look after people and settings."))


@transaction.atomic
def open_space(
    *, partnership: Partnership, kind: str, by, name: str = "", purpose: str = "", power_statement: str = ""
) -> Space:
    """Open a space; who opens it is its first member."""
    mine = _membership_of(by, partnership)
    power_line = kind == Space.Kind.POWER_LINE
    require(mine, Permission.OPEN_POWER_LINE if power_line else Permission.OPEN_SPACE)
    now = timezone.now()
    space = Space.objects.create(
        partnership=partnership,
        kind=kind,
        name=name,
        purpose=purpose,
        power_statement=power_statement if power_line else "",
        opened_by=by,
        opened_at=now,
    )
    SpaceMembership.objects.create(space=space, membership=mine, started_at=now)
    record_event(by=by, action="space.open", kind="space", public_id=space.public_id, partnership=partnership.slug)
    return space


@transaction.atomic
def admit_to_space(*, space: Space, membership: Membership, by) -> SpaceMembership:
    """Let another member of the same partnership into the space. Only somebody who is in it may; no duty adds anybody.

    Raises PermissionDenied for who is not in it, ValidationError where the space cannot take the person.
    """
    Space.objects.select_for_update().get(pk=space.pk)
    if space.kind in (Space.Kind.EVERYONE, Space.Kind.WIDER_FIELD) or not space.members().filter(person=by).exists():
        raise PermissionDenied("Not in this space.")
    if not space.is_open:
        raise ValidationError(_("This space is closed."))
    if membership.partnership_id != space.partnership_id or not membership.is_current:
        raise ValidationError(_("Only members of this partnership can come in."))
    if space.members().filter(pk=membership.pk).exists():
        raise ValidationError(_("%(name)s is in this space already."), params={"name": membership.person.name})
    if space.kind == Space.Kind.ONE_TO_ONE and space.places.count() >= 2:
        raise ValidationError(_("A one to one never grows."))
    place = SpaceMembership.objects.create(space=space, membership=membership, started_at=timezone.now())
    record_event(by=by, action="space.admit", kind="space", public_id=space.public_id, membership=membership.public_id)
    return place


@transaction.atomic
def leave_space(*, space: Space, by) -> None:
    """Leave a space. What one wrote there stays one's own to read; the rest goes dark at the next request."""
    now = timezone.now()
    left = SpaceMembership.objects.filter(space=space, membership__person=by, ended_at=None).update(ended_at=now)
    if not left:
        raise PermissionDenied("Not in this space.")
    _close_if_empty(space)
    record_event(by=by, action="space.leave", kind="space", public_id=space.public_id)


def _close_if_empty(space: Space) -> None:
    """Close a space that nobody is in: nobody could ever be asked in again."""
    if space.is_open and not space.members().exists():
        space.closed_at = timezone.now()
        space.save(update_fields=["closed_at"])


@transaction.atomic
def close_space(*, space: Space, by) -> None:
    """Close a space: nothing more is shared in it, and what is there stays readable to those inside."""
    if space.kind in (Space.Kind.EVERYONE, Space.Kind.WIDER_FIELD) or not space.members().filter(person=by).exists():
        raise PermissionDenied("Not in this space.")
    space.closed_at = timezone.now()
    space.save(update_fields=["closed_at"])
    record_event(by=by, action="space.close", kind="space", public_id=space.public_id)
