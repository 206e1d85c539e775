"""What the records of the library say beside their title and text: for former versions, exports, and search."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .models import BoundaryObject, Reading, Whose


def further_words_of_object(found: BoundaryObject) -> dict[str, Any]:
    """Return why it matters, and which of the five it is; its versions are kept in rows of their own."""
    return {"why": found.why, "sort": found.sort}


def further_words_of_reading(reading: Reading) -> dict[str, Any]:
    """Return for whom it was said."""
    said = {"whose": str(Whose(reading.whose).label), "of_version": reading.of_version}
    return said | ({"organisation": reading.organisation.name} if reading.organisation else {})


def words_to_search(records: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """Return why objects matter, by their primary key."""
    rows = BoundaryObject.objects.filter(pk__in=records).values_list("pk", "why")
    return {key: [why] for key, why in rows}
