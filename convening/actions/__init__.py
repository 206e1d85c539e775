"""Changes to sessions and what belongs to them."""

from .agenda import (
    ItemGone,
    add_item,
    begin_agenda,
    change_item,
    copy_agenda,
    move_item,
    remove_item,
)
from .agenda_offers import accept_offer, decline_offer, offer_item, take_offer_back
from .agenda_templates import change_agenda, put_agenda_away, save_agenda, use_agenda_again
from .answering import answer_session
from .attending import correct_attendance, note_attendance
from .committing import commit, finish_commitment, let_go, take_up_again
from .contributing import contribute, reveal, show_kept_back
from .feeds import make_feed, switch_feed_off
from .looking_again import add_evidence, carry_out, decide, look_again, note_tasks, object_to_decision, remove_evidence
from .noting import answer_carrying, note_outcome, object_to_outcome, propose_outcome
from .series import cancel_following, change_following, move_following, repeat_session
from .sessions import cancel_session, change_session, convene, hand_over_hosting, move_session
from .supervising import acknowledge, note_supervision

__all__ = [
    "ItemGone",
    "accept_offer",
    "acknowledge",
    "add_evidence",
    "add_item",
    "answer_carrying",
    "answer_session",
    "begin_agenda",
    "cancel_following",
    "cancel_session",
    "carry_out",
    "change_agenda",
    "change_following",
    "change_item",
    "change_session",
    "commit",
    "contribute",
    "convene",
    "copy_agenda",
    "correct_attendance",
    "decide",
    "decline_offer",
    "finish_commitment",
    "hand_over_hosting",
    "let_go",
    "look_again",
    "make_feed",
    "move_following",
    "move_item",
    "move_session",
    "note_attendance",
    "note_outcome",
    "note_supervision",
    "note_tasks",
    "object_to_decision",
    "object_to_outcome",
    "offer_item",
    "propose_outcome",
    "put_agenda_away",
    "remove_evidence",
    "remove_item",
    "repeat_session",
    "reveal",
    "save_agenda",
    "show_kept_back",
    "switch_feed_off",
    "take_offer_back",
    "take_up_again",
    "use_agenda_again",
]
