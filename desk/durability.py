"""That "Saved" means "on the disk": what a connection must be set to, and a check that it is.

A killed process loses nothing in any setting, so only looking at the settings shows what a loss of power would do
(SQLite, "PRAGMA synchronous"; PostgreSQL, "Reliability and the write-ahead log"). The check runs before each `migrate`,
and with `check --database default`: a site whose database forgets does not start unnoticed.
"""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# A write-ahead log that is synchronised at each commit, references that hold, and writers that wait for each other.
SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
SQLITE_WAIT_MILLISECONDS = 20_000
# Each of PostgreSQL's other levels of `synchronous_commit` waits for the disk of this server at least.
POSTGRESQL = ("synchronous_commit", "fsync", "full_page_writes")


@register(Tags.database)
def saved_means_on_the_disk(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Say of each database what would lose words that it has said it saved."""
    return [
        Error(f"{words} on the database “{alias}”: what people save may be lost.", hint=hint, id=f"desk.{number}")
        for alias in databases or ()
        for number, words, hint in _weaknesses(connections[alias])
    ]


def _weaknesses(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    return _of_sqlite(connection) if connection.vendor == "sqlite" else _of_postgresql(connection)


def _of_sqlite(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    hint = "The file must lie on a local disk, and DATABASE_URL must not set any of these."
    found = {name: _ask(connection, f"PRAGMA {name}") for name in (*SQLITE, "busy_timeout")}
    wrong = [f"{name} is {found[name]}, not {value}" for name, value in SQLITE.items() if found[name] != value]
    if found["busy_timeout"] < SQLITE_WAIT_MILLISECONDS:
        wrong.append(f"busy_timeout is {found['busy_timeout']}, less than {SQLITE_WAIT_MILLISECONDS}")
    return [("E001", words, hint) for words in wrong]


def _of_postgresql(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    hint = "Set it to on in postgresql.conf, and for this role and database: ALTER ROLE … RESET ALL."
    return [("E002", f"{name} is off", hint) for name in POSTGRESQL if _ask(connection, f"SHOW {name}") == "off"]


def _ask(connection: BaseDatabaseWrapper, question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
