"""The passages of a record's words: each field that says something, by its name, and put back in together."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from . import kinds
from .models import Record

# The columns that hold an author's own words, in the order in which they are read; answers stand in place of the text.
COLUMNS = ("title", "text", "we_assumed", "we_now_assume")


@dataclass(frozen=True)
class Passage:
    """One field of a record's words: the name under which it is suggested, how it is called, and what it says."""

    name: str
    label: str
    text: str

    @property
    def is_line(self) -> bool:
        """Say whether it has to stay on one line."""
        return self.name == "title"


def passages_of(words: dict[str, Any]) -> list[Passage]:
    """Return what can be mended in a record's words (`words_of`): each field that says something."""
    labels = {
        "title": _("Title"),
        "text": _("The words"),
        "we_assumed": _("We assumed"),
        "we_now_assume": _("We now assume"),
    }
    found = []
    for name in COLUMNS:
        if name == "text" and words.get("answers"):
            for number, answer in enumerate(words["answers"]):
                found.append(Passage(f"answer_{number}", answer["question"] or labels["text"], answer["answer"]))
        else:
            found.append(Passage(name, labels[name], words.get(name, "")))
    return [passage for passage in found if passage.text]


def columns_with(record: Record, words: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    """Return the columns of a record that says `words`, as they are once these passages are put in."""
    columns: dict[str, Any] = {name: texts[name] for name in COLUMNS if name in texts}
    if any(name.startswith("answer_") for name in texts):
        rows = enumerate(words["answers"])
        answers = [row | {"answer": texts.get(f"answer_{number}", row["answer"])} for number, row in rows]
        columns |= kinds.get(record.kind).answered(answers)
    return columns
