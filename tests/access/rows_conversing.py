"""The rows of the matrix about tensions and conversations: those in the space read them and take part."""

from tests.cast import IN_EVERYONE, IN_PEERS, Cast

from .matrix import AUTHOR, FELLOW, MEMBERS_OF, WITH_DUTY, Row, id_of, key_of, slug_of


def _said(cast: Cast) -> dict[str, str]:
    return {"first": "Fast", "second": "Slow", "text": "words", "felt_by": "practitioner"}


def _new(name: str):
    def body(cast: Cast) -> dict[str, str]:
        return _said(cast) | {"space": cast[name].spaces.get(kind="everyone").public_id} | key_of("tension")

    return body


def _edit(name: str):
    return lambda cast: _said(cast) | {"version": cast[name].version} | key_of("tension-edit")


def _state(name: str):
    return lambda cast: {"seen": cast[name].state, "state": "held", "reason": "words"} | key_of("tension-state")


def _check_in(cast: Cast) -> dict[str, str]:
    return {"lean": "70", "text": "words", "wish": "named"} | key_of("check-in")


TENSIONS = {"tension": IN_PEERS, "everyone_tension": IN_EVERYONE}
MANAGER = frozenset({"manager"})
PARTNER = frozenset({"learning_partner"})
TALKS = {
    "conversation": IN_PEERS,
    "everyone_conversation": IN_EVERYONE,
    "closed_conversation": IN_EVERYONE,
}


def _ask(name: str):
    def body(cast: Cast) -> dict[str, str]:
        space = cast[name].spaces.get(kind="everyone").public_id
        return {"title": "Why?", "text": "words", "space": space} | key_of("conversation")

    return body


def _call(cast: Cast) -> dict[str, str]:
    return {"text": "words"} | key_of("step-in")


CONVERSATIONS = [
    *[Row("conversing:conversation-list", name, slug_of(name), readers) for name, readers in MEMBERS_OF.items()],
    *[
        Row("conversing:conversation-new", name, slug_of(name), readers, body=_ask(name))
        for name, readers in MEMBERS_OF.items()
    ],
    *[Row("conversing:conversation-detail", of, id_of(of), readers) for of, readers in TALKS.items()],
    *[
        Row(
            "conversing:conversation-edit",
            of,
            id_of(of),
            who,
            refused=TALKS[of] - who,
            body=lambda cast: {"title": "Who?", "text": "w", "version": 1} | key_of("edit"),
        )
        for of, who in (("conversation", AUTHOR), ("everyone_conversation", MANAGER))
    ],
    Row(
        "conversing:conversation-close",
        "conversation",
        id_of("conversation"),
        IN_PEERS,
        body=lambda cast: {"closing": "words"} | key_of("close"),
    ),
    Row(
        "conversing:conversation-reopen",
        "closed_conversation",
        id_of("closed_conversation"),
        IN_EVERYONE,
        body=lambda cast: {},
        takes_get=False,
    ),
    Row(
        "conversing:conversation-mute",
        "conversation",
        id_of("conversation"),
        IN_PEERS,
        body=lambda cast: {"mail": "no"},
        takes_get=False,
    ),
    Row(
        "conversing:summary-edit",
        "conversation",
        id_of("conversation"),
        IN_PEERS,
        body=lambda cast: {"text": "words", "version": 2} | key_of("summary"),
    ),
    Row("conversing:summary-versions", "conversation", id_of("conversation"), IN_PEERS),
    # A learning partner cannot ask themselves.
    Row(
        "conversing:step-in-ask",
        "everyone_conversation",
        id_of("everyone_conversation"),
        IN_EVERYONE - PARTNER,
        refused=PARTNER,
        body=_call,
    ),
    Row(
        "conversing:step-in-done",
        "closed_conversation",
        id_of("closed_conversation"),
        PARTNER,
        refused=IN_EVERYONE - PARTNER,
        body=lambda cast: {},
        takes_get=False,
    ),
    Row(
        "conversing:quiet-edit",
        "partnership",
        slug_of("partnership"),
        WITH_DUTY,
        refused=IN_EVERYONE - WITH_DUTY,
        body=lambda cast: {"weeks": "6"},
    ),
]
NOTES = [
    *[Row("conversing:relationship-note-list", name, slug_of(name), readers) for name, readers in MEMBERS_OF.items()],
    Row(
        "conversing:relationship-note-new",
        "partnership",
        slug_of("partnership"),
        PARTNER,
        refused=IN_EVERYONE - PARTNER,
        body=lambda cast: {"title": "Two teams", "text": "w", "work": "nurture"} | key_of("note"),
    ),
    Row("conversing:relationship-note-detail", "relationship_note", id_of("relationship_note"), PARTNER),
    Row(
        "conversing:relationship-note-edit",
        "relationship_note",
        id_of("relationship_note"),
        PARTNER,
        body=lambda cast: {"title": "Two teams", "text": "w", "work": "nurture", "version": 1} | key_of("note-edit"),
    ),
    Row(
        "conversing:relationship-note-delete",
        "relationship_note",
        id_of("relationship_note"),
        PARTNER,
        body=lambda cast: {},
    ),
]
ROWS = [
    *[Row("conversing:tension-list", name, slug_of(name), readers) for name, readers in MEMBERS_OF.items()],
    *[
        Row("conversing:tension-new", name, slug_of(name), readers, body=_new(name))
        for name, readers in MEMBERS_OF.items()
    ],
    *[Row("conversing:tension-detail", of, id_of(of), readers) for of, readers in TENSIONS.items()],
    *[Row("conversing:tension-edit", of, id_of(of), readers, body=_edit(of)) for of, readers in TENSIONS.items()],
    *[Row("conversing:tension-state", of, id_of(of), readers, body=_state(of)) for of, readers in TENSIONS.items()],
    *[Row("conversing:check-in-new", of, id_of(of), readers, body=_check_in) for of, readers in TENSIONS.items()],
    Row("conversing:check-in-detail", "by name", id_of("check_in"), IN_PEERS),
    Row("conversing:check-in-detail", "not named", id_of("not_named_check_in"), IN_PEERS),
    Row(
        "conversing:check-in-edit",
        "check_in",
        id_of("check_in"),
        FELLOW,
        body=lambda cast: {"lean": "10", "text": "other words", "version": 1} | key_of("check-in-edit"),
    ),
    Row("conversing:check-in-withdraw", "check_in", id_of("check_in"), FELLOW, body=lambda cast: {}),
    Row("conversing:check-in-withdraw", "not named", id_of("not_named_check_in"), AUTHOR, body=lambda cast: {}),
    *CONVERSATIONS,
    *NOTES,
]
