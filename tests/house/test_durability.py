"""Every connection of a real site waits for the disk before it says "saved" (security R1).

Looked at through production's own settings, in a process of its own, on the first connection and on later ones.
"""

import json

import pytest
from django.core.checks import Error
from django.db import connection

from desk.durability import POSTGRESQL, SQLITE, saved_means_on_the_disk
from tests.crash.server import address_of_the_database

from .test_settings import PRODUCTION, manage

# The first connection, a second one beside it, one in another thread, and one after both were closed.
ASK = """
import json
from concurrent.futures import ThreadPoolExecutor
from django.db import connection

def ask(connection):
    sqlite = connection.vendor == "sqlite"
    names = %s
    with connection.cursor() as cursor:
        return {name: cursor.execute(("PRAGMA " if sqlite else "SHOW ") + name).fetchone()[0] for name in names}

def elsewhere():
    from django.db import connection
    try:
        return ask(connection)
    finally:
        connection.close()

found = [ask(connection)]
second = connection.copy()
found.append(ask(second))
second.close()
with ThreadPoolExecutor(1) as pool:
    found.append(pool.submit(elsewhere).result())
connection.close()
found.append(ask(connection))
print(json.dumps(found))
"""


def ask_a_real_site(names, tmp_path, **environment):
    """Give what four connections say that are made with production's settings."""
    ran = manage("shell", "-v", "0", "-c", ASK % repr(names), tmp_path=tmp_path, **PRODUCTION | environment)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_every_connection_to_sqlite_waits_for_the_disk(tmp_path):
    found = ask_a_real_site([*SQLITE, "busy_timeout"], tmp_path)
    assert found == [SQLITE | {"busy_timeout": 20_000}] * 4
    assert SQLITE == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")
def test_every_connection_to_postgresql_waits_for_the_disk(tmp_path, transactional_db):
    found = ask_a_real_site(["synchronous_commit"], tmp_path, DATABASE_URL=address_of_the_database())
    assert found == [{"synchronous_commit": "on"}] * 4


def test_a_file_that_keeps_its_promise_passes_the_check(file_database):
    if connection.vendor == "sqlite":
        assert saved_means_on_the_disk(None, databases=["default"]) == []
    # Nobody asked about a database.
    assert saved_means_on_the_disk(None, databases=None) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("PRAGMA synchronous = NORMAL", "synchronous is 1, not 2"),
        ("PRAGMA journal_mode = DELETE", "journal_mode is delete, not wal"),
        ("PRAGMA foreign_keys = OFF", "foreign_keys is 0, not 1"),
        ("PRAGMA busy_timeout = 5000", "busy_timeout is 5000, less than 20000"),
    ],
)
def test_each_setting_that_forgets_is_an_error(file_database, wrong, words):
    with connection.cursor() as cursor:
        cursor.execute(wrong)
    [error] = saved_means_on_the_disk(None, databases=["default"])
    assert isinstance(error, Error)
    assert words in error.msg
    connection.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")
@pytest.mark.parametrize("name", POSTGRESQL)
def test_each_setting_of_postgresql_that_forgets_is_an_error(db, monkeypatch, name):
    """Two of them can only be set for a whole server, so its answer is put into its mouth."""
    monkeypatch.setattr("desk.durability._ask", lambda connection, question: "off" if name in question else "on")
    [error] = saved_means_on_the_disk(None, databases=["default"])
    assert f"{name} is off" in error.msg


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")
def test_a_role_that_does_not_wait_is_found_out(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert any("synchronous_commit is off" in error.msg for error in saved_means_on_the_disk(None, ["default"]))


def test_a_real_site_on_sqlite_passes(tmp_path):
    ran = manage("check", "--database", "default", "--fail-level", "ERROR", tmp_path=tmp_path, **PRODUCTION)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")
def test_on_a_database_that_forgets_nothing_is_migrated(tmp_path, transactional_db):
    """`make serve` migrates before it serves, and migrating looks."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        try:
            ran = manage("migrate", tmp_path=tmp_path, **PRODUCTION | {"DATABASE_URL": address_of_the_database()})
        finally:
            cursor.execute(f"ALTER DATABASE {name} RESET synchronous_commit")
    assert ran.returncode != 0
    assert "synchronous_commit is off" in ran.stderr
