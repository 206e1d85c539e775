"""The demo's words for learning cycles and activities: where they went, and what came of them, or did not."""

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass
class MoveWords:
    """Where somebody moved a cycle: to which stage, and why."""

    by: str
    days_ago: int
    stage: str
    state: str = "running"
    note: str = ""


@dataclass
class CycleWords:
    """A learning cycle. `parts` are keys of sessions and of notes, which their authors put there."""

    key: str
    by: str
    partnership: str
    space: str
    title: str
    days_ago: int
    text: str = ""
    stage: str = "understand"
    scale: str = "team"
    pace: str = "fast"
    missing: str = ""
    look_again_days_ago: int | None = None
    parent: str = ""
    people: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    move: list[MoveWords] = field(default_factory=list)

    PARTS: ClassVar = {"move": MoveWords}


@dataclass
class ActivityWords:
    """An activity, perhaps in a cycle; `parts` as those of a cycle."""

    key: str
    by: str
    partnership: str
    space: str
    title: str
    days_ago: int
    level: int
    text: str = ""
    activity_type: str = ""
    own_type: str = ""
    method: str = ""
    work: str = "convening"
    ended_days_ago: int | None = None
    what_came: str = ""
    cycle: str = ""
    participants: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


@dataclass
class MethodWords:
    """A method of a partnership's own."""

    key: str
    by: str
    partnership: str
    days_ago: int
    name: str
    guide: str
    source: str = ""
