"""How tests that commit put back rows that the database lets nobody take away: its guards stand aside meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

TABLES = ("desk_auditevent", "desk_auditseal")


@contextmanager
def unguarded(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let rows of the audit be changed and deleted inside, as whoever owns the database could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)"
            guards = cursor.execute(found, TABLES).fetchall()
            aside, back = [f"DROP TRIGGER {name}" for name, _sql in guards], [sql for _name, sql in guards]
        else:
            # A table whose references are still to be checked cannot be altered.
            checked = ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]
            aside, back = (
                [*checked, *(f"ALTER TABLE {table} {word} TRIGGER USER" for table in TABLES)]
                for word in ("DISABLE", "ENABLE")
            )
        for statement in aside:
            cursor.execute(statement)
        yield
        for statement in back:
            cursor.execute(statement)


def let_flush() -> None:
    """Have Django's flush after a transactional test empty these tables as well."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def with_the_audit(self: Any, statements: list[str]) -> None:
        with unguarded(self.connection):
            flush(self, statements)

    BaseDatabaseOperations.execute_sql_flush = with_the_audit
