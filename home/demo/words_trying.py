"""The demo's words for what is tried, and for what is in the way."""

from dataclasses import dataclass, field


@dataclass
class StepWords:
    """What somebody filled in of an experiment: columns with their words."""

    by: str
    days_ago: int
    said: dict[str, str]


@dataclass
class LoggedWords:
    """A note that somebody put into the log, by its key, and as which sign."""

    note: str
    by: str
    days_ago: int
    sign: str = "log"


@dataclass
class ExperimentWords:
    """Something that was tried: `again_days_ago` is the day to look again, negative for a day to come.

    With `belief` it was closed, by whom and when.
    """

    key: str
    author: str
    space: str
    title: str
    days_ago: int
    again_days_ago: int
    partnership: str = "early-shift"
    step: list[StepWords] = field(default_factory=list)
    logged: list[LoggedWords] = field(default_factory=list)
    closed_by: str = ""
    closed_days_ago: int = 0
    surprised: str = ""
    belief: str = ""
    decision: str = ""

    PARTS = {"step": StepWords, "logged": LoggedWords}


@dataclass
class AnswerWords:
    """What somebody who was asked answered, and when."""

    days_ago: int
    answer: str
    text: str


@dataclass
class ConditionWords:
    """Something that is in the way: who said so, who was asked, and what they answered, if anything."""

    key: str
    author: str
    space: str
    asked: str
    title: str
    days_ago: int
    text: str = ""
    partnership: str = "early-shift"
    answer: list[AnswerWords] = field(default_factory=list)

    PARTS = {"answer": AnswerWords}
