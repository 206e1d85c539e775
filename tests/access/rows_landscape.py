"""The rows of the matrix about patterns: those in the space read them and work on them, whatever their role."""

from tests.cast import IN_EVERYONE, IN_PEERS, Cast

from .matrix import MEMBERS_OF, Row, id_of, key_of, slug_of

PATTERNS = {"pattern": IN_PEERS, "everyone_pattern": IN_EVERYONE}


def _said(cast: Cast) -> dict[str, str]:
    return {"title": "What recurs", "text": "words", "looked_for": "words", "person_level": "3"}


def _new(name: str):
    def body(cast: Cast) -> dict[str, str]:
        return _said(cast) | {"space": cast[name].spaces.get(kind="everyone").public_id} | key_of("pattern")

    return body


def _edit(name: str):
    return lambda cast: _said(cast) | {"version": cast[name].version} | key_of("pattern-edit")


def _state(name: str):
    return lambda cast: {"seen": cast[name].state, "state": "let_go", "reason": "words"} | key_of("pattern-state")


def _both(of: str, record: str):
    return lambda cast: (cast[of].public_id, cast[record].public_id)


def _source(cast: Cast) -> dict[str, str]:
    return {"stance": "disagrees", "why": "words"} | key_of("source")


ROWS = [
    *[Row("landscape:pattern-list", name, slug_of(name), readers) for name, readers in MEMBERS_OF.items()],
    *[
        Row("landscape:pattern-new", name, slug_of(name), readers, body=_new(name))
        for name, readers in MEMBERS_OF.items()
    ],
    *[Row("landscape:pattern-detail", of, id_of(of), readers) for of, readers in PATTERNS.items()],
    *[Row("landscape:pattern-edit", of, id_of(of), readers, body=_edit(of)) for of, readers in PATTERNS.items()],
    *[Row("landscape:pattern-state", of, id_of(of), readers, body=_state(of)) for of, readers in PATTERNS.items()],
    Row("landscape:source-find", "pattern", id_of("pattern"), IN_PEERS, query=lambda cast: "?q=words&stance=disagrees"),
    Row("landscape:source-new", "of peers", _both("pattern", "peers_note"), IN_PEERS, body=_source),
    Row("landscape:source-new", "of everyone", _both("everyone_pattern", "everyone_note"), IN_EVERYONE, body=_source),
    # Who added it, or wrote the record; to the others there is no such page.
    Row(
        "landscape:source-delete",
        "pattern_source",
        lambda cast: (cast["pattern"].public_id, cast["pattern_source"].public_id),
        frozenset({"consultant", "practitioner"}),
        body=lambda cast: {},
    ),
    Row("landscape:source-of", "peers_note", id_of("peers_note"), IN_PEERS),
    Row("landscape:source-of", "everyone_note", id_of("everyone_note"), IN_EVERYONE),
]
