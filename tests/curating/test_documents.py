"""Documents are taken by what they are, kept as they came, and called by plain words; none that hold programs."""

import io
import random
import zipfile

import pytest

from records.attachments import unreadable
from records.attachments.called import plain_name
from records.attachments.documents import MOST_INSIDE, clean_document
from records.attachments.limits import CSV, OFFICE, OPEN, PDF
from records.attachments.unreadable import Unreadable

from .made import PDF as A_PDF
from .made import archive, word_document

pytestmark = pytest.mark.once

OPEN_TABLE = {"mimetype": f"{OPEN}.spreadsheet".encode(), "content.xml": b"<office:document-content/>"}
SHEET = f'<Types><Override ContentType="{OFFICE}.spreadsheetml.sheet.main+xml"/></Types>'.encode()
MACROS = SHEET.replace(b"openxmlformats", b"macroEnabled")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def locked(content: bytes) -> bytes:
    """Say of each part that it is locked, in its own head and in the list at the end."""
    changed = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = content.find(mark, at + 1)
    return bytes(changed)


def declared_larger(content: bytes) -> bytes:
    """Have the list at the end declare of its first part what no disk would hold."""
    at = content.find(b"PK\x01\x02")
    return content[: at + 24] + (MOST_INSIDE + 1).to_bytes(4, "little") + content[at + 28 :]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (A_PDF, PDF),
        (word_document(), f"{OFFICE}.wordprocessingml.document"),
        (archive(**{"[Content_Types].xml": SHEET, "xl/workbook.xml": b"<w/>"}), f"{OFFICE}.spreadsheetml.sheet"),
        (archive(**OPEN_TABLE), f"{OPEN}.spreadsheet"),
        (b"month,placed\nApril,6\n", CSV),
        ("Monat;Größe\nMai;3\n".encode("cp1252"), CSV),
        ("a\tb\n1\t2\n".encode("utf-16"), CSV),
    ],
)
def test_a_document_is_told_by_its_content_and_kept_as_it_came(content, kind):
    clean = clean_document(io.BytesIO(content))
    assert (clean.content, clean.media_type) == (content, kind)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (word_document(**{"word/vbaProject.bin": b"x"}), unreadable.MACROS),
        (archive(**{"[Content_Types].xml": MACROS, "xl/workbook.xml": b"<w/>"}), unreadable.MACROS),
        (archive(**OPEN_TABLE, **{"Basic/Standard/Module1.xml": b"x"}), unreadable.MACROS),
        (word_document(kind=f"{OFFICE}.wordprocessingml.template"), unreadable.NOT_A_DOCUMENT),
        (archive(**OPEN_TABLE | {"mimetype": b"application/vnd.oasis.opendocument.base"}), unreadable.NOT_A_DOCUMENT),
        (archive(**{"a.txt": b"a"}), unreadable.NOT_A_DOCUMENT),
        (word_document(**{"word/big.xml": bytes(20_000_000)}), unreadable.TOO_MUCH_INSIDE),
        (declared_larger(word_document()), unreadable.TOO_MUCH_INSIDE),
        (locked(word_document()), unreadable.LOCKED),
        (OLD + "EncryptedPackage".encode("utf-16-le"), unreadable.LOCKED),
        (OLD, unreadable.NOT_A_DOCUMENT),
        (word_document()[:200], unreadable.BROKEN),
        (A_PDF[:20], unreadable.BROKEN),
        (b"<html>,<script>alert(1)</script>", unreadable.NOT_A_DOCUMENT),
        (b"no columns here", unreadable.NOT_A_DOCUMENT),
        (b"a,b\x00\n", unreadable.NOT_A_DOCUMENT),
        (b"MZ\x90\x00,;", unreadable.NOT_A_DOCUMENT),
    ],
)
def test_what_is_none_or_holds_more_than_it_shows_is_not_taken(content, reason):
    with pytest.raises(Unreadable) as refused:
        clean_document(io.BytesIO(content))
    assert refused.value.args[0] == reason


def test_whatever_is_sent_it_is_taken_or_refused_in_words():
    chance = random.Random(9)
    for base in (word_document(), A_PDF, archive(**OPEN_TABLE), b"a,b\n1,2\n"):
        for _turn in range(40):
            broken = bytearray(base)
            for _byte in range(chance.randint(1, 8)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            try:
                clean_document(io.BytesIO(bytes(broken)))
            except Unreadable as error:
                assert error.args[0] in vars(unreadable).values()


def test_no_part_is_unpacked_beyond_what_says_what_it_is(monkeypatch):
    opened, document, before = [], io.BytesIO(word_document()), zipfile.ZipFile.open

    def noted(archive, part, *further):
        opened.append(part.filename)
        return before(archive, part, *further)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    clean_document(document)
    assert opened == ["[Content_Types].xml"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Budget 2026-27.xlsx", "Budget 2026-27"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ros\\Doors.pdf", "Doors"),
        ('a"; filename="evil.exe', "a filename evil"),
        ("Größe\u202efdp.exe", "Größe fdp"),
        ("<script>.pdf", "script"),
        ("...", ""),
        ("x" * 300 + ".csv", "x" * 100),
    ],
)
def test_what_a_file_was_called_becomes_plain_words(name, plain):
    assert plain_name(name) == plain
