"""The rows of the matrix about series, calendars, and the files and feeds that calendars elsewhere read."""

from typing import Any

from tests.cast import IN_PEERS, SIGNED_IN, Cast

from .matrix import EVERYBODY, FELLOW, MEMBERS_OF, NOBODY, Row, id_of, slug_of
from .rows_sessions import SESSIONS


def _repeat(name: str):
    def body(cast: Cast) -> dict[str, Any]:
        return {"rhythm": "weekly", "ends": "number", "number": "3", "version": cast[name].version, "sure": "yes"}

    return body


def _cancel(cast: Cast) -> dict[str, Any]:
    return {"text": "Nobody can.", "draft_key": "matrix-cancel", "reach": "following"}


ROWS = [
    Row("convening:calendar", readers=SIGNED_IN),
    Row("convening:calendar", "a month", readers=SIGNED_IN, query=lambda cast: "?month=2026-12"),
    Row("convening:calendar", "no month", readers=NOBODY, query=lambda cast: "?month=9999-12"),
    *[
        Row("convening:partnership-calendar", partnership, slug_of(partnership), readers)
        for partnership, readers in MEMBERS_OF.items()
    ],
    Row("convening:feed-edit", readers=SIGNED_IN, body=lambda cast: {"do": "new"}, posted=200),
    Row("convening:feed-edit", "off", readers=SIGNED_IN, body=lambda cast: {"do": "off"}),
    # Whoever has the address, signed in or not: that is what a calendar program is.
    Row("convening:calendar-feed", "fellow's", lambda cast: (cast["feed_token"],), EVERYBODY),
    *[
        row
        for name, (readers, host) in SESSIONS.items()
        for row in (
            Row("convening:session-file", name, id_of(name), readers),
            Row(
                "convening:session-repeat",
                name,
                id_of(name),
                host,
                refused=readers - host,
                body=_repeat(name),
            ),
        )
    ],
    Row("convening:session-file", "cancelled_session", id_of("cancelled_session"), IN_PEERS),
    Row("convening:session-file", "a note", id_of("everyone_note"), NOBODY),
    Row("convening:session-detail", "one of a series", id_of("series_session"), IN_PEERS),
    Row(
        "convening:session-cancel",
        "a series",
        id_of("series_session"),
        FELLOW,
        refused=IN_PEERS - FELLOW,
        body=_cancel,
    ),
]
