"""What patterns say beside their title and text, as JSON: for former versions; and their words for search."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .models import Pattern


def further_words_of_pattern(pattern: Pattern) -> dict[str, Any]:
    """Return what was looked for and not found; how it stands, and its sources, are kept in rows of their own."""
    return {"looked_for": pattern.looked_for} if pattern.looked_for else {}


def words_to_search(records: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """Return what was looked for, by primary key. Not the lines on sources: these are read only with the source."""
    rows = Pattern.objects.filter(pk__in=records).exclude(looked_for="")
    return {key: [text] for key, text in rows.values_list("pk", "looked_for")}
