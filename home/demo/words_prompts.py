"""The words on prompts: what a partnership has of its own, and what was written with a set."""

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass
class OfferedWords:
    """A set of prompts or a lens that somebody offers, and what it asked after a change."""

    key: str
    partnership: str
    kind: str
    by: str
    name: str
    line: str
    framework: str
    source: str
    questions: list[str]
    days_ago: int
    hour: float
    changed_days_ago: int | None = None
    changed_questions: list[str] = field(default_factory=list)


@dataclass
class AnsweredWords:
    """A note written with prompts: the key of a built-in set, or of one that was offered."""

    key: str
    author: str
    prompts: str
    space: str
    attribution: str
    title: str
    answers: list[str]
    days_ago: int
    hour: float
    response: list = field(default_factory=list)

    partnership: ClassVar[str] = "early-shift"
