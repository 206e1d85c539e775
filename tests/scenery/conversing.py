"""Tensions and conversations: some among peers, some that everybody reads."""

from conversing import actions
from tests import factories as make
from tests.conversing import made


def add(cast) -> None:
    """Write tensions down, check in on one by name and not named, and say how it stands."""
    sides = {"gives_first": "what it gives", "signs_second": "signs of it", "what_helps": "two names a month"}
    cast.more["tension"] = made.tension(by=cast.practitioner, space=cast.peers, felt_by=["practitioner"], **sides)
    cast.more["check_in"] = made.check_in(cast["tension"], by=cast.fellow, text="check-in words")
    cast.more["not_named_check_in"] = made.check_in(
        cast["tension"], by=cast.practitioner, lean=20, text="check-in that is not named", wish="not_named"
    )
    made.state(cast["tension"], to="named", by=cast.fellow, reason="We talked of it on Monday.")
    cast.more["everyone_tension"] = made.tension(by=cast.manager, space=cast.everyone, title="Open ↔ Safe")
    cast["tension"].refresh_from_db()
    cast.more["conversation"] = made.conversation(by=cast.practitioner, space=cast.peers, text="what lies behind")
    cast.more["said_to_conversation"] = make.make_response(to=cast["conversation"], by=cast.fellow, text="said there")
    made.sum_up(cast["conversation"], by=cast.fellow, text="what it came to")
    made.sum_up(cast["conversation"], by=cast.academic, text="what it came to, again", number=1)
    open_to_all = made.conversation(by=cast.manager, space=cast.everyone, question="Why Mondays?")
    cast.more["everyone_conversation"] = open_to_all
    cast.more["closed_conversation"] = made.conversation(by=cast.expert, space=cast.everyone, question="Is it over?")
    made.call(cast["closed_conversation"], by=cast.expert, text="words for the learning partner")
    made.close(cast["closed_conversation"], by=cast.manager, closing="It is.")
    actions.set_quiet_after(partnership=cast.partnership, weeks=3, by=cast.steward)
    cast.more["relationship_note"] = made.relationship_note(
        by=cast.learning_partner, partnership=cast.partnership, text="relationship words"
    )
    for name in ("conversation", "closed_conversation"):
        cast[name].refresh_from_db()
