"""What roles and duties may do. Reading is no permission: `Reader` and the one rule decide about it."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied

from .models import HeldRole, Membership


class Permission(StrEnum):
    """One thing that somebody may do in a partnership."""

    WRITE = "write"
    OPEN_SPACE = "open a peers' space or a one to one"
    OPEN_POWER_LINE = "open a space across the power line"
    LOOK_AFTER_PEOPLE = "invite people, end memberships, set roles"
    LOOK_AFTER_SETTINGS = "edit settings"
    GIVE_DUTIES = "give the duty of learning partner or steward"


MEMBER = frozenset({Permission.WRITE, Permission.OPEN_SPACE})
LEARNING_PARTNER = MEMBER | {
    Permission.OPEN_POWER_LINE,
    Permission.LOOK_AFTER_PEOPLE,
    Permission.LOOK_AFTER_SETTINGS,
}
STEWARD = LEARNING_PARTNER | {Permission.GIVE_DUTIES}


def permissions_of(held: HeldRole) -> frozenset[Permission]:
    """Return what comes with a membership and its duties."""
    if held.is_steward:
        return STEWARD
    return LEARNING_PARTNER if held.is_learning_partner else MEMBER


def require(membership: Membership, to: Permission) -> None:
    """Raise PermissionDenied unless the membership lasts and may do this."""
    if not membership.is_current or to not in permissions_of(membership.held_role):
        raise PermissionDenied(f"May not {to}.")
