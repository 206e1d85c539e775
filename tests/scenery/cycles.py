"""Learning cycles and activities: in each space, one gone back a stage, one in peers, and what is part of them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cycles import actions
from desk import drafts

WHY = "We planned before we had looked."


def begin_cycle(*, space: Any, by: Any, title: str = "What do we find out?", days_ago: int = 60, **words: Any) -> Any:
    """Begin a cycle at its first stage, some days ago."""
    right = {"stage": "understand", "people": [by], "scale": "team", "pace": "fast", "text": ""} | words
    began_on = timezone.localdate() - timedelta(days=days_ago)
    return actions.begin_cycle(space=space, by=by, key=drafts.new_key(), title=title, began_on=began_on, **right)


def move(cycle: Any, *, to: str, by: Any, days_ago: int = 0, note: str = "", state: str = "running") -> None:
    """Move a cycle as somebody who has just opened its page."""
    actions.move_cycle(
        cycle=cycle,
        seen=cycle.moves.count(),
        stage=to,
        state=state,
        moved_on=timezone.localdate() - timedelta(days=days_ago),
        note=note,
        by=by,
        key=drafts.new_key(),
    )


def begin_activity(*, space: Any, by: Any, title: str = "A morning of listening", **words: Any) -> Any:
    """Begin an activity that is of today."""
    right: dict[str, Any] = {"facilitators": [by], "participants": [], "person_level": 2, "work": "convening"}
    right |= {"activity_type": "workshop", "method": "storytelling", "began_on": timezone.localdate()} | words
    return actions.begin_activity(space=space, by=by, key=drafts.new_key(), title=title, **right)


def add_method(*, partnership: Any, by: Any, name: str = "A walk along the quay", **words: Any) -> Any:
    """Add a method of a partnership's own."""
    right = {"guide": "Walk it with somebody who sleeps there.", "source": ""} | words
    return actions.add_method(partnership=partnership, name=name, by=by, key=drafts.new_key(), **right)


def put(record: Any, *, whole: Any, by: Any) -> Any:
    """Say that something is part of it; return that row."""
    actions.put_part(record=record, whole=whole, by=by)
    return record.part_of.get(whole=whole.pk)


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    cycle = begin_cycle(
        space=cast.everyone,
        by=cast.learning_partner,
        title="Cycle in everyone",
        text="why in everyone",
        people=[cast.practitioner, cast.learning_partner],
        look_again_on=timezone.localdate() + timedelta(days=20),
    )
    move(cycle, to="co_design", by=cast.fellow, days_ago=40)
    move(cycle, to="understand", by=cast.practitioner, days_ago=20, note=WHY)
    cast.more["everyone_cycle"] = cycle
    cast.more["peers_cycle"] = begin_cycle(
        space=cast.peers, by=cast.practitioner, title="Cycle in peers", parent=cycle, missing="who is missing in peers"
    )
    # Its day has come.
    cast.more["power_line_cycle"] = begin_cycle(
        space=cast.power_line, by=cast.manager, title="Cycle in power_line", look_again_on=timezone.localdate()
    )
    cast.more["everyone_activity"] = begin_activity(
        space=cast.everyone, by=cast.learning_partner, title="Activity in everyone", participants=[cast.expert]
    )
    cast.more["own_method"] = add_method(partnership=cast.partnership, by=cast.fellow)
    cast.more["peers_activity"] = begin_activity(
        space=cast.peers,
        by=cast.academic,
        title="Activity in peers",
        activity_type="",
        own_type="a walk",
        method="",
        own_method=cast.more["own_method"],
        what_came="what came in peers",
    )
    away = add_method(partnership=cast.partnership, by=cast.steward, name="Put away")
    actions.put_method_away(method=away, by=cast.steward)
    cast.more["away_method"] = away
    put(cast.more["peers_activity"], whole=cast.more["peers_cycle"], by=cast.fellow)
    cast.more["session_part"] = put(cast["peers_session"], whole=cast.more["peers_cycle"], by=cast.fellow)
    cast.more["note_part"] = put(cast["everyone_note"], whole=cast.more["everyone_activity"], by=cast.practitioner)
    for name in ("everyone_cycle", "peers_cycle", "everyone_activity", "peers_activity"):
        cast.more[name].refresh_from_db()
