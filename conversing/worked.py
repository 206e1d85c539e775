"""Tensions and conversations as the grid of the work shows them: to name and to begin them is work of conversing."""

from typing import Any

from records.models import Record

KINDS = ("tension", "conversation")


def begun() -> Any:
    """Return the keys of all tensions and conversations."""
    return Record.objects.filter(kind__in=KINDS).values("pk")


def begun_by(person: Any) -> Any:
    """Return the keys of those that this person began."""
    return begun().filter(author=person)
