"""What is in the library and hangs on it, made through the actions, for tests of this room."""

import io
import zipfile
from datetime import date
from typing import Any

from curating import actions
from curating.models import BoundaryObject, ObjectUse, Reading
from desk import drafts
from records.attachments.keeping import keep_file
from records.attachments.said import Files

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def archive(**parts: bytes) -> bytes:
    """Make an archive of these parts; "__" in a name stands for "/"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def word_document(*, kind: str = WORD, **parts: bytes) -> bytes:
    """Make a document of Word, as far as anybody looks at it here."""
    declared = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}.main+xml"/></Types>'.encode()
    return archive(**{"[Content_Types].xml": declared, "word__document.xml": b"<w:document/>", **parts})


def called(name: str, content: bytes) -> io.BytesIO:
    """Give a file as a browser sends it: with what it was called there."""
    file = io.BytesIO(content)
    file.name = name
    return file


def files(by: Any, *contents: tuple[str, bytes], key: str = "", **further: Any) -> Files:
    """Keep documents under the key of a form, and return what the form says of them."""
    said = Files(by, key or drafts.new_key(), **further)
    for name, content in contents:
        keep_file(called(name, content), kind="document", files=said)
    return said


def an_object(*, by: Any, space: Any, key: str = "", documents: Any = (), **words: Any) -> BoundaryObject:
    """Bring something into the library."""
    key = key or drafts.new_key()
    said = {
        "title": "The bus map",
        "sort": "map",
        "why": "It shows who cannot get here.",
        "text": "Route 9 ends early.",
    }
    brought = files(by, *documents, key=key) if documents else None
    return actions.add_object(space=space, by=by, key=key, files=brought, **said | words)


def version(of: BoundaryObject, *, by: Any, change: str = "Route 9 added.", key: str = "", **changes: Any) -> None:
    """Add a version."""
    now = BoundaryObject.objects.get(pk=of.pk)
    wanted = {"files": changes.pop("files", None), "version": changes.pop("version", now.version)}
    actions.change_object(
        boundary_object=now, changes=changes, change=change, by=by, key=key or drafts.new_key(), **wanted
    )


def use(of: BoundaryObject, *, by: Any, line: str = "On the wall in May.", key: str = "") -> ObjectUse:
    """Note where it was used."""
    return actions.note_use(boundary_object=of, line=line, used_on=date(2026, 5, 4), by=by, key=key or drafts.new_key())


def reading(
    of: BoundaryObject, *, by: Any, way: str = "role:named", text: str = "I see nights.", key: str = ""
) -> Reading:
    """Say how it reads."""
    return actions.read(of=of, way=way, of_version=1, text=text, by=by, key=key or drafts.new_key())


def state(
    of: BoundaryObject, *, to: str, by: Any, reason: str = "", by_which: str = "", seen: str = "", key: str = ""
) -> None:
    """Say how it stands."""
    now = BoundaryObject.objects.get(pk=of.pk)
    actions.change_state(
        boundary_object=now,
        seen=seen or now.state,
        to=to,
        by_which=by_which,
        reason=reason,
        by=by,
        key=key or drafts.new_key(),
    )
