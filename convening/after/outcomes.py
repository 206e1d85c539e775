"""What came of a session, as its readers find it; and as search finds its session."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from convening.models import Carrying, Outcome, OutcomeVersion, Session
from convening.models.outcomes import BOXES
from learnpartner.differences import Change, changes_between
from partnerships.reader import Reader


@dataclass(frozen=True)
class Former:
    """One version that an outcome had: who wrote it, whether it was proposed, its words, and what objections said.

    `changes` is, box by box, what became other in the version after it.
    """

    version: OutcomeVersion
    changes: Sequence[tuple[str, Sequence[Change]]]
    objections: list[Any]


def label_of(name: str) -> str:
    """Return how a box of an outcome is called."""
    return {
        "learned": _("What we learned"),
        "will_try": _("What we will try"),
        "questions": _("Questions left"),
        "we_assumed": _("We assumed"),
        "we_now_assume": _("We now assume"),
    }[name]


def outcome_of(reader: Reader, session: Session) -> Outcome | None:
    """Return what came of a session, with the reader's own answer on carrying it further (`my_answer`). One query.

    `objections_now` are those to the words as they stand.
    """
    mine = Carrying.objects.filter(outcome=OuterRef("pk"), person=reader.person).values("may_travel")[:1]
    rows = Outcome.objects.noting_carried().annotate(my_answer=Subquery(mine))  # type: ignore[attr-defined]
    # It comes once for each objection.
    rows = rows.annotate(against=FilteredRelation("objections", condition=Q(objections__version=F("version"))))
    rows = rows.select_related("written_by", "proposed_by", "against__person").filter(session=session)
    found = list(rows.order_by("against__made_at", "against__pk"))
    if not found:
        return None
    outcome = found[0]
    outcome.objections_now = [row.against for row in found if hasattr(row, "against")]
    # Its zone says when a day ends.
    outcome.session = session
    return outcome


def passages_of(outcome: Outcome) -> list[tuple[str, str]]:
    """Return what it says in its plain boxes, each with its name; the two assumptions stand side by side elsewhere."""
    return [(label_of(name), getattr(outcome, name)) for name in BOXES[:3] if getattr(outcome, name)]


def former_versions(outcome: Outcome) -> list[Former]:
    """Return the former versions, the last first: two queries."""
    objections: dict[int, list[Any]] = {}
    for row in outcome.objections.select_related("person"):
        objections.setdefault(row.version, []).append(row)
    after, found = outcome.words, []
    for version in outcome.versions.select_related("written_by"):
        changes = [
            (label_of(name), changes_between(version.words.get(name, ""), after[name]))
            for name in BOXES
            if version.words.get(name) or after[name]
        ]
        found.append(Former(version, changes, objections.get(version.number, [])))
        after = {name: version.words.get(name, "") for name in BOXES}
    return found


def words_at(outcome: Outcome | None, version: int) -> dict[str, str]:
    """Return what the outcome said at that version; nothing where there was none."""
    if outcome is None or not version:
        return dict.fromkeys(BOXES, "")
    if outcome.version == version:
        return outcome.words
    row = outcome.versions.filter(number=version).first()
    return {name: row.words.get(name, "") if row else "" for name in BOXES}


def words_to_search(records: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """Return the words of outcomes by the primary key of their session: a session is found by what came of it."""
    rows = Outcome.objects.filter(session__in=records).values_list("session", *BOXES)
    return {session: [text for text in texts if text] for session, *texts in rows}


def why_fixed(outcome: Outcome | None, *, is_host: bool) -> str:
    """Say why this person cannot change the words now; nothing where they can."""
    if outcome and outcome.is_agreed:
        return _("It is agreed, and its words are fixed. What you typed is kept for you: bring it to the next session.")
    if outcome and outcome.is_proposed and not is_host:
        return _("It was proposed, and its host alone amends it now. You can object with a line.")
    return ""
