"""The rows of the matrix about the library: those in the space read it, add to it, and say how it reads to them."""

from tests.cast import IN_PEERS, Cast

from .matrix import AUTHOR, FELLOW, MEMBERS_OF, Row, id_of, key_of, slug_of

IT = id_of("library_object")


def _said(cast: Cast) -> dict[str, str]:
    return {"title": "A plan", "sort": "plan", "why": "It matters.", "text": "words"}


def _new(name: str):
    def body(cast: Cast) -> dict[str, str]:
        return _said(cast) | {"space": cast[name].spaces.get(kind="everyone").public_id} | key_of("boundary-object")

    return body


def _version(cast: Cast) -> dict[str, str]:
    return _said(cast) | {"change": "Anew.", "version": cast["library_object"].version} | key_of("object-edit")


def _use(cast: Cast) -> dict[str, str]:
    return {"line": "On a wall", "used_on_day": "4", "used_on_month": "5", "used_on_year": "2026"} | key_of(
        "object-use"
    )


def _file(cast: Cast) -> tuple:
    return (cast["library_object"].public_id, cast["library_file"].public_id)


def _number(number: int):
    return lambda cast: (cast["library_object"].public_id, str(number))


ROWS = [
    *[Row("curating:library-list", name, slug_of(name), readers) for name, readers in MEMBERS_OF.items()],
    *[
        Row("curating:library-new", name, slug_of(name), readers, body=_new(name))
        for name, readers in MEMBERS_OF.items()
    ],
    Row("curating:object-detail", "library_object", IT, IN_PEERS),
    Row("curating:object-edit", "library_object", IT, IN_PEERS, body=_version),
    Row("curating:object-use", "library_object", IT, IN_PEERS, body=_use),
    Row(
        "curating:object-state",
        "library_object",
        IT,
        IN_PEERS,
        body=lambda cast: {"seen": "live", "state": "retired", "reason": "words"} | key_of("object-state"),
    ),
    Row(
        "curating:object-curator",
        "library_object",
        IT,
        AUTHOR,
        refused=IN_PEERS - AUTHOR,
        body=lambda cast: {"curator": cast.peers.members().get(person=cast.fellow).public_id},
    ),
    Row("curating:version-list", "library_object", IT, IN_PEERS),
    Row("curating:version-detail", "the first", _number(1), IN_PEERS),
    Row("curating:version-detail", "one that never was", _number(3)),
    Row(
        "curating:file-delete",
        "library_file",
        _file,
        AUTHOR | FELLOW,
        refused=IN_PEERS - AUTHOR - FELLOW,
        body=lambda cast: {},
    ),
    Row("records:attachment-file", "library_file", id_of("library_file"), IN_PEERS),
    Row(
        "curating:reading-new",
        "library_object",
        IT,
        IN_PEERS,
        body=lambda cast: {"way": "role:named", "text": "words", "of_version": "2"} | key_of("reading"),
    ),
    Row("curating:reading-detail", "by name", id_of("reading"), IN_PEERS),
    Row("curating:reading-detail", "by role", id_of("role_reading"), IN_PEERS),
    Row(
        "curating:reading-edit",
        "reading",
        id_of("reading"),
        FELLOW,
        body=lambda cast: {"text": "other words", "version": 1} | key_of("reading-edit"),
    ),
    Row("curating:reading-withdraw", "reading", id_of("reading"), FELLOW, body=lambda cast: {}),
    Row("curating:reading-withdraw", "by role", id_of("role_reading"), AUTHOR, body=lambda cast: {}),
]
