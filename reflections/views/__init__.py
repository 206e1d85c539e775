"""Pages of the notebook: writing, reading, and sharing what was written."""

from .notebook import notebook
from .sharing import reflection_share, reflection_undo_share, reflection_withdraw
from .writing import reflection_delete, reflection_detail, reflection_edit, reflection_new

__all__ = [
    "notebook",
    "reflection_delete",
    "reflection_detail",
    "reflection_edit",
    "reflection_new",
    "reflection_share",
    "reflection_undo_share",
    "reflection_withdraw",
]
