"""The rows of the matrix about what is tried and what is in the way: its space reads and writes it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cycles.models import Condition, Experiment
from records.versions import token_of
from tests.cast import IN_EVERYONE, IN_PEERS, Cast

from .matrix import FELLOW, MEMBERS_OF, Row, id_of, key_of, slug_of

ASKED = frozenset({"academic"})
RAISED = frozenset({"practitioner"})


def _day(day: date) -> dict[str, int]:
    return {f"look_again_on_{name}": getattr(day, name) for name in ("day", "month", "year")}


def _in_a_week() -> date:
    return timezone.localdate() + timedelta(days=7)


def _begun(cast: Cast) -> dict[str, Any]:
    return {"title": "words", "space": cast.everyone.public_id, **_day(_in_a_week()), **key_of("experiment")}


def _step(columns: dict[str, Any]) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {**columns, "version": _now(Experiment, cast, "experiment").version, **key_of("step")}


def _now(model: Any, cast: Cast, name: str) -> Any:
    return model.objects.get(pk=cast[name].pk)


def _closed(name: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {
        "surprised": "new words",
        "belief": "new words",
        "decision": "adapt",
        "version": _now(Experiment, cast, name).version,
        **key_of("close"),
    }


def _condition(cast: Cast) -> dict[str, Any]:
    return {
        "title": "words",
        "text": "words",
        "asked": cast.academic.public_id,
        "space": cast.everyone.public_id,
        **key_of("condition"),
    }


def _changed(cast: Cast) -> dict[str, Any]:
    version = {"version": _now(Condition, cast, "condition").version}
    return {"title": "new words", "text": "new words", "asked": cast.fellow.public_id, **version, **key_of("change")}


STEPS = {
    "hunch": {"text": "new words"},
    "smallest": {"smallest": "new words"},
    "affected": {"affected": "new words", "agreed": "yes"},
    "signs": {"hope": "new words", "worry": "new words"},
    "surprise": {"surprised": "new words"},
}
LISTS = [
    Row(f"cycles:{name}-list", partnership, slug_of(partnership), readers)
    for name in ("experiment", "condition")
    for partnership, readers in MEMBERS_OF.items()
]
EXPERIMENTS = [
    Row("cycles:experiment-new", "partnership", slug_of("partnership"), IN_EVERYONE, body=_begun),
    Row("cycles:experiment-detail", "everyone_experiment", id_of("everyone_experiment"), IN_EVERYONE),
    Row("cycles:experiment-detail", "experiment", id_of("experiment"), IN_PEERS),
    Row("cycles:experiment-detail", "closed_experiment", id_of("closed_experiment"), IN_PEERS),
    *[
        Row(
            "cycles:experiment-step",
            key,
            lambda cast, key=key: (cast["experiment"].public_id, key),
            IN_PEERS,
            body=_step(columns),
        )
        for key, columns in STEPS.items()
    ],
    Row(
        "cycles:experiment-step",
        "again",
        lambda cast: (cast["experiment"].public_id, "again"),
        IN_PEERS,
        body=lambda cast: _step({"title": "new words", **_day(_in_a_week())})(cast),
    ),
    Row("cycles:experiment-step", "no such step", lambda cast: (cast["experiment"].public_id, "none")),
    Row("cycles:experiment-close", "experiment", id_of("experiment"), IN_PEERS, body=_closed("experiment")),
    Row("cycles:experiment-close", "closed", id_of("closed_experiment"), IN_PEERS, body=_closed("closed_experiment")),
    Row(
        "cycles:experiment-log",
        "experiment",
        id_of("experiment"),
        IN_PEERS,
        body=lambda cast: {"note": cast.not_named_note.public_id, "sign": "hope"},
    ),
    Row(
        "cycles:note-log",
        "not_named_note",
        id_of("not_named_note"),
        IN_PEERS,
        body=lambda cast: {"experiment": cast["experiment"].public_id, "sign": "worry"},
    ),
    Row(
        "cycles:experiment-unlog",
        "logged",
        lambda cast: (cast["experiment"].public_id, cast["logged"].public_id),
        FELLOW | frozenset({"practitioner"}),
        body=lambda cast: {},
        takes_get=False,
    ),
]
CONDITIONS = [
    Row("cycles:condition-new", "partnership", slug_of("partnership"), IN_EVERYONE, body=_condition),
    Row("cycles:condition-detail", "condition", id_of("condition"), IN_PEERS),
    Row("cycles:condition-detail", "answered_condition", id_of("answered_condition"), IN_EVERYONE),
    Row(
        "cycles:condition-edit",
        "condition",
        id_of("condition"),
        RAISED,
        refused=IN_PEERS - RAISED,
        body=_changed,
    ),
    Row(
        "cycles:condition-answer",
        "condition",
        id_of("condition"),
        ASKED,
        refused=IN_PEERS - ASKED,
        body=lambda cast: {"answer": "yours", "text": "new words", **key_of("answer")},
    ),
]
FOLDING = [
    Row(
        "records:record-fold",
        name,
        lambda cast, name=name: (name, cast[name].public_id),
        IN_PEERS - RAISED,
        refused=RAISED,
        body=lambda cast, name=name: {"text": "a word", "version": token_of(cast[name]), **key_of("fold")},
    )
    for name in ("experiment", "condition")
]
ROWS = [*LISTS, *EXPERIMENTS, *CONDITIONS, *FOLDING]
