"""What is held about people, for people to read: docs/data.md, and the schema of the export, docs/data-schema.json."""

import json
from typing import Any

from django.conf import settings
from django.db import models

from .declaration import Held, declared
from .exporting import FORMAT

DATA = settings.BASE_DIR / "docs" / "data.md"
SCHEMA = settings.BASE_DIR / "docs" / "data-schema.json"

OPENING = """# What is held about people

Made by `manage.py describe_data` from `accounts/my_data/held.toml`, which declares every field of every table. The
build fails for one that is not declared. *Export everything of mine* and *Erase me* (`/account/data/`) follow this
declaration, and so does a table that is added later.

**Exported**: `index.html` to read offline, `words.txt`, `data.json` in the shape of
[`data-schema.json`](data-schema.json), and the files. A field that is not exported is a number or a key that only the
database knows, another person, or words that are not one's own.

**Erased** means at once, in the database, the store of files, the search texts and the mails on their way. Backups hold
it until they are deleted; after a restore `manage.py erase_again` erases again whom the ledger names (`erased.jsonl` in
`VAR_DIR`: a random id, the moment and the choice, no name). What databases leave in freed pages goes as they are
written over. Beside these tables there is a cache, which counts tries to sign in under hashes, for minutes, and the
log, which holds no words.
"""


def data_md() -> str:
    """Return docs/data.md."""
    return "\n".join([OPENING, *(_table(held) for held in declared().values())])


def _table(held: Held) -> str:
    whose = ", ".join(f"`{way}`" if way else "the person" for way in held.whose) or "nobody's, or the group's"
    lines = [f"## {held.table}", f"{held.what}. Whose: {whose}. Kept: {held.kept[:1].lower()}{held.kept[1:]}."]
    if held.whose or held.erased == "special" or held.changed:
        lines.append(f"**When somebody is erased** {_erased(held)}{f' {held.why}' if held.why else ''}")
    lines += ["", "| field | exported | when erased |", "|---|---|---|"]
    lines += [f"| {name} | {_exported(held, name)} | {held.erasure_of(name)} |" for name in held.fields]
    return "\n".join([*lines, ""])


def _erased(held: Held) -> str:
    if held.erased == "deleted":
        return f"the row is deleted{f' ({", ".join(held.deletes)})' if held.deletes else ''}."
    return "the row stays." if held.erased == "stays" else "its app sees to it."


def _exported(held: Held, name: str) -> str:
    if name not in held.exported:
        return "no"
    return f"to `{held.of[name]}`" if name in held.of else "yes"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of `data.json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Everything that is held about one person",
        "type": "object",
        "required": ["site", "format", "made_at", "note", "files", "held"],
        "additionalProperties": False,
        "properties": {
            "site": {"type": "string", "description": "The address of the site."},
            "format": {"const": FORMAT, "description": "Goes up when the shape changes."},
            "made_at": {"type": "string", "format": "date-time"},
            "note": {"type": "string"},
            "files": {
                "type": "object",
                "description": "By the public id of a photo or voice note: where its file is in this export.",
                "additionalProperties": {"type": "string"},
            },
            "held": {
                "type": "object",
                "additionalProperties": False,
                "required": [table for table, held in declared().items() if held.exported],
                "properties": {table: _rows(held) for table, held in declared().items() if held.exported},
            },
        },
    }


def _rows(held: Held) -> dict[str, Any]:
    return {
        "type": "array",
        "description": held.what,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": held.exported,
            "properties": {name: _value(held, name) for name in held.exported},
        },
    }


def _value(held: Held, name: str) -> dict[str, Any]:
    column: Any = held.rows._meta.get_field(name)
    said = {"description": str(column.help_text)} if getattr(column, "help_text", "") else {}
    if isinstance(column, models.ForeignKey):
        return {
            "type": ["string", "integer", "null"],
            "description": f"What names it in {column.related_model._meta.label}.",
        }
    if isinstance(column, models.JSONField):
        return said
    kind = _type(column)
    kind["type"] = [kind["type"], "null"] if column.null or name in held.of else kind["type"]
    return kind | said


def _type(column: Any) -> dict[str, Any]:
    if isinstance(column, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(column, models.IntegerField):
        return {"type": "integer"}
    if isinstance(column, models.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(column, models.DateField):
        return {"type": "string", "format": "date"}
    # Amounts are written as text, so that no digit is lost.
    return {"type": "string"}


def schema_json() -> str:
    """Return docs/data-schema.json, which goes into each export as schema.json."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
