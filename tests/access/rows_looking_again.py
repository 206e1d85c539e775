"""The rows of the matrix about looking again, and about supervision sessions: those in the space write."""

from collections.abc import Callable
from typing import Any

from convening.models import TasksNow
from tests.cast import IN_EVERYONE, IN_PEERS, IN_SUPERVISION, Cast

from .matrix import NOBODY, Row, id_of, key_of, nothing
from .rows_sessions import PARTNER

STEWARD = frozenset({"steward"})
# Who may change intentions and phases anyway; and of duties, stewards alone, and whoever hosts once it has stood.
SETTINGS = PARTNER | STEWARD

LOOKED = {"verdict": "keep", "new_words": "", "unintended": "", "why": "It holds."}
SUPERVISED = {"lenses": ["eye_1"], "shifted": "Something.", "has_concern": "no"}


def _of(session: str, *names: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[session].public_id, *[cast[name].public_id for name in names])


def _review(cast: Cast) -> dict[str, Any]:
    return LOOKED | {"version": 1} | key_of("looking-again")


def _new_review(cast: Cast) -> dict[str, Any]:
    return LOOKED | key_of("looking-again")


def _decide(cast: Cast) -> dict[str, Any]:
    return {"what": "phase/working", "why": "So."} | key_of("decision")


def _object(cast: Cast) -> dict[str, Any]:
    return {"text": "Not so.", "version": 1} | key_of("objection")


def _tasks(cast: Cast) -> dict[str, Any]:
    row = TasksNow.objects.filter(session=cast["looking_session"]).first()
    return {"who_hosting": "members", "version": row.version if row else ""} | key_of("tasks")


def _own_tasks(cast: Cast) -> dict[str, Any]:
    return {"who_hosting": "members"} | key_of("tasks")


def _evidence(cast: Cast) -> dict[str, Any]:
    return {"address": cast.everyone_note.get_absolute_url()}


def _supervision(cast: Cast) -> dict[str, Any]:
    said = {"lenses": "eye_1", "has_concern": "yes", "concern": "A worry.", "followed_up": ""}
    return SUPERVISED | said | {"version": 2} | key_of("supervision")


def _carry(cast: Cast) -> dict[str, Any]:
    return {"version": 1}


IN_EVERYONES = [
    Row("convening:session-detail", "looking_session", id_of("looking_session"), IN_EVERYONE),
    Row("convening:intention-review", "looking", _of("looking_session", "looked_intention"), IN_EVERYONE, body=_review),
    Row("convening:evidence-new", "looking", _of("looking_session", "looked_intention"), IN_EVERYONE, body=_evidence),
    Row("convening:decision-new", "looking", _of("looking_session"), IN_EVERYONE, body=_decide),
    Row("convening:decision-object", "looking", _of("looking_session", "looked_decision"), IN_EVERYONE, body=_object),
    Row(
        "convening:decision-carry-out",
        "an intention",
        _of("looking_session", "looked_decision"),
        SETTINGS,
        refused=IN_EVERYONE - SETTINGS,
        body=_carry,
    ),
    # Its host is the learning partner, who waits for seven days.
    Row(
        "convening:decision-carry-out",
        "a duty",
        _of("looking_session", "looked_duty"),
        SETTINGS,
        refused=IN_EVERYONE - SETTINGS,
    ),
    Row(
        "convening:evidence-delete",
        "by who added it, or the host",
        _of("looking_session", "looked_evidence"),
        PARTNER | frozenset({"expert"}),
        body=nothing,
        takes_get=False,
    ),
    Row("convening:note-list", "looking", _of("looking_session"), NOBODY),
    Row("convening:task-list", "looking", _of("looking_session"), IN_EVERYONE),
    Row("convening:task-edit", "looking", _of("looking_session"), IN_EVERYONE, body=_tasks),
]

IN_NARROWER = [
    Row("convening:session-detail", "narrow_looking", id_of("narrow_looking"), IN_PEERS),
    Row(
        "convening:intention-review",
        "narrow",
        _of("narrow_looking", "looked_intention"),
        IN_PEERS,
        body=_new_review,
    ),
    # A session of everyone has no part in what a narrower one decided, and the other way round.
    Row("convening:decision-carry-out", "through another", _of("narrow_looking", "looked_decision"), NOBODY),
    Row("convening:decision-object", "through another", _of("narrow_looking", "looked_decision"), NOBODY),
    Row("convening:evidence-new", "narrow", _of("narrow_looking", "looked_intention"), IN_PEERS, body=_evidence),
    Row("convening:decision-new", "narrow", _of("narrow_looking"), IN_PEERS, body=_decide),
    Row("convening:task-list", "narrow", _of("narrow_looking"), IN_PEERS),
    Row("convening:task-edit", "narrow", _of("narrow_looking"), IN_PEERS, body=_own_tasks),
    # No occasion to look again.
    Row("convening:decision-new", "of another session", id_of("everyone_session"), NOBODY),
]

SUPERVISION = [
    Row("convening:session-detail", "supervision_session", id_of("supervision_session"), IN_SUPERVISION),
    Row(
        "convening:supervision-note",
        "supervision_session",
        id_of("supervision_session"),
        IN_SUPERVISION,
        body=_supervision,
    ),
    Row(
        "convening:supervision-acknowledge",
        "supervision_session",
        id_of("supervision_session"),
        IN_SUPERVISION,
        body=_carry,
        takes_get=False,
    ),
    Row("convening:note-list", "supervision_session", id_of("supervision_session"), IN_SUPERVISION),
    Row("convening:supervision-note", "of another session", id_of("everyone_session"), NOBODY),
]

ROWS = [*IN_EVERYONES, *IN_NARROWER, *SUPERVISION]
