"""The archive itself: a tar with the database, the files, and last a manifest that says what each of them must be."""

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
# As `records.models.attachment.new_name` makes them: nothing else is ever written into the store.
FILE_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30}(-small)?")
CHUNK = 1024 * 1024


class BackupError(Exception):
    """Why a backup cannot be made or put back, in a sentence for who looks after the server."""


class Writer:
    """Writes an archive to a stream that is never read or wound back, and remembers what each part is."""

    def __init__(self, stream: IO[bytes]):
        self._tar = tarfile.open(fileobj=_OneWay(stream), mode="w:", format=tarfile.PAX_FORMAT)  # type: ignore[call-overload]  # noqa: SIM115
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: BinaryIO, size: int) -> None:
        """Add a part of this size."""
        header = tarfile.TarInfo(name)
        header.size, header.mode = size, 0o600
        read = _Hashed(content)
        self._tar.addfile(header, read)  # type: ignore[arg-type]
        self.parts[name] = {"size": size, "sha256": read.digest.hexdigest()}

    def close(self, manifest: dict[str, Any]) -> None:
        """End the archive with its manifest. One that was broken off has none, and is never put back."""
        words = json.dumps(manifest | {"format": FORMAT, "parts": self.parts}, indent=1).encode()
        self.add(MANIFEST, io.BytesIO(words), len(words))
        self._tar.close()


class _OneWay:
    """A stream that can only be written to, such as a pipe, and knows how far it has got."""

    def __init__(self, stream: IO[bytes]):
        self._stream, self._written = stream, 0

    def tell(self) -> int:
        return self._written

    def write(self, content: bytes) -> int:
        self._stream.write(content)
        self._written += len(content)
        return len(content)


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]):
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def read_whole(path: Path) -> dict[str, Any]:
    """Read an archive from end to end; return its manifest. BackupError unless each part is what it says."""
    found, manifest = {}, None
    with _opened(path) as parts:
        for name, file in parts:
            if name == MANIFEST:
                manifest = _manifest_in(file.read())
                continue
            read, size = _Hashed(file), 0
            while chunk := read.read(CHUNK):
                size += len(chunk)
            found[name] = {"size": size, "sha256": read.digest.hexdigest()}
    if manifest is None:
        raise BackupError(f"{path} has no end: it was broken off, or is no backup.")
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{path} is of another form (format {manifest.get('format')}) than this version reads.")
    wrong = sorted(name for name in {*found, *manifest["parts"]} if found.get(name) != manifest["parts"].get(name))
    if wrong:
        raise BackupError(f"{path} is damaged: {wrong[0]} is not what was saved ({len(wrong)} in all).")
    return manifest


def extract(path: Path, name: str, to: Path) -> None:
    """Write one part of an archive to a file."""
    with _opened(path) as parts, to.open("wb") as out:
        for found, file in parts:
            if found == name:
                while chunk := file.read(CHUNK):
                    out.write(chunk)
                return
    raise BackupError(f"{path} has no part {name}.")


def files_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the name in the store and the content of each photo and voice note."""
    with _opened(path) as parts:
        for part, file in parts:
            name = part.removeprefix(FILES)
            if name == part:
                continue
            if not FILE_NAME.fullmatch(name):
                raise BackupError(f"{path} holds a file with a strange name: {name!r}.")
            yield name, file.read()


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Give the parts in their order; BackupError where the archive cannot be read on."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield ((header.name, file) for header in tar if (file := tar.extractfile(header)))
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{path} cannot be read as a backup ({error}).") from error


def _manifest_in(words: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(words)
        return manifest if isinstance(manifest["parts"], dict) else {}
    except (ValueError, KeyError, TypeError):
        raise BackupError("Its manifest cannot be read: it is damaged, or no backup.")
