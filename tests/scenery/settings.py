"""What the stage holds about settings."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from partnerships import actions


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    partnership, steward = cast.partnership, cast.steward
    actions.set_intentions(partnership=partnership, texts=["Listen longer."], version=None, by=steward)
    cast.more["resource"] = actions.add_resource(
        partnership=partnership,
        line={"kind": "learning_partner", "who": "Learning Partner Q", "days": 24, "paid_by": "The council"},
        version=None,
        by=steward,
    )
    cast.more["draft_resource"] = actions.add_resource(
        partnership=cast.unopened, line={"kind": "protected_time", "who": "The early shift"}, version=None, by=steward
    )
    cast.more["draft_part"] = actions.take_part(
        partnership=cast.unopened, organisation=cast.council, ways=["commissions"], by=steward
    )
    cast.more["shelf_item"] = actions.add_to_shelf(
        partnership=partnership, title="How it began", address=cast.peers_note.get_absolute_url(), by=steward
    )
    cast.more["draft_shelf_item"] = actions.add_to_shelf(
        partnership=cast.unopened, title="A report", address="https://example.org/report", by=steward
    )
    actions.set_talk(
        partnership=partnership,
        # Today, also in the first half hour of a day: the stage is set half an hour ago.
        talk_on=timezone.localdate(timezone.now() + timedelta(minutes=30)),
        talk_words="10am, the library",
        version=None,
        by=steward,
    )
    # The stage keeps the partnerships as they are now.
    for row in (partnership, cast.unopened):
        row.refresh_from_db()
