"""Sessions: ahead in each space, going on, over, cancelled; and what was written for them."""

from datetime import timedelta

from django.utils import timezone

from convening import actions
from convening.models import Contribution
from tests import factories as make


def add(cast) -> None:
    """Convene sessions, answer, and write for them."""
    for place, host in (("everyone", "learning_partner"), ("peers", "practitioner"), ("power_line", "manager")):
        cast.more[f"{place}_session"] = make.make_session(by=cast[host], space=cast[place], title=f"Session in {place}")
    actions.answer_session(session=cast["everyone_session"], answer="yes", by=cast.practitioner)
    actions.answer_session(session=cast["peers_session"], answer="no", by=cast.fellow)
    cast.more["unseen_words"] = make.make_contribution(
        to=cast["peers_session"], by=cast.fellow, text="unseen words", wish="not_named"
    )
    cast.more["cancelled_session"] = make.make_session(
        by=cast.consultant, space=cast.peers, title="Cancelled session", begins_in=timedelta(days=5)
    )
    actions.cancel_session(session=cast["cancelled_session"], because="Nobody can.", by=cast.consultant, key="off")
    tonight = timezone.now() + timedelta(hours=12)
    running = make.make_session(
        by=cast.academic, space=cast.peers, title="Session going on", begins_in=timedelta(minutes=-10), ends_at=tonight
    )
    cast.more["seen_words"] = make.make_contribution(to=running, by=cast.fellow, text="words that were revealed")
    actions.reveal(session=running, by=cast.academic)
    cast.more["running_session"] = running
    # As the reveal leaves it where too few are there for the way in which its author wished to be named.
    cast.more["kept_back_words"] = make.make_contribution(to=cast["everyone_session"], by=cast.fellow, text="kept back")
    Contribution.objects.filter(pk=cast["kept_back_words"].pk).update(is_kept_back=True)
    cast.more["over_session"] = make.make_session(
        by=cast.academic, space=cast.peers, title="Session that is over", begins_in=timedelta(days=-2)
    )
    for name in ("running_session", "seen_words"):
        cast[name].refresh_from_db()
