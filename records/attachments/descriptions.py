"""What is said of photos and voice notes for those who cannot see or hear them."""

from collections.abc import Sequence

from records.models import Attachment


def descriptions_of(records: Sequence[int]) -> dict[int, list[str]]:
    """Return the descriptions on each of these records, by its primary key: they are searched with its words."""
    found: dict[int, list[str]] = {}
    rows = Attachment.objects.filter(record__in=records).exclude(description="")
    for record, description in rows.values_list("record", "description"):
        found.setdefault(record, []).append(description)
    return found
