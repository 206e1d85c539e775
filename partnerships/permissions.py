"""What roles and duties may do. Reading is no permission: `Reader` and the one rule decide about it."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied

from .models import Affiliation, HeldRole, Membership, Partnership
from .models.site import site_settings


class Permission(StrEnum):
    """One thing that somebody may do in a partnership."""

    WRITE = "write"
    OPEN_SPACE = "open a peers' space or a one to one"
    OPEN_POWER_LINE = "open a space across the power line"
    LOOK_AFTER_PEOPLE = "invite people, end memberships, set roles"
    LOOK_AFTER_SETTINGS = "edit settings, intentions, what this takes, agreement drafts, phase"
    GIVE_DUTIES = "give the duty of learning partner or steward"
    ADOPT_AGREEMENT = "adopt an agreement version"
    SEE_ACCEPTANCES = "see who has accepted the agreement"
    SET_WORDS_ASIDE = "set words aside in the spaces one is in, and put folded ones back once their author is gone"


MEMBER = frozenset({Permission.WRITE, Permission.OPEN_SPACE})
LEARNING_PARTNER = MEMBER | {
    Permission.OPEN_POWER_LINE,
    Permission.LOOK_AFTER_PEOPLE,
    Permission.LOOK_AFTER_SETTINGS,
}
STEWARD = LEARNING_PARTNER | {
    Permission.GIVE_DUTIES,
    Permission.ADOPT_AGREEMENT,
    Permission.SEE_ACCEPTANCES,
    Permission.SET_WORDS_ASIDE,
}


def permissions_of(held: HeldRole) -> frozenset[Permission]:
    """Return what comes with a membership and its duties."""
    if held.is_steward:
        return STEWARD
    return LEARNING_PARTNER if held.is_learning_partner else MEMBER


def may(membership: Membership, to: Permission) -> bool:
    """Say whether the membership lasts and may do this."""
    return membership.is_current and to in permissions_of(membership.held_role)


def require(membership: Membership, to: Permission) -> None:
    """Raise PermissionDenied unless the membership lasts and may do this."""
    if not may(membership, to):
        raise PermissionDenied(f"May not {to}.")


def may_end(mine: Membership, membership: Membership) -> bool:
    """Say whether one may end this membership: one's own, or as who looks after people; a duty only a steward ends."""
    if mine == membership:
        return True
    return may(mine, Permission.GIVE_DUTIES if membership.held_role.has_duty else Permission.LOOK_AFTER_PEOPLE)


def membership_of(person, partnership: Partnership) -> Membership:
    """Return the person's current membership; PermissionDenied where there is none."""
    membership = Membership.objects.of(person).current().filter(partnership=partnership).first()
    if membership is None:
        raise PermissionDenied("Not a member.")
    return membership


def administers(person, organisation=None) -> bool:
    """Say whether the person is an admin of the organisation, or of any where none is named."""
    mine = Affiliation.objects.of(person).current().filter(is_admin=True)
    return (mine.filter(organisation=organisation) if organisation else mine).exists()


def may_start(person) -> bool:
    """Say whether the person may start a partnership.

    Who carries a duty may, as may admins; others where the site or their organisation allows it.
    """
    if person.is_staff or site_settings().members_may_start:
        return True
    mine = Affiliation.objects.of(person).current()
    if mine.filter(is_admin=True).exists() or mine.filter(organisation__members_may_start=True).exists():
        return True
    return Membership.objects.of(person).current().with_duty().exists()
