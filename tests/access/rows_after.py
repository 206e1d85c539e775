"""The rows of the matrix about what stays of a session: its space reads and notes it, its host proposes it.

The sessions are in the peers' space, and the academic hosts them.
"""

from datetime import timedelta

from django.utils import timezone

from records.versions import token_of
from tests.cast import IN_PEERS, Cast

from .matrix import FELLOW, MEMBERS_OF, NOBODY, Row, id_of, key_of, slug_of

HOST = frozenset({"academic"})
ATTENDED = frozenset({"fellow", "practitioner"})


def _notes(version: int = 0):
    return lambda cast: {"learned": "words", **({"version": version} if version else {}), **key_of("outcome")}


def _day(cast: Cast) -> dict[str, int]:
    day = timezone.localdate() + timedelta(days=9)
    return {"last_day_day": day.day, "last_day_month": day.month, "last_day_year": day.year, "version": 1}


def _commitment(cast: Cast) -> dict[str, str]:
    return {"what": "Ring the ward", "doer": cast.fellow.public_id, **key_of("commitment")}


def _objection(cast: Cast) -> dict[str, str | int]:
    return {"text": "words", "version": 1, **key_of("objection")}


ATTENDANCE = [
    Row(
        "convening:attendance-note",
        "over_session",
        id_of("over_session"),
        HOST,
        refused=IN_PEERS - HOST,
        body=lambda cast: {"there": [cast.fellow.public_id]},
        takes_get=False,
    ),
    Row(
        "convening:attendance-correct",
        "house_session",
        id_of("house_session"),
        IN_PEERS,
        body=lambda cast: {"answer": "yes"},
        takes_get=False,
    ),
    Row("convening:session-detail", "house_session", id_of("house_session"), IN_PEERS),
    *[
        Row("convening:session-detail", f"{name}_session", id_of(f"{name}_session"), IN_PEERS)
        for name in ("noted", "proposed", "objected", "agreed")
    ],
]
OUTCOMES = [
    Row("convening:outcome-edit", "first notes", id_of("over_session"), IN_PEERS, body=_notes()),
    Row("convening:outcome-edit", "noted", id_of("noted_session"), IN_PEERS, body=_notes(1)),
    # Once it is proposed its host alone amends it; the others find there what they had typed.
    Row("convening:outcome-edit", "proposed", id_of("proposed_session"), IN_PEERS),
    Row(
        "convening:outcome-propose",
        "noted",
        id_of("noted_session"),
        HOST,
        refused=IN_PEERS - HOST,
        body=_day,
    ),
    Row("convening:outcome-propose", "nothing noted", id_of("over_session"), NOBODY, refused=IN_PEERS - HOST),
    Row("convening:outcome-object", "proposed", id_of("proposed_session"), IN_PEERS, body=_objection),
    Row(
        "convening:outcome-object",
        "agreed",
        id_of("agreed_session"),
        IN_PEERS,
        body=_objection,
        posted=422,
    ),
    Row(
        "convening:outcome-carry",
        "agreed",
        id_of("agreed_session"),
        ATTENDED,
        refused=IN_PEERS - ATTENDED,
        body=lambda cast: {"answer": "yes"},
        takes_get=False,
    ),
    Row("convening:outcome-versions", "agreed", id_of("agreed_session"), IN_PEERS),
    Row("convening:outcome-versions", "nothing noted", id_of("over_session")),
]
COMMITMENTS = [
    *[
        Row("convening:commitment-list", partnership, slug_of(partnership), readers)
        for partnership, readers in MEMBERS_OF.items()
    ],
    Row("convening:commitment-new", "over_session", id_of("over_session"), IN_PEERS, body=_commitment),
    Row("convening:commitment-detail", "commitment", id_of("commitment"), IN_PEERS),
    *[
        Row(
            f"convening:commitment-{verb}",
            of,
            id_of(of),
            doers,
            refused=IN_PEERS - doers,
            body=lambda cast: {"text": "words", **key_of("let-go")},
            takes_get=verb == "let-go",
        )
        for verb, of, doers in (
            ("done", "commitment", HOST | FELLOW),
            ("let-go", "commitment", HOST | FELLOW),
            ("take-up", "done_commitment", HOST | frozenset({"practitioner"})),
        )
    ],
    Row(
        "records:record-fold",
        "commitment",
        lambda cast: ("commitment", cast["commitment"].public_id),
        IN_PEERS - HOST,
        refused=HOST,
        body=lambda cast: {"text": "a word", "version": token_of(cast["commitment"]), **key_of("fold")},
    ),
]
ROWS = [*ATTENDANCE, *OUTCOMES, *COMMITMENTS]
