"""What every test can ask for: the cast, and a browser for each of them."""

import functools
import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from _pytest.nodeid import coerce_node_id
from django.apps import apps
from django.db import connection, connections
from django.db.models.signals import post_migrate
from django.test import Client

from . import audit_rows
from . import cast as people
from .stage import Stage


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let `xdist_group` hold: xdist 3.8 writes the group where pytest 9.2 no longer looks for the name of a test."""
    for item in items:
        if "_nodeid" in vars(item):
            item._id = coerce_node_id(item._nodeid)  # type: ignore[attr-defined]


def pytest_collection_finish() -> None:
    """Spare the collector all that stays to the end: the code, and thousands of tests. It took a tenth of each test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _in_a_roomy_frame(test: Callable[..., Any], **arguments: Any) -> Any:
    return test(**arguments)


# CPython keeps its frames in chunks of 16 KB, and asks the system for one, and gives it back, whenever a call crosses
# the border of two: with a view's middleware and templates beneath it that took a fifth of the time of a test. A frame
# so large gets half a megabyte, and all that the test calls finds room in the rest of it.
_in_a_roomy_frame.__code__ = _in_a_roomy_frame.__code__.replace(co_stacksize=40_000)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Run each test in a roomy frame."""
    test = pyfuncitem.obj
    pyfuncitem.obj = functools.wraps(test)(lambda **arguments: _in_a_roomy_frame(test, **arguments))
    try:
        return (yield)
    finally:
        pyfuncitem.obj = test


def _open_wider_field(**_signal: Any) -> None:
    """Put back the one row that a migration made, after a transactional test has emptied the tables."""
    from partnerships.models import Space

    Space.objects.get_or_create(kind=Space.Kind.WIDER_FIELD)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Make the test database, and see that the wider field outlives every flush (which sends post_migrate).

    At the end, no thread of a live server keeps PostgreSQL from dropping it.
    """
    audit_rows.let_flush()
    post_migrate.connect(_open_wider_field, sender=apps.get_app_config("partnerships"), dispatch_uid="tests")
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.close()
            connection.close_pool()


@pytest.fixture(scope="session")
def _stage(django_db_setup) -> Iterator[Stage]:
    """Give the stage, on which nobody stands yet."""
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture(scope="module")
def _gathered(_stage: Stage, django_db_blocker) -> Iterator[people.Cast]:
    """Have the cast on stage for a whole module; each of its tests takes back what it changes.

    A module that asks for the cast therefore has no transactional tests: those use `gathered_anew`.
    """
    with django_db_blocker.unblock():
        yield _stage.set_up()
        _stage.clear()


@pytest.fixture
def cast(_gathered: people.Cast, _stage: Stage, db) -> people.Cast:
    """Give the cast, each test its own copy of the objects."""
    return _stage.cast()


@pytest.fixture
def gathered_anew(transactional_db, _stage: Stage) -> people.Cast:
    """Give the cast to a test that commits."""
    return _stage.set_up()


@pytest.fixture
def client_for() -> Callable[..., Client]:
    """Give a browser in which the person is signed in; for the anonymous one, a browser."""

    def signed_in(person: Any, **options: Any) -> Client:
        client = Client(**options)
        if person.is_authenticated:
            client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def mail_server(settings, db) -> Any:
    """Send by the outbox to a mail server of our own. Django's test runner had put a list in place of both."""
    from .desk import mailers

    settings.MAILERS = {
        "default": {"BACKEND": "desk.mail.OutboxBackend"},
        "delivery": {"BACKEND": "tests.desk.mailers.Server"},
    }
    mailers.taken.clear()
    mailers.refused.clear()
    return mailers


@pytest.fixture
def file_database(transactional_db, tmp_path) -> Iterator[None]:
    """Work on a database that threads can share: a file in place of SQLite's memory; PostgreSQL as it is.

    Tables that live in memory are locked as a whole, so that a second writer fails instead of waiting, and there is no
    write-ahead log. The file is a copy of the test database, with the settings of the real one.
    """
    here = connections["default"]
    if here.vendor != "sqlite" or not here.is_in_memory_db():
        yield
        return
    kept = here.settings_dict["NAME"]
    path = tmp_path / "test.sqlite3"
    with here.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    here.settings_dict["NAME"] = str(path)
    there = connections.create_connection("default")
    there.settings_dict["NAME"] = str(path)
    connections["default"] = there
    yield
    there.close()
    connections["default"] = here
    here.settings_dict["NAME"] = kept
    connections.settings["default"]["NAME"] = kept
