"""Notes, and the prompts that a partnership has of its own."""

from .prompts import PromptSet, PromptSetVersion
from .reflection import Reflection, WhereOneLooks

__all__ = ["PromptSet", "PromptSetVersion", "Reflection", "WhereOneLooks"]
