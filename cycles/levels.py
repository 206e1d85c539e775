"""Whose learning it usually is, by the role from which somebody takes part: proposed, and never enforced."""

from partnerships.models import Membership, Role
from records.models import PersonLevel

# Source: the paper: practitioners learn in the first person, consultants foster second-person learning with the whole
# community, academics build third-person knowledge.
BY_ROLE = {Role.CONSULTANT: PersonLevel.SECOND, Role.ACADEMIC: PersonLevel.THIRD}


def usual_level(membership: Membership | None) -> PersonLevel:
    """Return the level that is proposed to a member: the learning partner's is the second, whatever their role."""
    if membership is None:
        return PersonLevel.FIRST
    held = membership.held_role
    if held.is_learning_partner and held.role != Role.ACADEMIC:
        return PersonLevel.SECOND
    return BY_ROLE.get(Role(held.role), PersonLevel.FIRST)
