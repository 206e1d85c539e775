"""Organisations, partnerships, memberships and spaces, and how people come to them."""

from .admissions import Admission, AdmissionAnswer
from .agreements import Acceptance, Agreement, ResearchAnswer, Study
from .intentions import Intention, Resource
from .invitations import Invitation
from .memberships import HeldRole, Membership, Role
from .mutes import Mute
from .organisations import Affiliation, Organisation
from .partnerships import Participation, Partnership
from .phases import Phase, PhaseChange
from .shelf import ShelfItem
from .site import SiteSettings
from .spaces import Space, SpaceMembership
from .supervision import BroughtPartnership, SupervisionMeeting

__all__ = [
    "Acceptance",
    "Admission",
    "AdmissionAnswer",
    "Affiliation",
    "Agreement",
    "BroughtPartnership",
    "HeldRole",
    "Intention",
    "Invitation",
    "Membership",
    "Mute",
    "Organisation",
    "Participation",
    "Partnership",
    "Phase",
    "PhaseChange",
    "ResearchAnswer",
    "Resource",
    "Role",
    "ShelfItem",
    "SiteSettings",
    "Space",
    "SpaceMembership",
    "Study",
    "SupervisionMeeting",
]
