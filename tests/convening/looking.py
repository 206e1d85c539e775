"""Sessions that look again, and what is written at them, for tests."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.models import Decision
from desk import drafts
from partnerships.models import Intention
from partnerships.models.intentions import intentions_of
from tests import factories as make

OPEN = {"verdict": "", "new_words": "", "unintended": "", "why": ""}
CHANGE = OPEN | {"verdict": "change", "new_words": "Fewer people are sent away.", "why": "The wards asked."}


def held(cast, *, by=None, space=None, **words: Any):
    """Convene a session that looks again and is going on."""
    return make.make_session(
        by=by or cast.practitioner,
        space=space or cast.everyone,
        begins_in=words.pop("begins_in", timedelta(minutes=-10)),
        title="Quagga title",
        **{"occasion": "looking_again"} | words,
    )


def intention_in(cast) -> Intention:
    """Return the first present intention of the partnership; it is written where there is none."""
    present, _ended = intentions_of(cast.partnership)
    if not present:
        started = timezone.now() - timedelta(days=90)
        return Intention.objects.create(
            partnership=cast.partnership, text="Nobody waits a week.", started_at=started, recorded_by=cast.steward
        )
    return present[0]


def look(session, intention, *, by, version: int = 0, key: str = "", **words: str) -> Decision:
    """Write what the session says of the intention."""
    return actions.look_again(
        session=session,
        intention=intention,
        version=version,
        words=CHANGE | words,
        by=by,
        key=key or drafts.new_key(),
    )


def decide(session, *, by, **chosen: Any) -> Decision:
    """Write down a decision."""
    return actions.decide(session=session, why="Since it is so.", by=by, key=drafts.new_key(), **chosen)


def stood(decision: Decision) -> Decision:
    """Have it written eight days ago."""
    Decision.objects.filter(pk=decision.pk).update(written_at=timezone.now() - timedelta(days=8))
    decision.refresh_from_db()
    return decision


def page(name: str, *args) -> str:
    """Return the address of a page of this part."""
    return reverse(f"convening:{name}", args=args)
