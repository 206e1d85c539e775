"""Patterns as the grid of the work shows them: to see what recurs, and keep it, is work of curating."""

from typing import Any

from records.models import Record


def begun() -> Any:
    """Return the keys of all patterns."""
    return Record.objects.filter(kind="pattern").values("pk")


def begun_by(person: Any) -> Any:
    """Return the keys of those that this person wrote down."""
    return begun().filter(author=person)
