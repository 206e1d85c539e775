"""What the page of a session shows of looking again, as far as its reader may know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from convening.access import is_host
from convening.models import Decision, Evidence, Session
from partnerships.decided import DecidedOn
from partnerships.models import Intention, Partnership
from partnerships.reader import Reader
from records.models import Record

from .rules import may_anyway, may_carry_out, takes_notes

MOST_OFFERED = 12


@dataclass
class DecisionShown:
    """A decision, what speaks against it, and what this reader may do with it now."""

    decision: Decision
    objections: list[Any] = field(default_factory=list)
    may_carry_out: bool = False
    may_at_once: bool = False

    @property
    def is_to_be_carried_out(self) -> bool:
        """Say whether the reader may carry it out now."""
        return self.decision.waits and self.may_carry_out and (self.may_at_once or self.decision.has_stood)


@dataclass
class Looked:
    """An intention as it was first written and as it reads at this session, with what the session says of it.

    `not_shared` says that there is evidence that is not shared with the reader, and nothing else of it.
    """

    intention: Intention
    first: Intention
    shown: DecisionShown | None = None
    evidence: list[Record] = field(default_factory=list)
    not_shared: bool = False


def looked_at(reader: Reader, session: Session) -> dict[str, Any]:
    """Return what is looked at: each intention with its evidence, and the further decisions.

    Three queries, however many intentions there are; one of them only where there is evidence.
    """
    rows = {row.pk: row for row in Intention.objects.filter(partnership=session.partnership_id)}
    decisions = decisions_of(reader, session)
    evidence = evidence_of(reader, session) if any(row.decision.number_of_evidence for row in decisions) else []  # type: ignore[attr-defined]
    about = {row.decision.intention_id: row for row in decisions if row.decision.intention_id}
    came_of_it = {row.decision.successor_id for row in decisions}
    stood = {row.pk: row for row in rows.values() if row.pk not in came_of_it and _stood(row, session)}
    # Of one that was changed while the session went on, the last words.
    overtaken = {row.follows_id for row in stood.values()}
    here = [row for pk, row in stood.items() if pk not in about and pk not in overtaken]
    intentions = [_looked(rows[pk], rows, shown) for pk, shown in about.items()] + [
        _looked(row, rows, None) for row in here
    ]
    intentions.sort(key=lambda row: (row.first.started_at, row.first.pk))
    for row in intentions:
        if row.shown:
            row.evidence = [record for record in evidence if record.decision_id == row.shown.decision.pk]  # type: ignore[attr-defined]
            row.not_shared = row.shown.decision.number_of_evidence > len(row.evidence)  # type: ignore[attr-defined]
    return {
        "intentions": intentions,
        "decisions": [row for row in decisions if row.decision.intention_id is None],
        "may_write": takes_notes(reader, session),
    }


def decisions_of(reader: Reader, session: Session) -> list[DecisionShown]:
    """Return all decisions of a session, in the order in which they were written."""
    number = Evidence.objects.filter(decision=OuterRef("pk")).order_by().values("decision").annotate(n=Count("pk"))
    found = Decision.objects.filter(session=session).annotate(
        number_of_evidence=Coalesce(Subquery(number.values("n")), Value(0)),
        # To the words as they stand; a decision comes once for each.
        against=FilteredRelation("objections", condition=Q(objections__version=F("version"))),
    )
    found = found.select_related("member__person", "written_by", "carried_out_by", "intention", "successor")
    rows: dict[int, DecisionShown] = {}
    found = found.select_related("against__person")  # type: ignore[misc]
    for decision in found.order_by("pk", "against__made_at", "against__pk"):
        decision.session = session
        row = rows.setdefault(decision.pk, shown_decision(reader, decision))
        if decision.is_stopped and hasattr(decision, "against"):
            row.objections.append(decision.against)
    return list(rows.values())


def shown_decision(reader: Reader, decision: Decision) -> DecisionShown:
    """Return a decision with what this reader may do with it."""
    return DecisionShown(
        decision, may_carry_out=may_carry_out(reader, decision), may_at_once=may_anyway(reader, decision)
    )


def evidence_of(reader: Reader, session: Session) -> list[Record]:
    """Return the evidence that the reader may know of, each with `decision_id`, `evidence_id` and `may_take_off`.

    What is withheld from them says what became of it, and nothing else.
    """
    rows = Record.objects.visible_to(reader).filter(evidence__decision__session=session)
    may = (
        Value(True)
        if is_host(reader, session)
        else Case(When(evidence__added_by=reader.person, then=True), default=False)
    )
    rows = rows.annotate(decision_id=F("evidence__decision"), evidence_id=F("evidence__public_id"), may_take_off=may)
    return list(rows.for_rows(reader).order_by("evidence__added_at", "evidence__pk"))


def evidence_to_offer(reader: Reader, session: Session, *, but: set[int]) -> list[Record]:
    """Return what was shared lately in this session's space, and then in its partnership, as far as the reader may."""
    legible = Record.objects.visible_to(reader).with_words_for(reader).standing().shared().in_stream()
    rows = legible.filter(partnership=session.partnership_id).exclude(pk__in=[*but, session.pk])
    here = Case(When(space=session.space_id, then=0), default=1)
    return list(rows.for_rows(reader).order_by(here, Coalesce("shared_at", "created_at").desc(), "-pk")[:MOST_OFFERED])


def intention_of(session: Session, public_id: str) -> Intention | None:
    """Return an intention of the session's partnership, with its partnership."""
    rows = Intention.objects.filter(partnership=session.partnership_id, public_id=public_id)
    return rows.select_related("partnership").first()


def first_of(intention: Intention, rows: Mapping[int, Intention]) -> Intention:
    """Return the intention that this one grew from."""
    while intention.follows_id:
        intention = rows[intention.follows_id]
    return intention


def _looked(intention: Intention, rows: Mapping[int, Intention], shown: DecisionShown | None) -> Looked:
    return Looked(intention, first_of(intention, rows), shown)


def _stood(intention: Intention, session: Session) -> bool:
    """Say whether the members had set it out when the session was held: now, where it is still ahead."""
    if session.has_started:
        ended = intention.ended_at
        return intention.started_at < session.ends_at and (ended is None or ended > session.starts_at)
    return intention.is_current


def found(reader: Reader, partnership: Partnership) -> dict[tuple[str, int], DecidedOn]:
    """Say of intentions and changes of phase on which day a session decided them. One query.

    Members who do not read the session are told its day, and neither title, address nor why.
    """
    readable = Session.objects.visible_to(reader).with_words_for(reader).standing()
    rows = Decision.objects.filter(session__partnership=partnership, carried_out_at__isnull=False)
    rows = rows.annotate(is_read=Case(When(session__in=readable.values("pk"), then=True), default=False))
    told: dict[tuple[str, int], DecidedOn] = {}
    for row in rows.select_related("session__space"):
        address = f"{row.session.get_absolute_url()}#looking-again" if row.is_read else ""  # type: ignore[attr-defined]
        day: date = row.session.day
        if row.phase_change_id:
            told["phase", row.phase_change_id] = DecidedOn(day, address=address)
        elif row.successor_id:
            told["intention", row.successor_id] = DecidedOn(day, row.why if address else "", address)
        elif row.intention_id:
            told["intention", row.intention_id] = DecidedOn(day, row.why if address else "", address)
    return told
