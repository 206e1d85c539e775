"""The stage with the cast on it: gathered once in a run, and set up again for whoever asks.

To gather takes a second or two, through all the actions that the app has; to put back what the database then held takes
milliseconds. SQLite's pages are copied as they are, PostgreSQL's rows as text.
"""

import pickle
import sqlite3
from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone

from records.attachments.stores import put, store
from records.models import Attachment

from . import audit_rows
from . import cast as people

AGE = timedelta(minutes=30)
# Neither what migrations have run, nor anything that the database works out by itself.
COLUMNS = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns NATURAL JOIN information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
      AND is_generated = 'NEVER' AND table_name <> 'django_migrations'
    GROUP BY table_name
"""


class Stage:
    """What the database and the store of files held before the cast was gathered, and after."""

    def __init__(self) -> None:
        self._cast = b""
        self._empty: Any = None
        self._full: Any = None
        self._files: dict[str, bytes] = {}

    def set_up(self) -> people.Cast:
        """Bring the cast into a database that holds nothing yet, and give it."""
        if not self._cast:
            self._empty = taken()
            # Half an hour ago, so that no test depends on how long the run has lasted.
            with time_machine.travel(timezone.now() - AGE), transaction.atomic():
                self._cast = pickle.dumps(people.gather())
                # Whoever wants a mail delivered, or a picture made small, asks for it.
                connection.run_on_commit.clear()
            self._full = taken()
            self._files = {name: read(name) for name in file_names()}
        else:
            put_back(self._full)
            # Wherever this test keeps its files, and whatever another has deleted.
            for name, content in self._files.items():
                if not store().exists(name):
                    put(name, content)
        return self.cast()

    def cast(self) -> people.Cast:
        """Give the cast that is on stage, as objects of one's own. (To unpickle takes a seventh of a deep copy.)"""
        return pickle.loads(self._cast)

    def clear(self) -> None:
        """Leave nothing of the cast, nor of what was played."""
        put_back(self._empty)

    def close(self) -> None:
        """Let go of what is held, at the end of the run."""
        for held in (self._empty, self._full):
            if isinstance(held, sqlite3.Connection):
                held.close()


def file_names() -> list[str]:
    """Give the names of all files of the cast's, as the store has them."""
    photos = Attachment.objects.exclude(small_made_at=None)
    return [row.name for row in Attachment.objects.all()] + [row.small_name for row in photos]


def read(name: str) -> bytes:
    """Give a file of the store."""
    with store().open(name) as file:
        return file.read()


def taken() -> Any:
    """Give all that the database holds."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        pages = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(pages)
        return pages
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return {(table, columns): rows_of(cursor, table, columns) for table, columns in cursor.fetchall()}


def rows_of(cursor: Any, table: str, columns: str) -> bytes:
    """Give the rows of a table, on PostgreSQL."""
    with cursor.copy(f'COPY "{table}" ({columns}) TO STDOUT') as copying:
        return b"".join(map(bytes, copying))


def put_back(held: Any) -> None:
    """Let the database hold that, and nothing else."""
    ContentType.objects.clear_cache()
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        held.backup(connection.connection)
        return
    with transaction.atomic(), audit_rows.unguarded(connection), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, _columns in held:
            cursor.execute(f'DELETE FROM "{table}"')
        for (table, columns), rows in held.items():
            if rows:
                with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copying:
                    copying.write(rows)
