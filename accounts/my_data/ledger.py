"""Who was erased, kept outside the database: so that a backup that is older than an erasing does not bring them back.

It holds a random id, the moment and the choice, and neither name nor address. `manage.py erase_again` reads it after a
restore.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Line:
    """One erasing."""

    person: str
    choice: str
    erased_at: str


def path() -> Path:
    """Return where the ledger lies; `ERASED_LEDGER` of the settings names another place."""
    return Path(getattr(settings, "ERASED_LEDGER", settings.VAR_DIR / "erased.jsonl"))


def note(*, person: str, choice: str) -> None:
    """Add a line, and come back when the disk has it. Raises OSError.

    Written last in the transaction of the erasing, and before it is committed: who was told that they are erased is
    surely in it. Where the commit then fails, they had asked for it all the same.
    """
    line = {"person": person, "choice": choice, "erased_at": timezone.now().isoformat()}
    written = f"{json.dumps(line)}\n".encode()
    # One write at the end of the file, so that two processes never mix their lines.
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(handle, written) != len(written):
            raise OSError("The ledger of erasings could not be written whole.")
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def lines() -> Iterator[Line]:
    """Give all erasings, the oldest first. A line that a crash broke off is passed over: its erasing was not saved."""
    if not path().exists():
        return
    for text in path().read_text().splitlines():
        try:
            yield Line(**json.loads(text))
        except (ValueError, TypeError):
            continue
