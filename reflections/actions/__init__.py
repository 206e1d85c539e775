"""Writing notes, and what a partnership has of its own to write with."""

from .prompts import change_prompts, offer_prompts, retire_prompts, use_prompts_again
from .writing import share_with_one, write

__all__ = ["change_prompts", "offer_prompts", "retire_prompts", "share_with_one", "use_prompts_again", "write"]
