"""The words on what changed, on marks, on what grew from what, and on what somebody told."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class ToldWords:
    """A note that says more than its words: marks, before and now, what it grew from, and who told it.

    `told_by` is a name, or "outside". `agreed_for` is a key of a space, or "everyone". Who `asks` names is asked on the
    next day; with `how_known` they confirm it, and only then is it shared.
    """

    key: str
    author: str
    title: str
    text: str
    days_ago: int
    hour: float
    partnership: str = "early-shift"
    space: str = ""
    attribution: str = "named"
    level: int = 1
    tags: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    what_changed: str = ""
    before: str = ""
    now: str = ""
    looking_at: str = ""
    grown_from: str = ""
    told_by: str = ""
    how_agreed: str = ""
    agreed_days_ago: int | None = None
    agreed_for: str = ""
    asks: str = ""
    how_known: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Return the columns of the note that these words fill."""
        return {
            **{mark: True for mark in self.marks},
            "what_changed": self.what_changed,
            "we_assumed": self.before,
            "we_now_assume": self.now,
            "looking_at": self.looking_at,
            "told_by": "" if self.told_by == "outside" else self.told_by,
            "told_from_outside": self.told_by == "outside",
        }
