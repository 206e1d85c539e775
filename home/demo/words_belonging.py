"""The words on belonging: what partnerships set out to do, agreed, take, and wait for."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class SiteWords:
    """What the site admin has set."""

    run_by: str
    concern_name: str
    concern_email: str


@dataclass
class IntentionWords:
    """Something set out to do; `becomes` is what it was changed into, on the day of `changed_days_ago`."""

    text: str
    days_ago: int
    becomes: str = ""
    changed_days_ago: int = 0


@dataclass
class PartWords:
    """What an organisation hopes for."""

    organisation: str
    hopes_to_learn: str
    brings: str
    cannot_promise: str
    approach: str


@dataclass
class ResourceWords:
    """One line of what it takes."""

    kind: str
    who: str
    purpose: str
    paid_by: str
    starts_days_ago: int
    days: Decimal | None = None
    pounds: Decimal | None = None
    ends_days_ahead: int | None = None


@dataclass
class PhaseWords:
    """From when on it was in a phase, and why."""

    key: str
    days_ago: int
    reason: str


@dataclass
class AgreementWords:
    """A version of the agreement: the starter text, with a line that it `adds`."""

    days_ago: int
    safety: str
    review_in_days: int
    accepted_by_all_but: list[str]
    adds: str = ""
    what_changed: str = ""
    frequency: str = ""
    record_kept: str = ""
    confidentiality_limits: str = ""


@dataclass
class StudyWords:
    """A study that draws on the partnership."""

    title: str
    institution: str
    approval: str
    information: str
    last_day_ahead: int
    days_ago: int


@dataclass
class ShelfWords:
    """Something for those who join later; the address may be one word, a page of the partnership."""

    title: str
    why: str
    address: str


@dataclass
class AskedWords:
    """Somebody who is asked into a space, or asks to join it; the question is still open."""

    space: str
    person: str
    days_ago: int
    by: str = ""
    accepted: bool = False


@dataclass
class InvitationWords:
    """An invitation that nobody has answered."""

    email: str
    name: str
    role: str
    own_words: str
    organisation: str
    by: str
    days_ago: int


@dataclass
class BelongingWords:
    """All that one partnership has beside its people, spaces and notes."""

    key: str
    by: str = ""
    concern_name: str = ""
    concern_email: str = ""
    talk_in_days: int | None = None
    talk_words: str = ""
    alongside: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    intention: list[IntentionWords] = field(default_factory=list)
    part: list[PartWords] = field(default_factory=list)
    resource: list[ResourceWords] = field(default_factory=list)
    phase: list[PhaseWords] = field(default_factory=list)
    agreement: list[AgreementWords] = field(default_factory=list)
    study: list[StudyWords] = field(default_factory=list)
    shelf: list[ShelfWords] = field(default_factory=list)
    asked_in: list[AskedWords] = field(default_factory=list)
    asked_to_join: list[AskedWords] = field(default_factory=list)
    invitation: list[InvitationWords] = field(default_factory=list)
    # Partnerships that a member talks of in supervision, by the person's key; and the days on which they met.
    brings: dict[str, list[str]] = field(default_factory=dict)
    met_days_ago: list[int] = field(default_factory=list)
    research: dict[str, str] = field(default_factory=dict)

    PARTS = {
        "intention": IntentionWords,
        "part": PartWords,
        "resource": ResourceWords,
        "phase": PhaseWords,
        "agreement": AgreementWords,
        "study": StudyWords,
        "shelf": ShelfWords,
        "asked_in": AskedWords,
        "asked_to_join": AskedWords,
        "invitation": InvitationWords,
    }
