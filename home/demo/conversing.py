"""The demo's tensions: written down, checked in on, and how they stand, each act at its own moment."""

import tomllib
from functools import partial
from typing import Any

from conversing import actions
from conversing.models import Tension
from conversing.models.tensions import BETWEEN, SIDES

from .story import Story, form_key
from .words import FOLDER

MORNING, NOON, EVENING = 9.6, 12.6, 18.6


def tell(story: Story) -> None:
    """Put each tension on the line, with its check-ins and how it stands."""
    for words in tomllib.loads((FOLDER / "tensions.toml").read_text(encoding="utf-8"))["tension"]:
        about = f'tension "{words["key"]}"'
        made: list[Tension] = []
        story.line.add(words["days_ago"], MORNING, about, partial(_open, story, words, made))
        for row in words.get("check_in", []):
            story.line.add(row["days_ago"], EVENING, about, partial(_check_in, story, words, row, made))
        for row in words.get("state", []):
            story.line.add(row["days_ago"], NOON, about, partial(_say_how, story, words, row, made))


def _open(story: Story, words: dict[str, Any], made: list[Tension]) -> None:
    said = {name: words.get(name, "") for name in ("text", *SIDES, "what_helps")}
    tension = actions.open_tension(
        space=story.space(words["space"], partnership=words["partnership"]),
        by=story.person(words["by"]),
        key=form_key(f"tension-{words['key']}"),
        title=f"{words['first']}{BETWEEN}{words['second']}",
        felt_by=words["felt_by"],
        **said,
    )
    made.append(tension)


def _check_in(story: Story, words: dict[str, Any], row: dict[str, Any], made: list[Tension]) -> None:
    key = form_key(f"check-in-{words['key']}-{row['days_ago']}")
    by = story.person(row["by"])
    actions.check_in(on=made[0], lean=row["lean"], text=row["text"], wish=row.get("wish", "named"), by=by, key=key)


def _say_how(story: Story, words: dict[str, Any], row: dict[str, Any], made: list[Tension]) -> None:
    now = Tension.objects.get(pk=made[0].pk)
    key = form_key(f"state-{words['key']}-{row['days_ago']}")
    by = story.person(row["by"])
    actions.change_state(tension=now, seen=now.state, to=row["to"], reason=row["reason"], by=by, key=key)
