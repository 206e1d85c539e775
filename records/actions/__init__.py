"""Changes to records of every kind. `records.placing` knows where one lives."""

from records.versions import AlreadySent, StaleVersion

from .responding import respond
from .sharing import share, undo_share, withdraw
from .writing import delete, edit, save_new

__all__ = [
    "AlreadySent",
    "StaleVersion",
    "delete",
    "edit",
    "respond",
    "save_new",
    "share",
    "undo_share",
    "withdraw",
]
