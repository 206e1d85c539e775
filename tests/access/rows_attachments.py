"""The rows of the matrix about photos and voice notes: they are read by who reads the words of their record."""

from io import BytesIO
from typing import Any

from tests.cast import IN_PEERS, SIGNED_IN, Cast
from tests.records.made import picture

from .matrix import AUTHOR, Row, id_of, nothing

READERS_OF_PHOTOS = {
    "photo_on_private_note": AUTHOR,
    "photo_on_peers_note": IN_PEERS,
    "photo_on_not_named_note": IN_PEERS,
    # Its words are withheld from all but its author, though they know that it was there.
    "photo_on_withdrawn_note": AUTHOR,
    # Whose author has left: who looks after the space reads it, to judge.
    "photo_on_folded_note": frozenset({"outsider"}),
    "waiting_photo": AUTHOR,
}


class SentAgain:
    """A file that gives all its bytes each time that it is sent."""

    name = "photo.jpg"
    content_type = "image/jpeg"

    def __init__(self, content: bytes):
        self.content = content

    def read(self, *_size: int) -> bytes:
        return BytesIO(self.content).read()

    def __repr__(self) -> str:
        return self.name


def _photo(cast: Cast) -> dict[str, Any]:
    return {"key": "matrix-photo", "kind": "photo", "file": SentAgain(picture())}


ROWS = [
    *[
        Row(f"records:attachment-{which}", name, id_of(name), readers)
        for name, readers in READERS_OF_PHOTOS.items()
        for which in ("file", "small", "large")
    ],
    Row("records:attachment-file", "voice_on_peers_note", id_of("voice_on_peers_note"), IN_PEERS),
    # A voice note has nothing to be seen.
    Row("records:attachment-small", "voice_on_peers_note", id_of("voice_on_peers_note")),
    Row("records:attachment-large", "voice_on_peers_note", id_of("voice_on_peers_note")),
    # The id of a record is no file's.
    Row("records:attachment-file", "peers_note", id_of("peers_note")),
    Row("records:attachment-new", posters=SIGNED_IN, body=_photo, posted=200, takes_get=False),
    Row(
        "records:attachment-new",
        "for a change to peers_note",
        posters=AUTHOR,
        body=lambda cast: _photo(cast) | {"about": cast.peers_note.public_id},
        posted=200,
        takes_get=False,
    ),
    Row(
        "records:attachment-delete",
        "waiting_photo",
        id_of("waiting_photo"),
        posters=AUTHOR,
        body=nothing,
        posted=200,
        takes_get=False,
    ),
    # What is on a record is taken off by changing the record.
    Row(
        "records:attachment-delete", "photo_on_peers_note", id_of("photo_on_peers_note"), body=nothing, takes_get=False
    ),
]
