"""What the stage holds about organisations and about who is a member."""

from typing import Any

from partnerships import actions
from tests import factories as make


def add(cast: Any) -> None:
    """Put somebody beside the admin of Doorway on stage, and a membership that nobody of the cast holds."""
    cast.more["colleague"] = make.make_person(name="Colleague Q")
    actions.affiliate(
        person=cast["colleague"], organisation=cast.provider, job="Team support, Doorway", by=cast.orgadmin
    )
    cast.more["member"] = make.membership_of(person=cast.peers_more[0], partnership=cast.partnership)
