"""The demo's conversations, and a relationship note, each act at its own moment."""

import tomllib
from functools import partial
from typing import Any

from conversing import actions
from conversing.models import Conversation
from records.actions import respond

from .story import Story, form_key
from .words import FOLDER

MORNING, NOON, EVENING = 9.7, 12.7, 18.7


def tell(story: Story) -> None:
    """Put each conversation on the line, with what was said in it and how it ended."""
    words = tomllib.loads((FOLDER / "conversations.toml").read_text(encoding="utf-8"))
    for row in words["conversation"]:
        made: list[Conversation] = []

        def add(days_ago: int, hour: float, do: Any, *given: Any, key: str = row["key"]) -> None:
            story.line.add(days_ago, hour, f'conversation "{key}"', partial(do, story, *given))

        add(row["days_ago"], MORNING, _start, row, made)
        for said in row.get("said", []):
            add(said["days_ago"], EVENING, _say, row, said, made)
        if "summary" in row:
            add(row["summary_days_ago"], NOON, _sum_up, row, made)
        if "closing" in row:
            add(row["closed_days_ago"], NOON, _close, row, made)
    for row in words["note"]:
        story.line.add(row["days_ago"], EVENING, "a relationship note", partial(_note, story, row))


def _start(story: Story, words: dict[str, Any], made: list[Conversation]) -> None:
    space = story.space(words["space"], partnership=words["partnership"])
    key = form_key(f"conversation-{words['key']}")
    said = {"question": words["question"], "text": words["text"]}
    made.append(actions.start_conversation(space=space, by=story.person(words["by"]), key=key, **said))


def _say(story: Story, words: dict[str, Any], said: dict[str, Any], made: list[Conversation]) -> None:
    key = form_key(f"said-{words['key']}-{said['days_ago']}")
    respond(to=made[0], verb=said["verb"], text=said["text"], by=story.person(said["by"]), key=key)


def _sum_up(story: Story, words: dict[str, Any], made: list[Conversation]) -> None:
    by, key = story.person(words["summary_by"]), form_key(f"summary-{words['key']}")
    actions.sum_up(conversation=made[0], number=0, text=words["summary"], by=by, key=key)


def _close(story: Story, words: dict[str, Any], made: list[Conversation]) -> None:
    by, key = story.person(words["closed_by"]), form_key(f"close-{words['key']}")
    actions.close_conversation(conversation=made[0], closing=words["closing"], by=by, key=key)


def _note(story: Story, words: dict[str, Any]) -> None:
    said = {name: words[name] for name in ("work", "title", "text")}
    partnership, by = story.partnership(words["partnership"]), story.person(words["by"])
    key = form_key(f"relationship-{words['days_ago']}")
    actions.write_relationship_note(partnership=partnership, by=by, key=key, **said)
