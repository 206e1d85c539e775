"""What the live page of a running session shows, and how browsers learn that something on it is new."""

from .polling import digest_at, has_all_below_the_band
from .reading import shown

__all__ = ["digest_at", "has_all_below_the_band", "shown"]
