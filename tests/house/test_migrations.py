"""The models and the migrations say the same (5-promises, 5.4)."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from .code import FLOORS


def test_no_migration_is_missing(db):
    out = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_every_app_of_ours_has_one_last_migration(db):
    loader = MigrationLoader(connection)
    assert not loader.detect_conflicts()
    for app in set(loader.migrated_apps) & set(FLOORS):
        assert len(loader.graph.leaf_nodes(app)) <= 1


def test_the_wider_field_is_there_from_the_first_day(db):
    from partnerships.models import Space

    assert Space.objects.filter(kind="wider_field").count() == 1
