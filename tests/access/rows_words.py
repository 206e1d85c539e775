"""The rows of the matrix about words: notes, responses, drafts, streams, and the pages around them."""

from collections.abc import Callable
from typing import Any

from tests.cast import IN_EVERYONE, IN_ONE_TO_ONE, IN_PEERS, IN_POWER_LINE, IN_SUPERVISION, SIGNED_IN, Cast

from .matrix import (
    AUTHOR,
    EVERYBODY,
    FELLOW,
    MEMBERS_OF,
    NOBODY,
    Row,
    id_of,
    key_of,
    nothing,
    slug_of,
    space_of,
)


def _note(cast: Cast) -> dict[str, Any]:
    return {"text": "words", "person_level": "1", "audience": "me", **key_of("note")}


def _response(cast: Cast) -> dict[str, Any]:
    return {"text": "words", "verb": "say", **key_of("response")}


def _edited(name: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"text": "new words", "person_level": "1", "version": cast[name].version, **key_of("edit")}


READERS_OF = {
    "private_note": AUTHOR,
    "everyone_note": IN_EVERYONE,
    "peers_note": IN_PEERS,
    "power_line_note": IN_POWER_LINE,
    "one_to_one_note": IN_ONE_TO_ONE,
    "not_named_note": IN_PEERS,
    "withdrawn_note": IN_EVERYONE,
    "wider_note": SIGNED_IN,
    "former_note": IN_PEERS | {"former"},
    "sibling_note": frozenset({"outsider"}),
    "supervision_note": IN_SUPERVISION,
}
READERS_OF_RESPONSES = {
    "response": IN_PEERS,
    "own_response": IN_PEERS,
    "former_response": IN_PEERS | {"former"},
    "withdrawn_response": IN_PEERS,
    "wider_response": SIGNED_IN,
}

OPEN = [
    Row(f"home:{name}", readers=EVERYBODY) for name in ("help", "accessibility", "privacy", "styleguide", "healthz")
]
OWN = [
    Row("home:home", readers=SIGNED_IN),
    Row("partnerships:partnership-list", readers=SIGNED_IN),
    Row("reflections:notebook", readers=SIGNED_IN),
    Row("reflections:notebook", "shared", readers=SIGNED_IN, query=lambda cast: "?show=shared"),
    Row("records:landscape", readers=SIGNED_IN, fragments=("stream",)),
    Row("accounts:profile", readers=SIGNED_IN),
    Row("accounts:profile-edit", readers=SIGNED_IN, body=lambda cast: {"name": "A new name"}),
    Row("accounts:profile-appearance", readers=SIGNED_IN, body=lambda cast: {"appearance": "dark"}),
    # Only while an authenticator app is being set up: tests/accounts shows that it is there then.
    Row("accounts:totp-qr"),
    Row("reflections:reflection-new", readers=SIGNED_IN, body=_note),
]
ROOMS = [
    Row(name, partnership, slug_of(partnership), readers, fragments=fragments)
    for name, fragments in (
        ("partnerships:partnership-detail", ()),
        ("partnerships:people-list", ()),
        ("partnerships:space-list", ()),
        ("records:stream", ("stream",)),
    )
    for partnership, readers in MEMBERS_OF.items()
]
WRITING_IN = [
    Row(
        "reflections:reflection-new",
        f"about {partnership}",
        # Who is not in it writes a note that is about none: test_writing_tellsnothing_….
        readers=SIGNED_IN,
        body=_note,
        query=lambda cast, partnership=partnership: f"?partnership={cast[partnership].slug}",
    )
    for partnership in ("partnership", "sibling")
]
SPACES = [
    Row("partnerships:space-detail", place, space_of("partnership", place), readers)
    for place, readers in {
        "everyone": IN_EVERYONE,
        "peers": IN_PEERS,
        "power_line": IN_POWER_LINE,
        "one_to_one": IN_ONE_TO_ONE,
        # The wrong partnership's address leads nowhere, and the wider field has a page of its own.
        "sibling_everyone": NOBODY,
        "wider": NOBODY,
    }.items()
]
NOTES = [
    *[Row("reflections:reflection-detail", name, id_of(name), readers) for name, readers in READERS_OF.items()],
    Row("reflections:reflection-detail", "response", id_of("response")),
    *[
        Row("reflections:reflection-edit", name, id_of(name), author, body=_edited(name))
        for name, author in {"private_note": AUTHOR, "everyone_note": AUTHOR, "not_named_note": FELLOW}.items()
    ],
    Row(
        "reflections:reflection-share",
        "private_note",
        id_of("private_note"),
        AUTHOR,
        body=lambda cast: {"space": cast.peers.public_id, "attribution": "named", "version": "1"},
    ),
    Row(
        "reflections:reflection-share",
        "private_note, its preview",
        id_of("private_note"),
        AUTHOR,
        query=lambda cast: f"?space={cast.peers.public_id}&attribution=not_named",
        fragments=("preview",),
        body=lambda cast: {"space": cast.peers.public_id, "attribution": "not_named", "version": "1"},
    ),
    Row(
        "reflections:reflection-share",
        "private_note, with a space one is not in",
        id_of("private_note"),
        AUTHOR,
        get=422,
        query=lambda cast: f"?space={cast.sibling_everyone.public_id}",
        body=lambda cast: {"space": cast.sibling_everyone.public_id, "attribution": "named", "version": "1"},
        posted=422,
    ),
    Row("reflections:reflection-share", "everyone_note", id_of("everyone_note"), AUTHOR, get=302, body=nothing),
    Row("reflections:reflection-undo-share", "power_line_note", id_of("power_line_note"), AUTHOR, body=nothing),
    Row("reflections:reflection-undo-share", "peers_note", id_of("peers_note"), AUTHOR, body=nothing, posted=409),
    Row(
        "reflections:reflection-undo-share",
        "private_note",
        id_of("private_note"),
        body=nothing,
        posters=AUTHOR,
        posted=409,
    ),
    Row("reflections:reflection-withdraw", "everyone_note", id_of("everyone_note"), AUTHOR, body=nothing),
    Row("reflections:reflection-withdraw", "not_named_note", id_of("not_named_note"), FELLOW, body=nothing),
    Row(
        "reflections:reflection-withdraw",
        "former_note",
        id_of("former_note"),
        frozenset({"former"}),
        body=nothing,
    ),
    *[
        Row("reflections:reflection-withdraw", name, id_of(name), body=nothing, posters=AUTHOR, posted=409)
        for name in ("private_note", "withdrawn_note")
    ],
    Row("reflections:reflection-delete", "private_note", id_of("private_note"), AUTHOR, body=nothing),
    Row("reflections:reflection-delete", "everyone_note", id_of("everyone_note"), body=nothing),
    Row("reflections:reflection-delete", "withdrawn_note", id_of("withdrawn_note"), body=nothing),
]
RESPONSES = [
    *[
        Row("records:response-new", name, id_of(name), readers, body=_response)
        for name, readers in {
            "everyone_note": IN_EVERYONE,
            "peers_note": IN_PEERS,
            "power_line_note": IN_POWER_LINE,
            "one_to_one_note": IN_ONE_TO_ONE,
            "not_named_note": IN_PEERS,
            "wider_note": SIGNED_IN,
            # Who wrote it has left, and reads it; to respond one must be in the space.
            "former_note": IN_PEERS,
            "private_note": NOBODY,
            # Responses answer each other, and hold none.
            "response": NOBODY,
        }.items()
    ],
    # What was typed just before it was taken back is not thrown away.
    Row(
        "records:response-new",
        "withdrawn_note",
        id_of("withdrawn_note"),
        body=_response,
        posters=IN_EVERYONE,
        posted=422,
    ),
    *[Row("records:response-detail", name, id_of(name), readers) for name, readers in READERS_OF_RESPONSES.items()],
    Row("records:response-detail", "peers_note", id_of("peers_note")),
    Row("records:response-edit", "response", id_of("response"), FELLOW, body=_edited("response")),
    Row("records:response-withdraw", "response", id_of("response"), FELLOW, body=nothing),
    Row(
        "records:response-withdraw",
        "former_response",
        id_of("former_response"),
        frozenset({"former"}),
        body=nothing,
    ),
    Row(
        "records:response-withdraw",
        "withdrawn_response",
        id_of("withdrawn_response"),
        body=nothing,
        posters=frozenset({"academic"}),
        posted=409,
    ),
]
DRAFTS = [
    Row(
        "desk:draft-save",
        "a new key",
        lambda cast: ("matrix-draft",),
        posters=SIGNED_IN,
        body=lambda cast: {"draft_form": "reflection", "text": "typed"},
        posted=200,
        takes_get=False,
    ),
    Row(
        "desk:draft-keep",
        "a new key",
        lambda cast: ("matrix-keep",),
        posters=SIGNED_IN,
        body=lambda cast: {**key_of("keep"), "draft_form": "reflection", "text": "typed"},
        takes_get=False,
    ),
    Row("desk:draft-resume", readers=SIGNED_IN),
    Row("desk:draft-token", readers=SIGNED_IN),
    Row("desk:draft-detail", "draft", lambda cast: (cast.draft.key,), AUTHOR),
    Row("desk:draft-delete", "draft", lambda cast: (cast.draft.key,), AUTHOR, body=nothing),
]
ROWS = [*OPEN, *OWN, *ROOMS, *WRITING_IN, *SPACES, *NOTES, *RESPONSES, *DRAFTS]
