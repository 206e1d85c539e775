"""Looking at documents: whether they are what they are taken as, and hold no programs. They are kept as they came.

A picture can be written anew, a document cannot: so it is never shown here, only downloaded, and what it may be is
little. It is told by its content alone. What its program would read in it, such as who wrote it, is left in it; the
page says so beside the box.
"""

import zipfile
from typing import BinaryIO

from . import unreadable
from .clean import Clean
from .limits import CSV, DOCUMENTS, OFFICE, OPEN, PDF
from .unreadable import Unreadable

# What a document may come to, unpacked, and how many parts it may have; a bomb is made of either.
MOST_INSIDE = 300 * 1024 * 1024
MOST_TIMES_LARGER = 200
MOST_PARTS = 5_000
LONGEST_DECLARATION = 1024 * 1024
# The part by which each kind of office document is known.
PARTS = {
    "word/document.xml": f"{OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}.presentationml.presentation",
}
TYPES = "[Content_Types].xml"
# Where programs lie in documents: those of Microsoft's, then those of LibreOffice's.
PROGRAMS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
FOLDERS_OF_PROGRAMS = ("basic/", "scripts/")
# How a table as text is divided, and with what such a text does not begin.
DIVIDED_BY = (",", ";", "\t")
NO_TABLES = ("<", "%!", "#!", "{\\rtf")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def clean_document(file: BinaryIO) -> Clean:
    """Find out what a document is, and return it as it came. Raises Unreadable."""
    content = file.read()
    if content.startswith(b"%PDF-"):
        kind = _of_pdf(content)
    elif content.startswith(b"PK"):
        file.seek(0)
        kind = _of_archive(file, size=len(content))
    elif content.startswith(OLD_OFFICE):
        # Before 2007 they were all of one form, which may hold anything; newer ones with a password have it too.
        raise Unreadable(unreadable.LOCKED if _is_locked(content) else unreadable.NOT_A_DOCUMENT)
    else:
        kind = _of_text(content)
    return Clean(content, kind)


def _of_pdf(content: bytes) -> str:
    """Take what has the end of a PDF as well as its beginning."""
    if b"%%EOF" not in content[-2048:]:
        raise Unreadable(unreadable.BROKEN)
    return PDF


def _is_locked(content: bytes) -> bool:
    """Say whether it is the wrapper that a password puts round a newer document."""
    return "EncryptedPackage".encode("utf-16-le") in content


def _of_archive(file: BinaryIO, *, size: int) -> str:
    """Look at what a document declares to hold, without unpacking more of it than says what it is."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _require_fair(parts, size)
            return _of_parts(archive, {part.filename: part for part in parts})
    except Unreadable:
        raise
    except Exception:  # the reader of archives raises whatever it comes across
        raise Unreadable(unreadable.BROKEN)


def _require_fair(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what would burst where somebody opens it, and what is locked."""
    inside = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or inside > MOST_INSIDE or inside > MOST_TIMES_LARGER * max(size, 1024):
        raise Unreadable(unreadable.TOO_MUCH_INSIDE)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(unreadable.LOCKED)


def _of_parts(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str:
    names = [name.lower() for name in parts]
    if any(name.rpartition("/")[2] in PROGRAMS for name in names):
        raise Unreadable(unreadable.MACROS)
    if "mimetype" in parts:
        kind = _read(archive, parts["mimetype"]).decode("ascii", "replace").strip()
        if any(name.startswith(FOLDERS_OF_PROGRAMS) for name in names):
            raise Unreadable(unreadable.MACROS)
        found = kind if kind.startswith(OPEN) and "content.xml" in parts else ""
    else:
        found = next((kind for part, kind in PARTS.items() if part in parts), "")
        declared = _read(archive, parts[TYPES]).lower() if TYPES in parts else b""
        if b"macroenabled" in declared:
            raise Unreadable(unreadable.MACROS)
        # A template, a slide show and the like are declared as something else.
        found = found if f'"{found}.main+xml"'.lower().encode() in declared else ""
    if found not in DOCUMENTS:
        raise Unreadable(unreadable.NOT_A_DOCUMENT)
    return found


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Unpack one small part: what it says of itself, and not a byte more than that may be long."""
    with archive.open(part) as file:
        return file.read(LONGEST_DECLARATION)


def _of_text(content: bytes) -> str:
    """Take a text in lines and columns, in one of the encodings that spreadsheets write."""
    text = next(filter(None, (_decoded(content, encoding) for encoding in ENCODINGS)), "")
    first = text.lstrip().partition("\n")[0]
    unseen = any(letter < " " and letter not in "\t\r\n" for letter in text)
    if unseen or text.lstrip().startswith(NO_TABLES) or not any(sign in first for sign in DIVIDED_BY):
        raise Unreadable(unreadable.NOT_A_DOCUMENT)
    return CSV


def _decoded(content: bytes, encoding: str) -> str:
    # Without its mark of order, nearly anything is UTF-16.
    if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""
