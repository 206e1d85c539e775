"""The demo's words for patterns."""

from dataclasses import dataclass, field


@dataclass
class SourceWords:
    """A note that somebody added as a source, by its key: whether it fits, and a line."""

    note: str
    by: str
    days_ago: int
    stance: str
    why: str


@dataclass
class StandsWords:
    """How a pattern stood from a day on, and why."""

    by: str
    days_ago: int
    to: str
    reason: str


@dataclass
class ReadWords:
    """What somebody responded to a pattern."""

    by: str
    days_ago: int
    verb: str
    text: str


@dataclass
class PatternWords:
    """What recurs, who wrote it down and where; then its sources, how it stood, and what was said to it."""

    key: str
    partnership: str
    space: str
    by: str
    days_ago: int
    level: int
    title: str
    text: str
    looked_for: str
    source: list[SourceWords] = field(default_factory=list)
    state: list[StandsWords] = field(default_factory=list)
    said: list[ReadWords] = field(default_factory=list)

    PARTS = {"source": SourceWords, "state": StandsWords, "said": ReadWords}
