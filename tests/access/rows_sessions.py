"""The rows of the matrix about sessions: those in the space read, its host runs it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.cast import IN_EVERYONE, IN_PEERS, IN_POWER_LINE, Cast

from .matrix import AUTHOR, FELLOW, MEMBERS_OF, NOBODY, Row, id_of, key_of, nothing, slug_of

ACADEMIC = frozenset({"academic"})
CONSULTANT = frozenset({"consultant"})
MANAGER = frozenset({"manager"})
PARTNER = frozenset({"learning_partner"})

# A session, those who read it, and who hosts it.
SESSIONS = {
    "everyone_session": (IN_EVERYONE, PARTNER),
    "peers_session": (IN_PEERS, AUTHOR),
    "power_line_session": (IN_POWER_LINE, MANAGER),
}


def _when() -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=9)
    boxes = {"day_day": day.day, "day_month": day.month, "day_year": day.year}
    return boxes | {"starts": "2pm", "ends": "3pm", "zone": "Europe/London"}


def _said() -> dict[str, Any]:
    words = {"title": "A session", "text": "", "place": "", "link": "", "missing": "", "question": "Who?"}
    chosen = {"occasion": "reflection", "activity": "", "person_level": "2", "confidentiality": "chatham_house"}
    return words | chosen


def _new(name: str) -> Callable[[Cast], dict[str, Any]]:
    def body(cast: Cast) -> dict[str, Any]:
        space = cast[name].spaces.get(kind="everyone")
        return _said() | _when() | {"space": space.public_id, "silent": "yes"} | key_of("session")

    return body


def _edit(name: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: _said() | {"version": cast[name].version} | key_of("session-edit")


def _move(name: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: _when() | {"version": cast[name].version}


def _hand(name: str, place: str) -> Callable[[Cast], dict[str, Any]]:
    def body(cast: Cast) -> dict[str, Any]:
        others = cast[place].members().exclude(person=cast[name].host_id)
        return {"host": others.order_by("pk").first().public_id}

    return body


def _write(cast: Cast) -> dict[str, Any]:
    return {"text": "words for it", "wish": "named"} | key_of("contribution")


def _change(name: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"text": "other words", "wish": "named", "version": cast[name].version} | key_of("change")


OF_PARTNERSHIPS = [
    row
    for name, readers in MEMBERS_OF.items()
    for row in (
        Row("convening:session-list", name, slug_of(name), readers),
        Row("convening:session-new", name, slug_of(name), readers, body=_new(name)),
    )
]

OF_ONE = [
    row
    for name, (readers, host) in SESSIONS.items()
    for place in [name.removesuffix("_session")]
    for row in (
        Row("convening:session-detail", name, id_of(name), readers),
        Row("convening:session-edit", name, id_of(name), host, refused=readers - host, body=_edit(name)),
        Row("convening:session-move", name, id_of(name), host, refused=readers - host, body=_move(name)),
        Row(
            "convening:session-cancel",
            name,
            id_of(name),
            host,
            refused=readers - host,
            body=lambda cast: {"text": "It snows."} | key_of("cancel"),
        ),
        Row("convening:session-host", name, id_of(name), host, refused=readers - host, body=_hand(name, place)),
        Row("convening:session-take-over", name, id_of(name), NOBODY, refused=readers, body=nothing, takes_get=False),
        Row(
            "convening:session-answer",
            name,
            id_of(name),
            readers,
            body=lambda cast: {"answer": "unsure"},
            takes_get=False,
        ),
        Row("convening:session-reveal", name, id_of(name), host, refused=readers - host, body=nothing, takes_get=False),
        Row("convening:contribution-new", name, id_of(name), readers, body=_write),
    )
]

OTHERS = [
    *[Row("convening:session-detail", name, id_of(name), IN_PEERS) for name in ("running_session", "over_session")],
    Row("convening:session-detail", "cancelled_session", id_of("cancelled_session"), IN_PEERS),
    Row("convening:session-detail", "a note", id_of("everyone_note"), NOBODY),
    # Its time has come, so that whoever is there can take it over.
    Row(
        "convening:session-take-over",
        "running_session",
        id_of("running_session"),
        IN_PEERS - ACADEMIC,
        refused=ACADEMIC,
        body=nothing,
        takes_get=False,
    ),
    Row("convening:contribution-detail", "unseen_words", id_of("unseen_words"), FELLOW),
    Row("convening:contribution-edit", "unseen_words", id_of("unseen_words"), FELLOW, body=_change("unseen_words")),
    Row("convening:contribution-delete", "unseen_words", id_of("unseen_words"), FELLOW, body=nothing),
    Row(
        "convening:contribution-show",
        "unseen_words",
        id_of("unseen_words"),
        NOBODY,
        refused=FELLOW,
        body=nothing,
        takes_get=False,
    ),
    Row(
        "convening:contribution-withdraw",
        "unseen_words",
        id_of("unseen_words"),
        FELLOW,
        get=404,
        body=nothing,
        posted=409,
    ),
    Row(
        "convening:contribution-show",
        "kept_back_words",
        id_of("kept_back_words"),
        posters=FELLOW,
        body=nothing,
        takes_get=False,
    ),
    Row("convening:contribution-detail", "seen_words", id_of("seen_words"), IN_PEERS),
    Row("convening:contribution-edit", "seen_words", id_of("seen_words"), FELLOW, body=_change("seen_words")),
    Row("convening:contribution-delete", "seen_words", id_of("seen_words"), NOBODY, body=nothing),
    Row(
        "convening:contribution-show",
        "seen_words",
        id_of("seen_words"),
        NOBODY,
        refused=FELLOW,
        body=nothing,
        takes_get=False,
    ),
    Row("convening:contribution-withdraw", "seen_words", id_of("seen_words"), FELLOW, body=nothing),
]

ROWS = [*OF_PARTNERSHIPS, *OF_ONE, *OTHERS]
