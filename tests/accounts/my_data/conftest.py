"""What tests about one's own data ask for: a ledger of their own, files that come back, and a canary for each."""

from pathlib import Path
from typing import Any

import pytest

from records.attachments.stores import put, store
from records.models import Attachment
from tests.stage import read

from . import canaries


@pytest.fixture(autouse=True)
def ledger(settings: Any, tmp_path: Path) -> Path:
    """Keep the ledger of erasings in a file of this test's own."""
    settings.ERASED_LEDGER = tmp_path / "erased.jsonl"
    return settings.ERASED_LEDGER


@pytest.fixture
def planted(cast: Any) -> Any:
    """Give the cast, each with a canary in all that they can write or be written to."""
    canaries.plant(cast)
    return cast


@pytest.fixture
def files_come_back(cast: Any):
    """Put back whatever files of the cast's a test has deleted: the database does so by itself."""
    names = [name for row in Attachment.objects.exclude(small_made_at=None) for name in (row.name, row.small_name)]
    held = {name: read(name) for name in names if store().exists(name)}
    yield
    for name, content in held.items():
        if not store().exists(name):
            put(name, content)
