"""What hangs on a record beside its columns, and is saved with it in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass

from .models import Record


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a form says beside the record's columns. None leaves a part as it is."""

    tags: Collection[str] | None = None

    def put_on(self, record: Record) -> None:
        """Make the record carry these parts."""
        if self.tags is not None:
            record.tags.set(self.tags)

    def are_on(self, record: Record) -> bool:
        """Say whether the record carries these parts already."""
        return self.tags is None or set(self.tags) == set(record.tags.names())
