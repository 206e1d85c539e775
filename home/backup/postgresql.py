"""Saving a PostgreSQL database while it is written to, and putting one back, with the tools that come with it."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo

from .archive import BackupError

PART = "database.dump"
# Where Debian keeps the tools of each version.
BESIDE = "/usr/lib/postgresql/{major}/bin"
LOCK_SECONDS = 10
TRIES, PAUSE_SECONDS = 6, 0.5


def save(path: Path) -> None:
    """Dump the database to this file as it stands at one moment; others go on writing."""
    dump = _tool("pg_dump")
    _run([dump, "--format=custom", "--no-owner", "--no-privileges", "--file", str(path), "--dbname", _address()])
    # Reads all of it once more.
    _run([_beside(dump, "pg_restore"), "--file", os.devnull, str(path)])


def require_alone() -> None:
    """Raise BackupError while anything else is connected to the database."""
    _let_go()
    others = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with _connected() as own:
        # The server takes a moment to notice that a connection was closed.
        for _again in range(TRIES):
            [number] = own.execute(others).fetchone() or (0,)
            if not number:
                return
            time.sleep(PAUSE_SECONDS)
    raise BackupError(
        f"{number} others are connected to the database. Stop the web server, the worker and `tick`, and try again."
    )


def workplace() -> Path:
    """Return the folder in which the dump can lie meanwhile."""
    return settings.VAR_DIR


def put_back(path: Path) -> None:
    """Put this dump in the place of all tables of the database, in one transaction: all of it, or nothing.

    Tables that the dump does not know would stay, and hold on to those that it brings, so all are dropped first.
    """
    _let_go()
    restore = _tool("pg_restore")
    script = path.with_suffix(".sql")
    _run([restore, "--clean", "--if-exists", "--no-owner", "--no-privileges", "--file", str(script), str(path)])
    with _connected() as own:
        found = own.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
        tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in found)
        drop = sql.SQL("DROP TABLE {} CASCADE;\n").format(tables).as_string(own) if found else ""
    first = path.with_suffix(".first.sql")
    first.write_text(f"SET client_min_messages = warning;\nSET lock_timeout = '{LOCK_SECONDS}s';\n{drop}")
    quiet = ["--no-psqlrc", "--quiet", "--output", os.devnull]
    at_once = ["--single-transaction", "--set", "ON_ERROR_STOP=1", "--file", str(first), "--file", str(script)]
    _run([_beside(restore, "psql"), *quiet, *at_once, "--dbname", _address()])


def _let_go() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


def _keywords() -> dict[str, str]:
    """Return what the settings say about the server, as libpq and so all of its tools understand it."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    has = connection.get_connection_params()
    return {name: str(value) for name, value in has.items() if name in known and value not in (None, "")}


def _address() -> str:
    """Return the address without the password, which anybody on the machine could read in a list of processes."""
    return make_conninfo(**{name: value for name, value in _keywords().items() if name != "password"})


def _environment() -> dict[str, str]:
    password = _keywords().get("password")
    return {**os.environ, **({"PGPASSWORD": password} if password else {})}


def _connected() -> psycopg.Connection:
    return psycopg.connect(make_conninfo(**_keywords()), autocommit=True)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise BackupError(f"{Path(command[0]).name} failed: {said}")
    return done.stdout


def _tool(name: str) -> str:
    """Return the path of a tool that is no older than the server: from PATH, or from beside the server."""
    with _connected() as own:
        server = own.info.server_version // 10000
        beside = _server_folder(own)
    folders = [folder for folder in (beside, BESIDE.format(major=server)) if folder]
    found = [path for path in (shutil.which(name), *(shutil.which(name, path=at) for at in folders)) if path]
    versions = {path: _major(path) for path in found}
    fits = next((path for path, major in versions.items() if major >= server), None)
    if fits:
        return fits
    if found:
        raise BackupError(
            f"{name} is of version {max(versions.values())}, and the server of version {server}. Install the tools of"
            f" the server's version (on Debian: postgresql-client-{server})."
        )
    raise BackupError(
        f"{name} is not to be found on this machine. Install PostgreSQL's tools of version {server} or newer"
        f" (on Debian: postgresql-client-{server}), or put their folder on PATH."
    )


def _server_folder(own: psycopg.Connection) -> str:
    """Return where the server's own programs lie, where it runs on this machine and tells."""
    try:
        row = own.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return ""
    return row[0] if row else ""


def _major(path: str) -> int:
    said = re.search(r"\d+", _run([path, "--version"]))
    return int(said[0]) if said else 0


def _beside(tool: str, name: str) -> str:
    """Return another tool of the same installation; a wrapper such as Debian's chooses the same version itself."""
    return str(Path(tool).with_name(name))
