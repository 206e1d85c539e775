"""Making a backup: the database first, then the files, so that every file that a row names is there."""

import io
import os
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from desk.sealing import latest_anchor
from records.attachments.stores import store
from records.models import Attachment

from . import archive, databases
from .archive import FILES, BackupError


@dataclass
class Saved:
    """What a backup holds, and which files it does not."""

    path: Path | None = None
    files: int = 0
    size: int = 0
    # Gone while the backup was made, as people delete things.
    deleted_meanwhile: list[str] = field(default_factory=list)
    # Named by a row, and not in the store, or shorter than the row says.
    missing: list[str] = field(default_factory=list)


def save_in(to: Path) -> Saved:
    """Make a backup in this folder, or as this file, which must not be there yet. Raises BackupError.

    It gets its name when it is whole, read back, and on the disk; only its owner may read it.
    """
    if to.is_dir():
        to = to / f"learnpartner-{timezone.now():%Y-%m-%dT%H%M%SZ}.tar"
    if to.exists():
        raise BackupError(f"{to} is there already, and is not written over.")
    try:
        handle, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.", suffix=".part")
    except OSError as error:
        raise BackupError(f"Nothing can be written in {to.parent}: {error.strerror}.") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            saved = save_to(stream, workplace=to.parent)
            stream.flush()
            os.fsync(stream.fileno())
        archive.read_whole(part)
        part.rename(to)
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    saved.path, saved.size = to, to.stat().st_size
    return saved


def save_to(stream: IO[bytes], *, workplace: Path) -> Saved:
    """Write a backup to a stream; the copy of the database lies in the workplace meanwhile. Raises BackupError."""
    database = databases.of_this_site()
    before = dict(_files_named())
    saved = Saved()
    writer = archive.Writer(stream)
    began_at = timezone.now()
    with tempfile.TemporaryDirectory(dir=workplace, prefix=".backup-") as folder:
        copy = Path(folder) / database.PART
        database.save(copy)
        with copy.open("rb") as content:
            writer.add(database.PART, content, copy.stat().st_size)
    _add_files(writer, saved, before)
    writer.close(
        {
            "project": "learnpartner",
            "version": _version(),
            "made_at": began_at.isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": databases.migrations_run(),
            "audit_anchor": latest_anchor(),
            "deleted_meanwhile": saved.deleted_meanwhile,
            "missing": saved.missing,
        }
    )
    return saved


def _add_files(writer: archive.Writer, saved: Saved, before: dict[str, int]) -> None:
    absent = []
    # Those too that came while the database was saved: which of them its rows name is seen when it is put back.
    for name, size in (before | dict(_files_named())).items():
        try:
            content = store().read_part(name, 0, size)
        except FileNotFoundError:
            absent.append(name)
            continue
        except OSError as error:
            raise BackupError(f"The store of files could not be read: {error}.") from error
        if len(content) < size:
            absent.append(name)
        writer.add(f"{FILES}{name}", io.BytesIO(content), len(content))
        saved.files += 1
    now = dict(_files_named())
    saved.missing = [name for name in absent if name in now]
    saved.deleted_meanwhile = [name for name in absent if name not in now]


def _files_named() -> Iterator[tuple[str, int]]:
    """Give the files that rows name, with their sizes; those that nobody wants any more are left to the worker."""
    rows = Attachment.objects.exclude(kept_at=None).exclude(record=None, draft_key="").order_by("pk")
    for row in rows.only("name", "size", "small_made_at", "small_size").iterator(chunk_size=500):
        yield row.name, row.size
        if row.small_made_at:
            yield row.small_name, row.small_size


def _version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
