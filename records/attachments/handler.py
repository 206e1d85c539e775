"""What a form brings along, counted as it arrives."""

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from .limits import LARGEST_FILE

IN_MEMORY = 2 * 1024 * 1024


class CountedUpload(FileUploadHandler):
    """Takes in files of people signed in, each up to 20 MB; of a larger one the rest is let go by.

    A file lies in memory, or in the temporary folder without a name: nobody else can open it, and it is gone when its
    process is, however that ends. What the browser says that it is, is not looked at; what it was called where it came
    from is handed on without its folders, and whoever shows it makes it plain first (`called.plain_name`). The fields
    of too large ones are noted as `files_refused` on the request, for the form to speak about.
    """

    request: Any

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin another file; those of somebody signed out are not taken in at all."""
        super().new_file(*args, **kwargs)
        self.file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by Django at the end
        if not self.request.user.is_authenticated:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write on, until it is too much."""
        if start + len(raw_data) > LARGEST_FILE:
            refused = getattr(self.request, "files_refused", [])
            self.request.files_refused = [*refused, self.field_name]
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Hand over the whole file."""
        self.file.seek(0)
        return UploadedFile(file=self.file, name=self.file_name or "file", size=file_size)
