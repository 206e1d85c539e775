"""The rows of the matrix about what is taken on, kept and photographed while a session goes on.

It goes on in the peers' space, and the academic hosts it; the fellow added its photo, and wrote the words seen there.
"""

from typing import Any

from tests.cast import IN_PEERS, Cast
from tests.records.made import picture

from .matrix import FELLOW, Row, id_of, key_of
from .rows_attachments import SentAgain

HOST = frozenset({"academic"})


def _commitment(cast: Cast) -> dict[str, Any]:
    return {"what": "Bring the form", "doer": cast.fellow.public_id, **key_of("will-do")}


def _photo(cast: Cast) -> dict[str, Any]:
    return {"text": "A sheet of paper", "photos": SentAgain(picture(colour="green")), **key_of("photo")}


def _keeping(source: str, quote: str):
    return lambda cast: f"?from={cast[source].public_id}&quote={cast[quote].public_id}"


ROWS = [
    Row(
        "convening:live-will-do",
        "running_session",
        id_of("running_session"),
        IN_PEERS,
        body=_commitment,
    ),
    Row("convening:photo-new", "running_session", id_of("running_session"), IN_PEERS, body=_photo),
    # Two weeks are not over.
    Row("convening:photo-new", "over_session", id_of("over_session"), IN_PEERS, body=_photo),
    Row(
        "convening:photo-remove",
        "photo_on_session",
        lambda cast: (cast["running_session"].public_id, cast["photo_on_session"].public_id),
        HOST | FELLOW,
        refused=IN_PEERS - HOST - FELLOW,
        body=lambda cast: {},
    ),
    # By the address of a session that it is not on.
    Row(
        "convening:photo-remove",
        "of another session",
        lambda cast: (cast["over_session"].public_id, cast["photo_on_session"].public_id),
    ),
    *[
        Row(f"records:attachment-{which}", "photo_on_session", id_of("photo_on_session"), IN_PEERS)
        for which in ("file", "small", "large")
    ],
    Row(
        "reflections:reflection-new",
        "keeping seen_words",
        readers=IN_PEERS,
        query=_keeping("seen_words", "seen_words"),
    ),
    # Before the reveal not even its author keeps it; nor does anybody the words of something else.
    Row("reflections:reflection-new", "keeping unseen_words", query=_keeping("unseen_words", "unseen_words")),
    Row("reflections:reflection-new", "keeping a note", query=_keeping("peers_note", "peers_note")),
]
