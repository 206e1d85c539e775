"""The demo's words about what was folded."""

from dataclasses import dataclass, field


@dataclass
class FoldWords:
    """Who folded which note and what they said to its author; then what was changed, or why it was put back."""

    note: str
    by: str
    words: str
    days_ago: int
    hour: float
    mended_days_ago: int = 0
    mended_hour: float = 0
    changes: list[list[str]] = field(default_factory=list)
    put_back_days_ago: int = 0
    put_back_hour: float = 0
    reason: str = ""
