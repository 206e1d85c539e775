"""Changes that touch several rows of this room. Each is one transaction and leaves one audit event."""

from .memberships import admit_member, change_role, end_membership
from .organisations import add_organisation, affiliate
from .partnerships import open_partnership, start_partnership, take_part
from .spaces import admit_to_space, close_space, leave_space, open_space

__all__ = [
    "add_organisation",
    "admit_member",
    "admit_to_space",
    "affiliate",
    "change_role",
    "close_space",
    "end_membership",
    "leave_space",
    "open_partnership",
    "open_space",
    "start_partnership",
    "take_part",
]
