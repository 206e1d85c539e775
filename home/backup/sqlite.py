"""Saving an SQLite database while it is written to, and putting one back."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.db import connection

from .archive import BackupError

PART = "database.sqlite3"
# Writers do not stand in the way of a copy, but a VACUUM does.
PATIENCE_SECONDS = 60


def save(path: Path) -> None:
    """Copy the database to this file as it stands at one moment; others go on writing (SQLite, "Online Backup API")."""
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy, progress=_patience())
            # In one file, with nothing beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise BackupError(f"The database could not be copied: {error}.") from error
    look_at(path)


def _patience() -> Callable[[int, int, int], None]:
    """Return what gives up when the database stays locked: Python would ask again for ever."""
    until = time.monotonic() + PATIENCE_SECONDS

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE) and time.monotonic() > until:
            raise BackupError("The database is locked as a whole, and so cannot be copied.")

    return progress


def look_at(path: Path) -> None:
    """Raise BackupError unless the file is a whole database, in which every reference leads to something."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            [state] = copy.execute("PRAGMA integrity_check(1)").fetchone()
            stray = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The database cannot be read: {error}.") from error
    if state != "ok":
        raise BackupError(f"The database is damaged: {state}.")
    if stray:
        raise BackupError(f"The database is damaged: a row of {stray[0]} leads to one of {stray[2]} that is not there.")


def require_alone() -> None:
    """Raise BackupError while anything else has the database open."""
    connection.close()
    with _held(_path()):
        pass


def workplace() -> Path:
    """Return the folder in which the new database can be made, so that it only needs to be renamed."""
    return _path().parent


def put_back(path: Path) -> None:
    """Put this database in the place of the site's, in one step: whoever looks finds the old one or the new one."""
    connection.close()
    target = _path()
    look_at(path)
    path.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o600)
    _to_the_disk(path)
    with _held(target):
        # A log left by a database that cannot be opened would be played into the new one.
        for beside in ("-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                Path(f"{target}{beside}").unlink()
        path.replace(target)
    _to_the_disk(target.parent)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Keep everybody else out of the database meanwhile.

    Leaving the write-ahead log takes a lock that nobody gets while another connection is open, even an idle one.
    """
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as old:
        try:
            old.execute("PRAGMA journal_mode=DELETE")
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise BackupError(
                f"Something has {path} open ({error}). Stop the web server, the worker and `tick`, then try again."
            ) from error
        except sqlite3.DatabaseError:
            # It is past opening: that is what backups are for.
            pass
        yield


def _path() -> Path:
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        raise BackupError("The database lives in memory: there is no place to put one back to.")
    return Path(name)


def _to_the_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
