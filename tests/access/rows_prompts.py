"""The rows of the matrix about prompts: the built-in ones are everybody's, a partnership's own are for its members."""

from typing import Any

from tests.cast import IN_EVERYONE, SIGNED_IN, Cast
from tests.scenery.prompts import LENS, SET

from .matrix import MEMBERS_OF, WITH_DUTY, WITHOUT_DUTY, Row, id_of, key_of, slug_of

OUTSIDER = frozenset({"outsider"})
EXPERT = frozenset({"expert"})
ACADEMIC = frozenset({"academic"})


def _body(words: dict[str, Any], version: int | None = None) -> dict[str, Any]:
    questions = {f"question_{number}": question for number, question in enumerate(words["questions"], 1)}
    told = {name: words[name] for name in ("name", "line", "framework", "source")}
    return told | questions | key_of("prompts") | ({"version": version} if version else {})


def _own(name: str):
    return lambda cast: (cast.partnership.slug, cast[name].public_id)


def _typed(cast: Cast) -> dict[str, Any]:
    return {"text": "words", "person_level": "1", "audience": "me", "switch": "choose", **key_of("switch")}


def _answered(cast: Cast) -> dict[str, Any]:
    typed = {"answer_0": "words", "person_level": "1", "audience": "me", **key_of("answers")}
    return typed | {"prompts": "gibbs", "prompts_version": "1"}


COMPOSER = [
    Row(
        "reflections:reflection-new",
        "with prompts",
        readers=SIGNED_IN,
        query=lambda cast: "?prompts=gibbs",
        fragments=("writing",),
        body=_answered,
    ),
    Row(
        "reflections:reflection-new",
        "with another's lens, which is none",
        readers=SIGNED_IN,
        query=lambda cast: f"?prompts={cast['sibling_lens'].public_id}",
        body=_typed,
        posted=200,
    ),
    Row(
        "reflections:reflection-edit",
        "prompted_note",
        id_of("prompted_note"),
        EXPERT,
        body=lambda cast: {"answer_0": "It snowed.", "person_level": "1", "version": 1, **key_of("edit")},
    ),
    Row("reflections:reflection-detail", "prompted_note", id_of("prompted_note"), EXPERT),
]
READING = [
    Row("reflections:prompt-list", readers=SIGNED_IN),
    *[
        Row(f"reflections:{name}", of, args, readers)
        for name in ("prompt-detail", "prompt-card")
        for of, args, readers in (
            ("built in", lambda cast: ("gibbs",), SIGNED_IN),
            ("own", id_of("prompt_set"), IN_EVERYONE),
            ("next door's", id_of("sibling_lens"), OUTSIDER),
            ("a record's", id_of("private_note"), frozenset()),
        )
    ],
    Row("reflections:prompt-version", "former", lambda cast: (cast["changed_lens"].public_id, "1"), IN_EVERYONE),
    Row("reflections:prompt-version", "present", lambda cast: (cast["lens"].public_id, "1"), IN_EVERYONE, get=302),
    Row("reflections:prompt-version", "none", lambda cast: (cast["lens"].public_id, "2")),
    Row("reflections:prompt-version", "built in", lambda cast: ("gibbs", "1"), SIGNED_IN, get=302),
]
OWN = [
    *[
        Row("reflections:prompt-settings", partnership, slug_of(partnership), readers)
        for partnership, readers in MEMBERS_OF.items()
    ],
    Row(
        "reflections:prompt-new",
        "partnership",
        slug_of("partnership"),
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        body=lambda cast: _body(SET),
    ),
    Row("reflections:lens-new", "partnership", slug_of("partnership"), IN_EVERYONE, body=lambda cast: _body(LENS)),
    Row(
        "reflections:prompt-edit",
        "a set",
        _own("prompt_set"),
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        body=lambda cast: _body(SET | {"line": "Another line."}, 1),
    ),
    Row(
        "reflections:prompt-edit",
        "a lens, by who offers it and who looks after settings",
        _own("lens"),
        WITH_DUTY | ACADEMIC,
        refused=WITHOUT_DUTY - ACADEMIC,
        body=lambda cast: _body(LENS | {"line": "Another line."}, 1),
    ),
    Row(
        "reflections:prompt-retire",
        "a lens",
        _own("lens"),
        WITH_DUTY | ACADEMIC,
        refused=WITHOUT_DUTY - ACADEMIC,
        body=lambda cast: {"use": "no"},
    ),
    Row("reflections:prompt-edit", "a built-in one", lambda cast: (cast.partnership.slug, "gibbs")),
    # What belongs to another partnership is not found through one's own.
    *[Row(f"reflections:prompt-{verb}", "of another", _own("sibling_lens")) for verb in ("edit", "retire")],
]
ROWS = [*COMPOSER, *READING, *OWN]
