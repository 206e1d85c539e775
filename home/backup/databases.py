"""The database of this site, and which version of the project has written it."""

from types import ModuleType

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from . import postgresql, sqlite


def of_this_site() -> ModuleType:
    """Return how the site's database is saved and put back (`PART`, `save`, `require_alone`, `put_back`)."""
    return sqlite if connection.vendor == "sqlite" else postgresql


def migrations_run() -> list[str]:
    """Return the migrations that the database has seen, as `records.0007_search`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def unknown_to_this_version(migrations: list[str]) -> list[str]:
    """Return those of these migrations that this version of the project does not have."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return [name for name in migrations if name not in known]
