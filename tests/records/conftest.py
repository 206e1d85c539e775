"""What tests about files ask for."""

from pathlib import Path
from typing import Any

import pytest

from records.attachments.opening import open_here


@pytest.fixture
def files_folder(settings: Any, tmp_path: Path) -> Path:
    """Keep files in a folder of this test's own."""
    folder = tmp_path / "files"
    store = settings.STORAGES["default"]
    options = store["OPTIONS"] | {"location": folder}
    settings.STORAGES = settings.STORAGES | {"default": store | {"OPTIONS": options}}
    return folder


@pytest.fixture
def opened_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open files in the process of the test."""
    for module in ("keeping", "tasks"):
        monkeypatch.setattr(f"records.attachments.{module}.open_apart", open_here)
