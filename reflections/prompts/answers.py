"""Answers to prompts: the one place that composes a note's text of them, so that the two always agree."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .built_in import Prompts

BETWEEN = "\n\n"
# The boxes of a form: answer_0, answer_1 …
ANSWER = re.compile(r"answer_(\d{1,4})")


def text_of(answers: Iterable[Mapping[str, str]]) -> str:
    """Return what a note says: its answers with a blank line between them, without the questions."""
    return BETWEEN.join(row["answer"] for row in answers if row["answer"])


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What somebody wrote with a set of prompts. `before` are words that answer none of the questions."""

    prompts: Prompts
    answers: Sequence[str]
    before: str = ""

    @property
    def rows(self) -> list[dict[str, str]]:
        """Return each question as it is now with its answer, the empty ones too: they can be answered later."""
        questions = [str(question) for question in self.prompts.questions]
        pairs = zip(questions, self.answers, strict=True)
        asked = [{"question": question, "answer": answer} for question, answer in pairs]
        return [*([{"question": "", "answer": self.before}] if self.before else []), *asked]

    def columns(self) -> dict[str, Any]:
        """Return the note's columns: which prompts, the questions with the answers, and the text that they make."""
        return {
            "prompt_set": self.prompts.key,
            "prompt_version": self.prompts.version,
            "prompt_name": str(self.prompts.name),
            **answered(self.rows),
        }


def answered(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return the columns that hold answers: themselves, and the text that they make."""
    return {"answers": [dict(row) for row in rows], "text": text_of(rows)}


def further_words(note: Any) -> dict[str, Any]:
    """Return what a note says beside its title and text, for its former versions: the questions with their answers."""
    return {"answers": note.answers} if note.answers else {}


def carried(boxes: Mapping[str, str], *, before: Prompts | None, to: Prompts | None) -> dict[str, str]:
    """Return what stands in the boxes once somebody turns from some prompts to others, or to none. No word is lost.

    An answer stays with its question where that is asked again; all others join what stands in the one box.
    """
    answers = {name: boxes[name] for name in sorted(filter(ANSWER.fullmatch, boxes), key=_number)}
    stood = {str(question): f"answer_{number}" for number, question in enumerate(before.questions if before else ())}
    stay = {}
    for number, question in enumerate(to.questions if to else ()):
        name = stood.get(str(question), "")
        if name in answers:
            stay[f"answer_{number}"] = answers.pop(name)
    moved = [boxes.get("text", ""), *answers.values()]
    empty = dict.fromkeys(filter(ANSWER.fullmatch, boxes), "")
    return empty | {"text": text_of({"answer": words} for words in moved if words.strip())} | stay


def _number(name: str) -> int:
    return int(name.rpartition("_")[2])
