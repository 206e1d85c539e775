"""What the live page of a running session shows, and how browsers learn that something on it is new."""

from .polling import digest_at, is_new_at_the_top_only
from .reading import shown

__all__ = ["digest_at", "is_new_at_the_top_only", "shown"]
