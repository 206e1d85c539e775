"""What hangs on a record beside its columns, and is saved with it in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from partnerships.reader import Reader

from .attachments.said import Files
from .links import sources_for
from .models import Link, Record
from .telling import Agreement


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a form says beside the record's columns. None leaves a part as it is."""

    tags: Collection[str] | None = None
    # What it grew from; only of a new record.
    grown_from: Collection[Record] = ()
    telling: Agreement | None = None
    # Put on by `attach_files`, since whose they are is asked.
    files: Files | None = None

    def put_on(self, record: Record) -> None:
        """Make the record carry these parts."""
        if self.tags is not None:
            record.tags.set(self.tags)
        if self.grown_from:
            self._link(record)
        if self.telling is not None:
            self.telling.put_on(record)

    def are_on(self, record: Record) -> bool:
        """Say whether the record carries these parts already."""
        same_telling = self.telling is None or self.telling.is_on(record)
        same_files = self.files is None or self.files.are_on(record)
        return same_telling and same_files and (self.tags is None or set(self.tags) == set(record.tags.names()))

    def _link(self, record: Record) -> None:
        """Link it to its sources, if its author can still read them: one may have been taken back as they wrote."""
        still = sources_for(Reader(record.author), [source.public_id for source in self.grown_from])
        now = timezone.now()
        Link.objects.bulk_create([Link(source=source, grown_id=record.pk, made_at=now) for source in still])
