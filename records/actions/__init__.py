"""Changes to records of every kind. `records.placing` knows where one lives."""

from records.versions import AlreadySent, StaleVersion

from .folding import fold, lift, lift_order, put_back, set_aside, set_aside_by_order
from .links import remove_link
from .responding import respond
from .sharing import share, undo_share, withdraw
from .suggestions import answer_suggestion, ask_for_help, decline_to_help, suggest, take_question_back
from .telling import answer_telling_question, ask_about_telling, withdraw_telling_question
from .writing import delete, edit, save_new

__all__ = [
    "AlreadySent",
    "StaleVersion",
    "answer_suggestion",
    "answer_telling_question",
    "ask_about_telling",
    "ask_for_help",
    "decline_to_help",
    "delete",
    "edit",
    "fold",
    "lift",
    "lift_order",
    "put_back",
    "remove_link",
    "respond",
    "save_new",
    "set_aside",
    "set_aside_by_order",
    "share",
    "suggest",
    "take_question_back",
    "undo_share",
    "withdraw",
    "withdraw_telling_question",
]
