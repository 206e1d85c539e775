"""The rows of the matrix about former versions, folding, and setting aside."""

from collections.abc import Callable
from typing import Any

from records.versions import token_of
from tests.cast import IN_EVERYONE, IN_PEERS, IN_POWER_LINE, SIGNED_IN, Cast

from .matrix import AUTHOR, FELLOW, NOBODY, Row, id_of, key_of, nothing

OUTSIDER = frozenset({"outsider"})
STEWARD = frozenset({"steward"})
SITE_ADMIN = frozenset({"site_admin"})


def _of(name: str, kind: str = "reflection") -> Callable[[Cast], tuple]:
    return lambda cast: (kind, cast[name].public_id)


def _version(name: str) -> Callable[[Cast], tuple]:
    return lambda cast: ("reflection", cast[name].public_id, str(cast[name].versions.first().number))


def _fold(name: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"text": "a word", "version": token_of(cast[name]), **key_of("fold")}


def _reason(cast: Cast) -> dict[str, Any]:
    return {"text": "a reason", **key_of("reason")}


def _order(cast: Cast) -> dict[str, Any]:
    address = f"https://elsewhere.example{cast.peers_note.get_absolute_url()}"
    return {"address": address, "text": "By the court.", **key_of("order")}


ROWS = [
    Row("records:record-versions", "sibling_note", _of("sibling_note"), OUTSIDER),
    Row("records:record-versions", "response", _of("response", "response"), FELLOW),
    Row("records:record-versions", "a note as if it were a response", _of("sibling_note", "response")),
    Row("records:record-version", "sibling_note", _version("sibling_note"), OUTSIDER),
    *[
        Row("records:record-fold", name, _of(name), readers - AUTHOR, refused=AUTHOR, body=_fold(name))
        for name, readers in {
            "everyone_note": IN_EVERYONE,
            "power_line_note": IN_POWER_LINE,
            "wider_note": SIGNED_IN,
        }.items()
    ],
    Row(
        "records:record-fold",
        "response",
        _of("response", "response"),
        IN_PEERS - FELLOW,
        refused=FELLOW,
        body=_fold("response"),
    ),
    Row("records:record-fold", "private_note", _of("private_note"), body=_fold("private_note")),
    *[
        Row("records:record-fold", name, _of(name), OUTSIDER, get=409, body=_fold(name), posted=422)
        for name in ("folded_note", "aside_note")
    ],
    Row("records:record-put-back", "folded_note", _of("folded_note"), OUTSIDER, body=_reason),
    # It is not folded: nothing to put back, and its author is told so who had the page open.
    Row("records:record-put-back", "everyone_note", _of("everyone_note"), body=_reason, posters=AUTHOR, posted=422),
    Row(
        "records:record-set-aside",
        "everyone_note",
        _of("everyone_note"),
        STEWARD,
        refused=IN_EVERYONE - STEWARD,
        body=_reason,
    ),
    # Whoever opened it has left it, and no steward is in it.
    Row("records:record-set-aside", "power_line_note", _of("power_line_note"), refused=IN_POWER_LINE, body=_reason),
    Row("records:record-set-aside", "folded_note", _of("folded_note"), OUTSIDER, body=_reason),
    Row("records:record-set-aside", "aside_note", _of("aside_note"), OUTSIDER, get=409, body=_reason, posted=422),
    Row("records:record-set-aside", "private_note", _of("private_note"), refused=AUTHOR, body=_reason),
    Row("records:record-lift", "aside_note", _of("aside_note"), OUTSIDER, body=nothing),
    Row("records:record-lift", "ordered_note", _of("ordered_note"), NOBODY, body=nothing, posters=OUTSIDER, posted=409),
    Row("records:order-list", readers=SITE_ADMIN),
    Row("records:order-new", readers=SITE_ADMIN, body=_order),
    Row("records:order-lift", "ordered_note", id_of("ordered_note"), SITE_ADMIN, body=nothing),
    Row("records:order-lift", "aside_note", id_of("aside_note"), NOBODY, body=nothing),
]
