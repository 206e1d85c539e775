"""Organisations, partnerships, memberships and spaces."""

from .memberships import HeldRole, Membership, Role
from .organisations import Affiliation, Organisation
from .partnerships import Participation, Partnership
from .spaces import Space, SpaceMembership

__all__ = [
    "Affiliation",
    "HeldRole",
    "Membership",
    "Organisation",
    "Participation",
    "Partnership",
    "Role",
    "Space",
    "SpaceMembership",
]
