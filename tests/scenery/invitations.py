"""What the stage holds about invitations."""

from typing import Any


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
