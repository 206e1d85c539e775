"""The rows of the matrix about guests of a session, and what its own people do about them.

The sessions with guests are of people who are none of the cast: to these all are alike at the door, and one of the cast
has come in there as a guest. Who reads a session anyway is led to its own page: tests/convening/test_guests.py.
"""

from collections.abc import Callable
from typing import Any

from tests.cast import IN_PEERS, Cast

from .matrix import EVERYBODY, NOBODY, Row, id_of

GUEST = frozenset({"guest"})
ACADEMIC = frozenset({"academic"})
# Where nobody is let in, and of one the guest of another session is nobody to it.
SHUT = ("shut_session", "early_guest_session", "over_guest_session")


def _token(name: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[f"{name}_token"],)


def _note(name: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[f"{name}_token"], cast["guest_note"].public_id)


def _come_in(cast: Cast) -> dict[str, Any]:
    return {"first_name": "Gwyn"}


def _write(cast: Cast) -> dict[str, Any]:
    return {"writing": cast["guest_writing"].public_id, "text": "words from outside", "key": "matrix"}


def _change(cast: Cast) -> dict[str, Any]:
    return {"text": "other words from outside"}


DOORS = [
    # The guest who comes again is led to the session's page.
    Row("convening:guest-join", "others'", _token("other_guest_session"), EVERYBODY, body=_come_in, is_open=True),
    Row("convening:guest-live", "their own", _token("guest_session"), EVERYBODY, fragments=("live",), is_open=True),
    Row("convening:guest-live", "others'", _token("other_guest_session"), EVERYBODY, is_open=True),
    Row(
        "convening:guest-write", "their own", _token("guest_session"), GUEST, body=_write, takes_get=False, is_open=True
    ),
    Row(
        "convening:guest-write",
        "others'",
        _token("other_guest_session"),
        NOBODY,
        body=_write,
        takes_get=False,
        is_open=True,
    ),
    Row("convening:guest-note", "their own", _note("guest_session"), GUEST, body=_change, is_open=True),
    Row("convening:guest-note", "at another", _note("other_guest_session"), NOBODY, body=_change, is_open=True),
    *[
        row
        for name in SHUT
        for row in (
            Row("convening:guest-join", name, _token(name), NOBODY, body=_come_in, is_open=True),
            Row("convening:guest-live", name, _token(name), NOBODY, is_open=True),
            Row("convening:guest-write", name, _token(name), NOBODY, body=_write, takes_get=False, is_open=True),
            Row("convening:guest-note", name, _note(name), NOBODY, body=_change, is_open=True),
        )
    ],
]
OF_MEMBERS = [
    Row(
        "convening:live-guests",
        "running_session",
        id_of("running_session"),
        ACADEMIC,
        refused=IN_PEERS - ACADEMIC,
        body=lambda cast: {"guests": "in"},
        takes_get=False,
    ),
    Row(
        "convening:live-guests",
        "others'",
        id_of("guest_session"),
        NOBODY,
        body=lambda cast: {"guests": "out"},
        takes_get=False,
    ),
    Row("convening:live-qr", "running_session", id_of("running_session"), IN_PEERS),
    Row("convening:live-qr", "others'", id_of("guest_session"), NOBODY),
]
ROWS = [*DOORS, *OF_MEMBERS]
