"""How tests send files: with the form of a note, or as its script does."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

NEW = reverse("reflections:reflection-new")


def file_of(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    """Make a file as a browser sends it, called as the test wants."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def note_with(browser: Client, *, key: str, photos: Any = (), voice: bytes | None = None, **words: Any) -> HttpResponse:
    """Send the form of a new note with files, as without JavaScript."""
    data: dict[str, Any] = {"text": "What I saw.", "person_level": "1", "audience": "me", "draft_key": key, **words}
    if photos:
        data["photos"] = [file_of(content) for content in photos]
    if voice is not None:
        data["voice"] = file_of(voice, "voice")
    return browser.post(NEW, data)


def by_script(browser: Client, content: bytes, *, key: str = "a-key", kind: str = "photo", **more: Any) -> HttpResponse:
    """Send one file as the form's script does."""
    name = more.pop("name", "photo")
    data = {"key": key, "kind": kind, "file": file_of(content, name), **more}
    return browser.post(reverse("records:attachment-new"), data, headers={"HX-Request": "true"})


def stored(folder: Path) -> list[Path]:
    """Give all files in the store."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
