"""The demo's libraries: what was brought in, how it reads to whom, its versions, and how it stands."""

import io
import tomllib
from functools import partial
from typing import Any

from curating import actions
from curating.models import BoundaryObject
from records.attachments.keeping import keep_file
from records.attachments.said import Files

from .attachments import MADE
from .story import Story, form_key
from .words import FOLDER

MORNING, NOON, EVENING = 9.8, 12.8, 18.8
TABLE = b"""month,placed,refused,no contact
April,6,2,9
May,4,1,12
June,7,3,8
July,5,2,10
August,2,1,4
September,6,2,9
"""


class _Called(io.BytesIO):
    """A file with the name that it had on somebody's computer."""

    def __init__(self, name: str, content: bytes):
        super().__init__(content)
        self.name = name


def tell(story: Story) -> None:
    """Put on the line all that happens to what is in the libraries."""
    made: dict[str, BoundaryObject] = {}
    for words in tomllib.loads((FOLDER / "library.toml").read_text(encoding="utf-8"))["object"]:
        about = f'"{words["title"]}" in the library'
        story.line.add(words["days_ago"], MORNING, about, partial(_bring, story, words, made))
        for name, hour, do in (
            ("version", NOON, _change),
            ("reading", EVENING, _read),
            ("use", NOON, _use),
            ("state", NOON, _say_how),
        ):
            for row in words.get(name, []):
                story.line.add(row["days_ago"], hour, about, partial(do, story, words["key"], row, made))


def _bring(story: Story, words: dict[str, Any], made: dict[str, BoundaryObject]) -> None:
    by, key = story.person(words["by"]), form_key(f"library-{words['key']}")
    descriptions = {}
    if "picture" in words:
        kept = keep_file(io.BytesIO(MADE[words["picture"]]()), kind="photo", files=Files(by, key))
        descriptions[kept.public_id] = words["picture_says"]
    if "document" in words:
        kept = keep_file(_Called(words["document"], TABLE), kind="document", files=Files(by, key))
        descriptions[kept.public_id] = words["document_says"]
    made[words["key"]] = actions.add_object(
        space=story.space(words["space"], partnership=words["partnership"]),
        files=Files(by, key, descriptions=descriptions),
        by=by,
        key=key,
        **{name: words[name] for name in ("title", "sort", "why", "text")},
    )


def _change(story: Story, key: str, row: dict[str, Any], made: dict[str, BoundaryObject]) -> None:
    now = _now(made[key])
    changes = {name: row.get(name, getattr(now, name)) for name in ("title", "sort", "why", "text")}
    actions.change_object(
        boundary_object=now,
        version=now.version,
        changes=changes,
        change=row["change"],
        **_by(story, "version", key, row),
    )


def _read(story: Story, key: str, row: dict[str, Any], made: dict[str, BoundaryObject]) -> None:
    now = _now(made[key])
    number = now.kept_versions.count()
    actions.read(of=now, way=row["way"], of_version=number, text=row["text"], **_by(story, "reading", key, row))


def _use(story: Story, key: str, row: dict[str, Any], made: dict[str, BoundaryObject]) -> None:
    day = story.line.moment(row["days_ago"], NOON).date()
    actions.note_use(boundary_object=_now(made[key]), line=row["line"], used_on=day, **_by(story, "use", key, row))


def _say_how(story: Story, key: str, row: dict[str, Any], made: dict[str, BoundaryObject]) -> None:
    now = _now(made[key])
    which = made[row["by_which"]].public_id if row["by_which"] else ""
    said = {"to": row["to"], "by_which": which, "reason": row["reason"], "seen": now.state}
    actions.change_state(boundary_object=now, **said, **_by(story, "state", key, row))


def _by(story: Story, act: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
    return {"by": story.person(row["by"]), "key": form_key(f"library-{act}-{key}-{row['by']}-{row['days_ago']}")}


def _now(row: BoundaryObject) -> BoundaryObject:
    return BoundaryObject.objects.get(pk=row.pk)
