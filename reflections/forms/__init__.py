"""Writing a note, and sharing it."""

from .note import ReflectionEditForm, ReflectionForm
from .sharing import ShareForm, SpaceForm

__all__ = ["ReflectionEditForm", "ReflectionForm", "ShareForm", "SpaceForm"]
