"""Making the file of an export: HTML and plain text for people, JSON for machines, and the photos and voice notes."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

from django.core.files import File
from django.core.files.storage import storages
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import CLAIM, Export, User

from . import describing, exporting

PART = 1024 * 1024
# The page to begin with, in the file.
FRONT = "index"
STYLE = Path(__file__).with_name("export.css")


def make(export: Export, *, person: User) -> int:
    """Make the file of an export and put it into the store; return its size. Raises OSError.

    Says on the row how far it is. No transaction is open, and never more than a part of a file is in memory.
    """
    files = exporting.files_of(person)
    step = _steps(export, len(files))
    data = {}
    for table, rows in exporting.data_of(person):
        data[table] = rows
        step()
    sections = exporting.sections_of(person, data)
    with TemporaryFile() as whole:
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            context = {"person": person, "sections": sections, "note": _note(), "made_at": timezone.now()}
            archive.writestr(f"{FRONT}.html", render_to_string("accounts/export/index.html", context))
            archive.writestr("style.css", STYLE.read_text())
            archive.writestr("words.txt", as_text(sections))
            archive.writestr("data.json", exporting.as_json(data, files=files))
            archive.writestr("schema.json", describing.schema_json())
            for file in files:
                _add(archive, file)
                step()
        size = whole.tell()
        whole.seek(0)
        storages["default"].save(export.name, File(whole))
    return size


def _steps(export: Export, files: int) -> Callable[[], None]:
    """Note how many steps there are, and return what notes that one is done."""
    rows = Export.objects.filter(pk=export.pk)
    rows.update(steps=sum(bool(held.exported) for held in describing.declared().values()) + files, done=0)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        # As long as it goes on, no other worker takes it up.
        rows.update(done=done, next_try_at=timezone.now() + CLAIM)

    return step


def _add(archive: zipfile.ZipFile, file: exporting.File) -> None:
    """Add one file, part by part. One that the store has no more, as after a restore, is left out."""
    store = storages["default"]
    if not store.exists(file.name):
        return
    with archive.open(file.path, "w") as entry:
        for start in range(0, file.size, PART):
            entry.write(store.read_part(file.name, start, min(PART, file.size - start)))  # type: ignore[attr-defined]


def _note() -> str:
    return _("Made for learning. Not evidence of performance.")


def as_text(sections: list[exporting.Section]) -> str:
    """Return everything as plain text."""
    lines = [_note(), ""]
    for section in sections:
        lines += ["", section.heading.upper(), ""]
        for entry in section.entries:
            lines += [entry.heading] * bool(entry.heading) + entry.facts
            for heading, text in entry.blocks:
                lines += [f"{heading}: {text}" if heading and "\n" not in text else f"{heading}\n{text}".strip()]
            lines += [f"[{file.path}] {file.description}".strip() for file in entry.files]
            lines.append("")
    return "\n".join(lines).strip() + "\n"
