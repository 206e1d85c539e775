"""Changes that touch several rows of this room. Each is one transaction and leaves one audit event."""

from .admissions import accept_admission, answer_admission, ask_in, ask_to_join, decline_admission
from .agreements import (
    accept_agreement,
    add_study,
    adopt_agreement,
    answer_research,
    change_study,
    draft_agreement,
    end_study,
)
from .concerns import name_contact, send_concern
from .invitations import (
    accept_invitation,
    accept_with_new_account,
    decline_invitation,
    invite,
    invite_all,
    renew_invitation,
    withdraw_invitation,
)
from .mail import choose_mail
from .memberships import admit_member, change_own_words, change_role, end_membership, give_duty, hand_over
from .organisations import add_organisation, affiliate, change_affiliation, edit_organisation, end_affiliation
from .partnerships import describe, end_participation, nest, open_partnership, start_partnership, take_part, throw_away
from .settings import (
    PhaseWord,
    add_resource,
    change_intention,
    change_resource,
    enter_phase,
    open_room,
    put_steps_away,
    remove_resource,
    set_intentions,
    set_talk,
    set_words,
)
from .shelf import add_to_shelf, change_on_shelf, move_on_shelf, take_off_shelf
from .site import change_site_settings
from .spaces import close_space, leave_space, open_one_to_one, open_space
from .supervision import bring_partnerships, forget_meeting, note_meeting

__all__ = [
    "PhaseWord",
    "accept_admission",
    "accept_agreement",
    "accept_invitation",
    "accept_with_new_account",
    "add_organisation",
    "add_resource",
    "add_study",
    "add_to_shelf",
    "admit_member",
    "adopt_agreement",
    "affiliate",
    "answer_admission",
    "answer_research",
    "ask_in",
    "ask_to_join",
    "bring_partnerships",
    "change_affiliation",
    "change_intention",
    "change_on_shelf",
    "change_own_words",
    "change_resource",
    "change_role",
    "change_site_settings",
    "change_study",
    "choose_mail",
    "close_space",
    "decline_admission",
    "decline_invitation",
    "describe",
    "draft_agreement",
    "edit_organisation",
    "end_affiliation",
    "end_membership",
    "end_participation",
    "end_study",
    "enter_phase",
    "forget_meeting",
    "give_duty",
    "hand_over",
    "invite",
    "invite_all",
    "leave_space",
    "move_on_shelf",
    "name_contact",
    "nest",
    "note_meeting",
    "open_one_to_one",
    "open_partnership",
    "open_room",
    "open_space",
    "put_steps_away",
    "remove_resource",
    "renew_invitation",
    "send_concern",
    "set_intentions",
    "set_talk",
    "set_words",
    "start_partnership",
    "take_off_shelf",
    "take_part",
    "throw_away",
    "withdraw_invitation",
]
