from django.core.management.base import BaseCommand
from django.db import connection, transaction

from records.models import Record
from records.search import index

BATCH = 500


class Command(BaseCommand):
    """Make the search index anew: after a restore, or when `check_data` says that it is out of step.

    May be repeated and interrupted, and people may go on writing: a batch at a time is locked, and no word is taken
    away that is found now.
    """

    help = "Rebuild what search looks through. Safe while the site is running."

    def handle(self, **options):
        """Go through all records in batches, then have the database's own index follow."""
        seen, last = 0, 0
        while keys := self._write_from(last):
            seen, last = seen + len(keys), keys[-1]
        if connection.vendor == "sqlite":
            # FTS5 keeps its index beside the table; PostgreSQL's columns are made of the row itself.
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO records_searchindex(records_searchindex) VALUES ('rebuild')")
        self.stdout.write(f"{seen} records can be searched.")

    @transaction.atomic
    def _write_from(self, last: int) -> list[int]:
        """Keep the words of the next records after this key; return their keys."""
        # Locked, so that an edit waits for it, and is not overwritten by what was said before.
        records = list(Record.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH])
        index.write(*records)
        return [row.pk for row in records]
