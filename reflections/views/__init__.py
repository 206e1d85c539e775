"""Pages of the notebook: writing, reading, and sharing what was written."""

from .notebook import notebook
from .prompts import (
    lens_new,
    prompt_card,
    prompt_detail,
    prompt_edit,
    prompt_list,
    prompt_new,
    prompt_retire,
    prompt_settings,
    prompt_version,
)
from .sharing import reflection_share, reflection_undo_share, reflection_withdraw
from .writing import reflection_delete, reflection_detail, reflection_edit, reflection_new

__all__ = [
    "lens_new",
    "notebook",
    "prompt_card",
    "prompt_detail",
    "prompt_edit",
    "prompt_list",
    "prompt_new",
    "prompt_retire",
    "prompt_settings",
    "prompt_version",
    "reflection_delete",
    "reflection_detail",
    "reflection_edit",
    "reflection_new",
    "reflection_share",
    "reflection_undo_share",
    "reflection_withdraw",
]
