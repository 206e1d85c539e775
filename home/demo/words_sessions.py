"""The demo's words for sessions: what was written before them, who came, and what came of them."""

from dataclasses import dataclass, field


@dataclass
class ContributionWords:
    """What somebody wrote for a session, and how they wished to be named."""

    author: str
    text: str
    wish: str = "named"


@dataclass
class OutcomeWords:
    """What came of a session: who noted it, and until which day one may object, if it was proposed.

    `last_day_days_ago` is negative for a day to come. Who `objects` says why in `objection`; then it is `amended`, from
    what to what, and proposed again on the day after, for seven days.
    """

    noted_by: str
    learned: str = ""
    will_try: str = ""
    questions: str = ""
    before: str = ""
    now: str = ""
    last_day_days_ago: int | None = None
    objects: str = ""
    objection: str = ""
    amended: list[list[str]] = field(default_factory=list)
    may_travel: list[str] = field(default_factory=list)


@dataclass
class CommitmentWords:
    """Who said they would do what, and by when; on which days it was done, or let go and why, and taken up again."""

    what: str
    who: str
    due_days_ago: int | None = None
    done_days_ago: int | None = None
    let_go: list[list[str]] = field(default_factory=list)


@dataclass
class VerdictWords:
    """What a session that looks again said of an intention, which begins with these words."""

    intention: str
    by: str
    verdict: str
    why: str
    unintended: str = ""
    new_words: str = ""


@dataclass
class SupervisionWords:
    """What is kept of a supervision session, and who acknowledged it."""

    by: str
    lenses: list[str]
    shifted: str
    concern: str = ""
    followed_up: str = ""
    acknowledged: list[str] = field(default_factory=list)


@dataclass
class SessionWords:
    """A session: in which space, when it was convened and when it is; days to come are negative."""

    key: str
    host: str
    partnership: str
    space: str
    title: str
    text: str
    convened_days_ago: int
    days_ago: int
    starts: float
    ends: float
    place: str = ""
    link: str = ""
    question: str = ""
    occasion: str = "sense_making"
    activity: str = ""
    level: int = 2
    confidentiality: str = "ordinary"
    missing: str = ""
    agenda: str = ""
    offers: list[list[str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    present: list[str] = field(default_factory=list)
    cancelled_days_ago: int | None = None
    cancelled_because: str = ""
    repeated: int = 0
    contribution: list[ContributionWords] = field(default_factory=list)
    outcome: list[OutcomeWords] = field(default_factory=list)
    commitment: list[CommitmentWords] = field(default_factory=list)
    verdict: list[VerdictWords] = field(default_factory=list)
    supervision: list[SupervisionWords] = field(default_factory=list)
    # Of each task: which one, who does it now, and a line.
    tasks: list[list[str]] = field(default_factory=list)

    # What is nested, by the name of its tables.
    PARTS = {
        "contribution": ContributionWords,
        "outcome": OutcomeWords,
        "commitment": CommitmentWords,
        "verdict": VerdictWords,
        "supervision": SupervisionWords,
    }
