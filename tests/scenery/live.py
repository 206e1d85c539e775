"""A session that goes on in the peers' space, at the first step of its agenda."""

from convening import actions
from convening.models import AgendaItem, Session

from .agenda import add_item
from .live_writing import running


def stepping(*, by, space, **words) -> tuple[Session, list[AgendaItem]]:
    """Convene a running session with three items of 4, 0 and 6 minutes, at which nobody has begun."""
    session = running(by=by, space=space, question="", **words)
    minutes = {"Check-in together": 4, "Tea": 0, "What we do": 6}
    items = [add_item(session=session, by=by, title=title, minutes=n) for title, n in minutes.items()]
    return session, items


def add(cast) -> None:
    """Have it go on, as its host has begun it."""
    session, items = stepping(by=cast.consultant, space=cast.peers, title="Step by step")
    actions.go_to_step(session=session, step=items[0].public_id, by=cast.consultant)
    cast.more["stepping_session"], cast.more["steps"] = session, items
