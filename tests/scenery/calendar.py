"""A series that a session of the peers is one of, and the calendar feeds of two people."""

from datetime import timedelta

from convening import actions
from convening.models import Rhythm
from convening.repeating import days_by_number
from tests import factories as make

WEEKS = 4


def add(cast) -> None:
    """Repeat a session among the peers, in turns, and have addresses made for two calendars."""
    first = make.make_session(
        by=cast.fellow, space=cast.peers, title="Session every week", begins_in=timedelta(days=6), question=""
    )
    hosts = [make.membership_of(person=person, partnership=cast.partnership) for person in (cast.fellow, cast.academic)]
    series = actions.repeat_session(
        session=first,
        rhythm=Rhythm.WEEKLY,
        days=days_by_number(Rhythm.WEEKLY, first.day, number=WEEKS),
        hosts=hosts,
        by=cast.fellow,
    )
    cast.more["series"] = series
    cast.more["series_session"] = first
    first.refresh_from_db()
    cast.more["feed_token"] = actions.make_feed(by=cast.fellow)
