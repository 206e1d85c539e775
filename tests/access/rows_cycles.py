"""The rows of the matrix about cycles and activities: those in the space read, change and move them."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.cast import IN_EVERYONE, IN_PEERS, IN_POWER_LINE, Cast

from .matrix import AUTHOR, FELLOW, MEMBERS_OF, NOBODY, WITH_DUTY, Row, id_of, key_of, nothing, slug_of

CYCLES = {
    "everyone_cycle": IN_EVERYONE,
    "peers_cycle": IN_PEERS,
    "power_line_cycle": IN_POWER_LINE,
}
ACTIVITIES = {"everyone_activity": IN_EVERYONE, "peers_activity": IN_PEERS}


def day(name: str) -> dict[str, Any]:
    today = timezone.localdate()
    return {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}


def _cycle() -> dict[str, Any]:
    return {"title": "Why?", "text": "", "scale": "place", "pace": "slow", "missing": "", "parent": ""}


def _activity() -> dict[str, Any]:
    words = {"title": "A walk", "text": "", "activity_type": "own", "own_type": "a walk", "person_level": "1"}
    return words | {"work": "conversing", "method": ""} | day("began_on")


def _begun(said: Callable[[], dict[str, Any]], name: str, key: str) -> Callable[[Cast], dict[str, Any]]:
    def body(cast: Cast) -> dict[str, Any]:
        return said() | day("began_on") | {"space": cast[name].spaces.get(kind="everyone").public_id} | key_of(key)

    return body


def _cycle_body(name: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: _begun(lambda: _cycle() | {"stage": "co_design"}, name, "cycle")(cast)


def _move(name: str) -> Callable[[Cast], dict[str, Any]]:
    def body(cast: Cast) -> dict[str, Any]:
        moves = {"stage": "experiment", "state": "paused", "note": "It snows.", "seen": cast[name].moves.count()}
        return moves | day("moved_on") | key_of("move")

    return body


def _change(said: Callable[[], dict[str, Any]], name: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: said() | {"what_came": "much", "version": cast[name].version} | key_of("changed")


def method_of(partnership: str, name: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[partnership].slug, cast[name].public_id)


METHOD = {"name": "A method", "guide": "Do it.", "source": ""}
OF_PARTNERSHIPS = [
    row
    for name, readers in MEMBERS_OF.items()
    for slug in [slug_of(name)]
    for row in (
        Row("cycles:cycle-list", name, slug, readers),
        Row("cycles:cycle-new", name, slug, readers, body=_cycle_body(name)),
        Row("cycles:grid", name, slug, readers),
        Row("cycles:own-grid", name, slug, readers),
        Row("cycles:activity-list", name, slug, readers),
        Row("cycles:activity-new", name, slug, readers, body=_begun(_activity, name, "activity")),
        Row("cycles:method-list", name, slug, readers),
        Row("cycles:method-new", name, slug, readers, body=lambda cast: METHOD | key_of("method")),
    )
]
OF_CELLS = [
    row
    for name in ("partnership", "sibling")
    for url in ("cell", "own-cell")
    for row in (
        Row(f"cycles:{url}", name, lambda cast, name=name: (cast[name].slug, "2", "convening"), MEMBERS_OF[name]),
        Row(f"cycles:{url}", f"no such in {name}", lambda cast, name=name: (cast[name].slug, "4", "convening"), NOBODY),
    )
]
OF_ONE = [
    *[
        row
        for name, readers in CYCLES.items()
        for row in (
            Row("cycles:cycle-detail", name, id_of(name), readers),
            Row("cycles:cycle-edit", name, id_of(name), readers, body=_change(_cycle, name)),
            Row("cycles:cycle-move", name, id_of(name), readers, body=_move(name)),
            Row(
                "cycles:part-of",
                name,
                id_of(name),
                readers,
                body=lambda cast: {"whole": cast["everyone_activity"].public_id},
            ),
        )
    ],
    *[
        row
        for name, readers in ACTIVITIES.items()
        for row in (
            Row("cycles:activity-detail", name, id_of(name), readers),
            Row("cycles:activity-edit", name, id_of(name), readers, body=_change(_activity, name)),
        )
    ],
]
OTHERS = [
    # Who offered it, and who looks after settings.
    Row(
        "cycles:method-edit",
        "own_method",
        method_of("partnership", "own_method"),
        FELLOW | WITH_DUTY,
        refused=IN_EVERYONE - FELLOW - WITH_DUTY,
        body=lambda cast: METHOD | key_of("method-edit"),
    ),
    Row(
        "cycles:method-put-away",
        "own_method",
        method_of("partnership", "own_method"),
        posters=IN_EVERYONE,
        body=nothing,
        takes_get=False,
    ),
    Row(
        "cycles:method-put-away", "next door", method_of("sibling", "own_method"), NOBODY, body=nothing, takes_get=False
    ),
    Row(
        "cycles:method-use",
        "away_method",
        method_of("partnership", "away_method"),
        posters=IN_EVERYONE,
        body=nothing,
        takes_get=False,
    ),
    # Of somebody's own words they alone say what they are part of; of a session, all in its space.
    Row(
        "cycles:part-of",
        "everyone_note",
        id_of("everyone_note"),
        AUTHOR,
        refused=IN_EVERYONE - AUTHOR,
        body=lambda cast: {"whole": cast["everyone_cycle"].public_id},
    ),
    Row(
        "cycles:part-of",
        "peers_session",
        id_of("peers_session"),
        IN_PEERS,
        body=lambda cast: {"whole": cast["everyone_cycle"].public_id},
    ),
    Row(
        "cycles:part-delete",
        "session_part",
        id_of("session_part"),
        posters=IN_PEERS,
        body=nothing,
        takes_get=False,
    ),
    Row(
        "cycles:part-delete",
        "note_part",
        id_of("note_part"),
        posters=AUTHOR,
        refused=IN_EVERYONE - AUTHOR,
        body=nothing,
        takes_get=False,
    ),
    Row("cycles:cycle-detail", "a note", id_of("everyone_note"), NOBODY),
    Row("cycles:activity-detail", "a cycle", id_of("everyone_cycle"), NOBODY),
]
ROWS = [*OF_PARTNERSHIPS, *OF_CELLS, *OF_ONE, *OTHERS]
