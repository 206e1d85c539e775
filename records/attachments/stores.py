"""Where files lie: a folder outside the web root, or an S3-compatible store. Neither gives out addresses of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from storages.backends.s3 import S3Storage

# One that is silent may hold up a request for a few seconds, and no longer.
PATIENCE = Config(
    signature_version="s3v4",
    connect_timeout=5,
    read_timeout=20,
    retries={"max_attempts": 2},
    # Stores other than Amazon's refuse the checksums that botocore adds by itself.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class Folder(FileSystemStorage):
    """A local folder. What is said to be kept is on the disk, as with the database (5-promises, 5.4)."""

    def _save(self, name, content):
        name = super()._save(name, content)
        path = self.path(name)
        for written in (path, os.path.dirname(path)):
            handle = os.open(written, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return name

    def read_part(self, name: str, start: int, length: int) -> bytes:
        """Return so many bytes from there on. Raises FileNotFoundError, OSError."""
        with open(self.path(name), "rb") as file:
            file.seek(start)
            return file.read(length)


class Bucket(S3Storage):
    """A bucket of an S3-compatible store, read by ranges. Its errors are the OSErrors of a folder.

    What is put in it is as private as the bucket: nothing is made public, and no address of the store is given out.
    """

    def get_default_settings(self):
        """Leave no setting to what the machine happens to have."""
        return super().get_default_settings() | {"default_acl": None, "file_overwrite": True, "client_config": PATIENCE}

    def _save(self, name, content):
        with _as_os_errors():
            return super()._save(name, content)

    def delete(self, name):
        """Remove the file; one that is not there is no error."""
        with _as_os_errors():
            super().delete(name)

    def read_part(self, name: str, start: int, length: int) -> bytes:
        """Return so many bytes from there on. Raises FileNotFoundError, OSError."""
        if not length:
            return b""
        with _as_os_errors():
            found = self.bucket.Object(name).get(Range=f"bytes={start}-{start + length - 1}")
            return found["Body"].read()


@contextmanager
def _as_os_errors() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        missing = error.response.get("Error", {}).get("Code") in {"404", "NoSuchKey"}
        raise (FileNotFoundError if missing else OSError)("The store of files refused.") from None
    except (BotoCoreError, Boto3Error):
        raise OSError("The store of files does not answer.") from None


def store() -> Folder | Bucket:
    """Return the store that the settings name."""
    return storages["default"]  # type: ignore[return-value]


def put(name: str, content: bytes) -> None:
    """Write a file, or write it anew. Raises OSError."""
    store().save(name, ContentFile(content))
