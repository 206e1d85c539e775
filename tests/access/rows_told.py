"""The rows of the matrix about somebody else's words, and about links."""

from collections.abc import Callable
from typing import Any

from tests.cast import IN_SUPERVISION, SIGNED_IN, Cast
from tests.factories import membership_of

from .matrix import Row, id_of, key_of, nothing

# Who wrote down what was told, and who is asked about it: nobody else of the cast comes to these pages.
WRITER, ASKED = frozenset({"commissioner"}), frozenset({"expert"})


def _asks(cast: Cast) -> dict[str, Any]:
    return {"member": membership_of(person=cast.expert, partnership=cast.partnership).public_id}


def _answers(answer: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {
        "knows": answer,
        "how_known": "I was there.",
        "edition": cast["telling_question"].telling.edition,
        **key_of("telling"),
    }


def _share(name: str, space: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"space": cast[space].public_id, "attribution": "named", "version": cast[name].version}


ROWS = [
    Row("records:telling-ask", "told", id_of("told"), WRITER, body=_asks),
    Row("records:telling-ask", "told_waiting", id_of("told_waiting"), WRITER, body=_asks, posted=422),
    Row("records:telling-ask", "told_confirmed", id_of("told_confirmed"), WRITER),
    # A note in its writer's own words has no such page.
    Row("records:telling-ask", "private_note", id_of("private_note")),
    Row("records:telling-withdraw", "told_waiting", id_of("told_waiting"), WRITER, body=nothing),
    Row("records:telling-withdraw", "told_confirmed", id_of("told_confirmed"), body=nothing),
    *[
        Row("records:telling-detail", said, id_of("telling_question"), ASKED, body=_answers(said))
        for said in ("yes", "no")
    ],
    # The record's own id leads nowhere there.
    Row("records:telling-detail", "told_waiting", id_of("told_waiting")),
    Row("reflections:reflection-detail", "told_waiting", id_of("told_waiting"), WRITER),
    Row(
        "reflections:reflection-share",
        "told",
        id_of("told"),
        WRITER,
        get=302,
        query=lambda cast: f"?space={cast.everyone.public_id}",
        body=_share("told", "everyone"),
        posted=422,
    ),
    Row(
        "reflections:reflection-share",
        "told_confirmed",
        id_of("told_confirmed"),
        WRITER,
        query=lambda cast: f"?space={cast.everyone.public_id}",
        body=_share("told_confirmed", "everyone"),
    ),
    Row(
        "reflections:reflection-share",
        "told_confirmed, to others than agreed",
        id_of("told_confirmed"),
        WRITER,
        get=302,
        query=lambda cast: f"?space={cast.wider.public_id}",
        body=_share("told_confirmed", "wider"),
        posted=422,
    ),
    Row("records:link-delete", "link", id_of("link"), frozenset({"supervisor"}), body=nothing),
    Row("reflections:reflection-detail", "grown", id_of("grown"), IN_SUPERVISION),
    Row(
        "reflections:reflection-new",
        "from a note that few read",
        readers=SIGNED_IN,
        body=lambda cast: {
            "text": "words",
            "person_level": "1",
            "audience": "me",
            "grown_from": cast.power_line_note.public_id,
            **key_of("onward"),
        },
        query=lambda cast: f"?from={cast.power_line_note.public_id}",
    ),
]
