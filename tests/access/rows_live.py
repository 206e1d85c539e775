"""The rows of the matrix about a session that goes on: those in the space see it, its host goes from step to step."""

from typing import Any

from tests.cast import IN_PEERS, Cast

from .matrix import Row, id_of, nothing

CONSULTANT = frozenset({"consultant"})
STEPPING = id_of("stepping_session")


def _step(cast: Cast) -> dict[str, Any]:
    return {"step": cast["steps"][1].public_id}


def _time(cast: Cast) -> dict[str, Any]:
    return {"step": cast["steps"][0].public_id, "had": "4", "more": "1"}


def _longer(cast: Cast) -> dict[str, Any]:
    return {"ends": f"{cast['stepping_session'].ends_at:%Y-%m-%dT%H:%M}"}


def _hosts(name: str, body, **more: Any) -> Row:
    return Row(f"convening:{name}", "", STEPPING, CONSULTANT, refused=IN_PEERS - CONSULTANT, body=body, **more)


ROWS = [
    Row("convening:session-live", "", STEPPING, IN_PEERS, fragments=("live",)),
    # Before its doors open, and once it is over, the session's own page is the one.
    *[
        Row("convening:session-live", name, id_of(name), IN_PEERS, get=302)
        for name in ("peers_session", "over_session", "cancelled_session")
    ],
    _hosts("live-step", _step, takes_get=False),
    _hosts("live-time", _time, takes_get=False),
    _hosts("live-extend", _longer, takes_get=False),
    _hosts("live-end", nothing),
]
