"""Sites of their own for the tests of backups: a database and a folder each, and `manage.py` as a server runs it."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from home.backup import archive
from tests.crash.server import address_of_the_database
from tests.house.code import ROOT

# What a restore empties: everybody is signed out, and exports are copies.
EMPTIED = {"accounts_export", "django_session", "usersessions_usersession"}


class Site:
    """A database, a folder for its files, and the environment that names both."""

    def __init__(self, folder: Path, address: str, *, name: str):
        self.folder, self.address, self.name = folder, address, name
        folder.mkdir(exist_ok=True)
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": address,
            "VAR_DIR": str(folder),
            "PYTHONWARNINGS": "error",
        }

    def manage(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess:
        """Run a command of the project on this site."""
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def done(self, *arguments: str | Path) -> str:
        """Run a command that must go well; give what it said."""
        ran = self.manage(*arguments)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def ask(self, code: str) -> Any:
        """Run a few lines of Python in the project; give what they left in `answer`."""
        script = f"import json, django; django.setup()\n{code}\nprint(json.dumps(answer))"
        ran = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout.splitlines()[-1])

    def rows(self) -> dict[str, str]:
        """Give a digest of all rows of each table."""
        if connection.vendor == "sqlite":
            if not self.path.exists():
                return {}
            with closing(sqlite3.connect(self.path)) as base:
                named = "SELECT name FROM sqlite_master WHERE type = 'table'"
                tables = [name for (name,) in base.execute(named).fetchall()]
                return {name: _digest(base.execute(f'SELECT * FROM "{name}"').fetchall()) for name in tables}
        with psycopg.connect(self.address) as base:
            named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            tables = [name for (name,) in base.execute(named).fetchall()]
            every = sql.SQL("SELECT * FROM {}")
            return {name: _digest(base.execute(every.format(sql.Identifier(name))).fetchall()) for name in tables}

    @property
    def path(self) -> Path:
        """Give the file of an SQLite database."""
        return Path(self.address.removeprefix("sqlite:///"))

    def files(self) -> dict[str, bytes]:
        """Give every file of its store."""
        store = self.folder / "files"
        return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*") if path.is_file()}

    def state(self) -> tuple:
        """Give all that it holds, to see whether anything has changed."""
        return self.rows(), self.files()


def _digest(rows: list[tuple]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def new_sites(folder: Path) -> Iterator[Callable[[str], Site]]:
    """Give what makes a site with an empty database by name; at the end all of them are gone."""
    made: list[Site] = []

    def make(name: str) -> Site:
        if connection.vendor == "sqlite":
            site = Site(folder / name, f"sqlite:///{folder / name}/site.sqlite3", name=name)
        else:
            database = f"backup_{name}_{os.getpid()}"
            with _server() as server:
                server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
            address = address_of_the_database()
            site = Site(folder / name, f"{address.rpartition('/')[0]}/{quote(database)}", name=database)
            made.append(site)
        return site

    yield make
    for site in made:
        with _server() as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(site.name)))


def _server() -> psycopg.Connection:
    return psycopg.connect(address_of_the_database(), autocommit=True)


def rewritten(
    path: Path, to: Path, parts: dict[str, bytes] | None = None, *, form: int | None = None, **changes: Any
) -> Path:
    """Write an archive anew, whole, with other parts in it, or a manifest that says something else."""
    manifest = archive.read_whole(path)
    with to.open("wb") as stream, tarfile.open(path) as tar:
        writer = archive.Writer(stream)
        for header in tar:
            if header.name != archive.MANIFEST:
                content = (parts or {}).get(header.name) or tar.extractfile(header).read()
                writer.add(header.name, io.BytesIO(content), len(content))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(archive, "FORMAT", form or archive.FORMAT)
            writer.close(manifest | changes)
    return to
