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
from .clustering import merge_clusters, name_cluster, put_together, take_out
from .committing import commit, finish_commitment, let_go, take_up_again
from .contributing import change_contribution, contribute, reveal, reveal_writing, show_kept_back
from .feeds import make_feed, switch_feed_off
from .guests import change_as_guest, come_in, delete_as_guest, let_guests_in, shut_guests_out, write_as_guest
from .live import end_session, extend_session, give_minutes, go_to_step
from .looking_again import add_evidence, carry_out, decide, look_again, note_tasks, object_to_decision, remove_evidence
from .noting import answer_carrying, note_outcome, object_to_outcome, propose_outcome
from .photographing import add_photo, take_photo_off
from .series import cancel_following, change_following, move_following, repeat_session
from .sessions import cancel_session, change_session, convene, hand_over_hosting, move_session
from .silent_writing import open_writing
from .supervising import acknowledge, note_supervision
from .unsigned import add_paper_notes, remove_unsigned_note

__all__ = [
    "ItemGone",
    "accept_offer",
    "acknowledge",
    "add_evidence",
    "add_item",
    "add_paper_notes",
    "add_photo",
    "answer_carrying",
    "answer_session",
    "begin_agenda",
    "cancel_following",
    "cancel_session",
    "carry_out",
    "change_agenda",
    "change_as_guest",
    "change_contribution",
    "change_following",
    "change_item",
    "change_session",
    "come_in",
    "commit",
    "contribute",
    "convene",
    "copy_agenda",
    "correct_attendance",
    "decide",
    "decline_offer",
    "delete_as_guest",
    "end_session",
    "extend_session",
    "finish_commitment",
    "give_minutes",
    "go_to_step",
    "hand_over_hosting",
    "let_go",
    "let_guests_in",
    "look_again",
    "make_feed",
    "merge_clusters",
    "move_following",
    "move_item",
    "move_session",
    "name_cluster",
    "note_attendance",
    "note_outcome",
    "note_supervision",
    "note_tasks",
    "object_to_decision",
    "object_to_outcome",
    "offer_item",
    "open_writing",
    "propose_outcome",
    "put_agenda_away",
    "put_together",
    "remove_evidence",
    "remove_item",
    "remove_unsigned_note",
    "repeat_session",
    "reveal",
    "reveal_writing",
    "save_agenda",
    "show_kept_back",
    "shut_guests_out",
    "switch_feed_off",
    "take_offer_back",
    "take_out",
    "take_photo_off",
    "take_up_again",
    "use_agenda_again",
    "write_as_guest",
]
