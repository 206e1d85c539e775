"""The rows of the matrix about silent writing: those in the space write and sort, the host asks and reveals."""

from collections.abc import Callable
from typing import Any

from tests.cast import IN_PEERS, Cast

from .matrix import AUTHOR, NOBODY, Row, id_of, key_of, nothing

ACADEMIC = frozenset({"academic"})
CONSULTANT = frozenset({"consultant"})


def _of(session: str, thing: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[session].public_id, cast[thing].public_id)


def _ask(cast: Cast) -> dict[str, Any]:
    return {"question": "What now?", "wish": "not_named", "key": "matrix-open"}


def _sort(cast: Cast) -> dict[str, Any]:
    return {"note": [cast["live_notes"][0].public_id, cast["revealed_paper"].public_id], "cluster": ""}


def _merge(cast: Cast) -> dict[str, Any]:
    return {"into": cast["other_cluster"].public_id}


def _write(cast: Cast) -> dict[str, Any]:
    return {"text": "a note", "wish": "named", "unseen": "True"} | key_of("live-note")


def _type(cast: Cast) -> dict[str, Any]:
    return {"text": "one\n\ntwo", "unseen": ""} | key_of("paper")


SILENT, SORTED = "silent_session", "sorted_session"

ROWS = [
    *[Row("convening:session-detail", name, id_of(name), IN_PEERS) for name in (SILENT, SORTED)],
    *[Row("convening:session-live", name, id_of(name), IN_PEERS, fragments=("live",)) for name in (SILENT, SORTED)],
    Row(
        "convening:writing-open",
        SORTED,
        id_of(SORTED),
        ACADEMIC,
        refused=IN_PEERS - ACADEMIC,
        body=_ask,
        takes_get=False,
    ),
    Row(
        "convening:writing-reveal",
        SILENT,
        _of(SILENT, "silent_writing"),
        AUTHOR,
        refused=IN_PEERS - AUTHOR,
        body=nothing,
        takes_get=False,
    ),
    Row("convening:live-note", SILENT, _of(SILENT, "silent_writing"), IN_PEERS, body=_write),
    Row("convening:paper-notes", SORTED, _of(SORTED, "revealed_writing"), IN_PEERS, body=_type),
    Row("convening:notes-sort", SORTED, _of(SORTED, "revealed_writing"), IN_PEERS, body=_sort, takes_get=False),
    Row(
        "convening:cluster-name",
        SORTED,
        _of(SORTED, "cluster"),
        IN_PEERS,
        body=lambda cast: {"name": "Beds"},
        takes_get=False,
    ),
    Row("convening:cluster-merge", SORTED, _of(SORTED, "cluster"), IN_PEERS, body=_merge, takes_get=False),
    Row(
        "convening:unsigned-note-remove",
        "revealed",
        _of(SORTED, "revealed_paper"),
        ACADEMIC | CONSULTANT,
        refused=IN_PEERS - ACADEMIC - CONSULTANT,
        body=nothing,
    ),
    # Before the reveal nobody but who typed it knows of it, the host neither.
    Row("convening:unsigned-note-remove", "unseen", _of(SILENT, "unseen_paper"), CONSULTANT, body=nothing),
    # Of another session than its own nothing is found.
    Row("convening:live-note", "elsewhere", _of(SORTED, "silent_writing"), NOBODY, body=_write),
    Row("convening:cluster-name", "elsewhere", _of(SILENT, "cluster"), NOBODY, body=nothing, takes_get=False),
]
