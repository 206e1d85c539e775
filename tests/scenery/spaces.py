"""What the stage holds about spaces: one of others, and people who are being asked in."""

from typing import Any

from partnerships import actions
from tests import factories as make


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    first, second, *_others = cast.peers_more
    # Nobody of the cast is in this one, so all of them may ask to join.
    cast.more["space_of_others"] = make.make_space(
        partnership=cast.partnership, by=first, name="Of others", people=(second,)
    )
    quiet = make.make_space(partnership=cast.partnership, by=cast.fellow, name="Quiet corner", people=(cast.academic,))
    expert = make.membership_of(person=cast.expert, partnership=cast.partnership)
    cast.more["quiet"] = quiet
    cast.more["asked_in"] = actions.ask_in(space=quiet, membership=expert, by=cast.fellow)
    cast.more["asked_to_join"] = actions.ask_to_join(space=quiet, by=cast.consultant)
    cast.more["asked_one_to_one"] = actions.open_one_to_one(membership=expert, by=cast.academic).admissions.get()
