"""The words of the demo, as they stand in the TOML files of the folder `words`.

Days count back from the day of loading; hours are those of the clock on the wall, with decimals.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .words_belonging import BelongingWords, SiteWords
from .words_cycles import ActivityWords, CycleWords, MethodWords
from .words_folding import FoldWords
from .words_landscape import PatternWords
from .words_prompts import AnsweredWords, OfferedWords
from .words_sessions import SessionWords
from .words_told import ToldWords
from .words_trying import ConditionWords, ExperimentWords

FOLDER = Path(__file__).parent / "words"
WIDER_FIELD = "wider_field"
EVERYONE = "everyone"


class WordsError(Exception):
    """The words of the demo do not fit together. The message names the place to correct."""


@dataclass
class PersonWords:
    """Somebody in the story. The key is the part of the address before the @."""

    key: str
    email: str
    name: str
    wants_to_learn: str
    can_offer: str
    answers_for: str
    organisation: str
    job: str


@dataclass
class OrganisationWords:
    """An organisation; `admins` are people's keys."""

    key: str
    name: str
    kind: str
    admins: list[str] = field(default_factory=list)


@dataclass
class ParticipationWords:
    """How an organisation takes part in a partnership."""

    organisation: str
    hosts: bool
    commissions: bool
    provides: bool
    funds: bool
    provides_learning: bool
    in_words: str

    @property
    def ways(self) -> list[str]:
        """Return the ways that are true."""
        names = ["hosts", "commissions", "provides", "funds", "provides_learning"]
        return [name for name in names if getattr(self, name)]


@dataclass
class MemberWords:
    """Somebody's stay in a partnership."""

    person: str
    role: str
    own_words: str
    organisation: str
    learning_partner: bool
    steward: bool
    joined_days_ago: int
    left_days_ago: int | None = None


@dataclass
class SpaceWords:
    """A space. Its members come in when it opens or, later, when they join the partnership.

    `joined` says on which other day somebody came in, `left` when they left, by the person's key.
    """

    key: str
    kind: str
    name: str
    purpose: str
    power_statement: str
    members: list[str]
    opened_by: str
    opened_days_ago: int
    closed_days_ago: int | None = None
    joined: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)


@dataclass
class PartnershipWords:
    """A partnership, with who takes part and its spaces beside everyone's."""

    key: str
    name: str
    kind: str
    parent: str
    purpose: str
    started_days_ago: int
    draft: bool
    started_by: str
    participation: list[ParticipationWords]
    member: list[MemberWords]
    space: list[SpaceWords] = field(default_factory=list)

    def __post_init__(self):
        """Make what is nested into words of its own."""
        about = f'partnership "{self.key}"'
        self.participation = [_make(ParticipationWords, row, about) for row in self.participation]
        self.member = [_make(MemberWords, row, about) for row in self.member]
        self.space = [_make(SpaceWords, row, about) for row in self.space]


@dataclass
class ResponseWords:
    """A response to a note; `answers` is the place, from 0, of the response that it answers."""

    author: str
    kind: str
    text: str
    days_ago: int
    hour: float
    answers: int | None = None


@dataclass
class NoteWords:
    """A note. `space` is a space's key, "everyone", "wider_field", or empty for the notebook."""

    key: str
    author: str
    partnership: str
    space: str
    attribution: str
    level: int
    title: str
    text: str
    days_ago: int
    hour: float
    tags: list[str]
    happened_days_ago: int | None = None
    # The day on which its author put something right in it.
    edited: int | None = None
    withdrawn_days_ago: int | None = None
    response: list[ResponseWords] = field(default_factory=list)

    def __post_init__(self):
        """Make what is nested into words of its own."""
        self.response = [_make(ResponseWords, row, f'note "{self.key}"') for row in self.response]


@dataclass
class DraftWords:
    """What somebody has typed today, and not saved."""

    author: str
    key: str
    hour: float
    text: str


@dataclass
class FileWords:
    """A photo or a voice note on a note: how it is made as the demo is loaded, and what is said of it."""

    note: str
    kind: str
    made_as: str
    description: str


@dataclass
class HelpWords:
    """Whom the author of a note has asked to help with the words, and each change suggested: from what to what."""

    note: str
    helper: str
    wish: str
    days_ago: int
    hour: float
    suggested_days_ago: int = 0
    suggested_hour: float = 0
    note_with_it: str = ""
    changes: list[list[str]] = field(default_factory=list)


@dataclass
class Words:
    """All words of the demo."""

    people: list[PersonWords]
    organisations: list[OrganisationWords]
    partnerships: list[PartnershipWords]
    notes: list[NoteWords]
    drafts: list[DraftWords]
    site: SiteWords
    belonging: list[BelongingWords]
    help: list[HelpWords] = field(default_factory=list)
    folds: list[FoldWords] = field(default_factory=list)
    files: list[FileWords] = field(default_factory=list)
    offered: list[OfferedWords] = field(default_factory=list)
    answered: list[AnsweredWords] = field(default_factory=list)
    told: list[ToldWords] = field(default_factory=list)
    sessions: list[SessionWords] = field(default_factory=list)
    cycles: list[CycleWords] = field(default_factory=list)
    activities: list[ActivityWords] = field(default_factory=list)
    methods: list[MethodWords] = field(default_factory=list)
    experiments: list[ExperimentWords] = field(default_factory=list)
    conditions: list[ConditionWords] = field(default_factory=list)
    patterns: list[PatternWords] = field(default_factory=list)


def read_words(folder: Path = FOLDER) -> Words:
    """Read the files; WordsError where one does not have the form that it should."""
    notes = [row for path in sorted(folder.glob("notes-*.toml")) for row in _rows(path, NoteWords, "note")]
    keys = [note.key for note in notes]
    for key in keys:
        if keys.count(key) > 1:
            raise WordsError(f'note "{key}": there are two of that key.')
    return Words(
        people=_rows(folder / "people.toml", PersonWords, "person"),
        organisations=_rows(folder / "organisations.toml", OrganisationWords, "organisation"),
        partnerships=_rows(folder / "partnerships.toml", PartnershipWords, "partnership"),
        notes=notes,
        drafts=_rows(folder / "drafts.toml", DraftWords, "draft"),
        site=_make(SiteWords, _tables(folder / "belonging.toml")["site"], "belonging.toml, site"),
        belonging=[_with_parts(row) for row in _rows(folder / "belonging.toml", BelongingWords, "partnership")],
        help=_rows(folder / "help.toml", HelpWords, "help"),
        files=_rows(folder / "files.toml", FileWords, "file"),
        folds=_rows(folder / "folding.toml", FoldWords, "fold"),
        offered=_rows(folder / "prompts.toml", OfferedWords, "offered"),
        answered=[_with_responses(row) for row in _rows(folder / "prompts.toml", AnsweredWords, "note")],
        told=_rows(folder / "told.toml", ToldWords, "note"),
        sessions=[_with_parts(row) for row in _rows(folder / "sessions.toml", SessionWords, "session")],
        cycles=[_with_parts(row) for row in _rows(folder / "cycles.toml", CycleWords, "cycle")],
        activities=_rows(folder / "cycles.toml", ActivityWords, "activity"),
        methods=_rows(folder / "cycles.toml", MethodWords, "method"),
        experiments=[_with_parts(row) for row in _rows(folder / "trying.toml", ExperimentWords, "experiment")],
        conditions=[_with_parts(row) for row in _rows(folder / "trying.toml", ConditionWords, "condition")],
        patterns=[_with_parts(row) for row in _rows(folder / "patterns.toml", PatternWords, "pattern")],
    )


def _with_parts[Nested: (BelongingWords, SessionWords, CycleWords, ExperimentWords, ConditionWords, PatternWords)](
    words: Nested,
) -> Nested:
    """Make what is nested into words of its own."""
    for name, of in words.PARTS.items():
        setattr(words, name, [_make(of, row, f'{name} of "{words.key}"') for row in getattr(words, name)])
    return words


def _with_responses(words: AnsweredWords) -> AnsweredWords:
    """Make what is nested into words of its own."""
    words.response = [_make(ResponseWords, row, f'note "{words.key}"') for row in words.response]
    return words


def _rows(path: Path, of: type, name: str) -> list[Any]:
    tables = _tables(path).get(name, [])
    return [_make(of, row, f'{path.name}, {name} "{row.get("key", "without a key")}"') for row in tables]


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WordsError(f"{path.name}: {error}") from error


def _make(of: type, table: dict[str, Any], about: str) -> Any:
    try:
        return of(**table)
    except TypeError as error:
        raise WordsError(f"{about}: {error}") from error
