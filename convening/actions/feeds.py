"""The address from which somebody's own calendar reads: asked for, made anew, switched off."""

from django.db import transaction

from convening.models import CalendarFeed
from desk.audit import record_event


@transaction.atomic
def make_feed(*, by) -> str:
    """Make a secret address for the calendar of one's own sessions, in place of a former one; return its secret."""
    token = CalendarFeed.make(by)
    record_event(by=by, action="calendar.feed_on", kind="account", public_id=by.public_id)
    return token


@transaction.atomic
def switch_feed_off(*, by) -> None:
    """Have nothing at the address any more; nothing happens where it is off already."""
    feed = CalendarFeed.objects.filter(person=by).first()
    if feed:
        feed.delete()
        record_event(by=by, action="calendar.feed_off", kind="account", public_id=by.public_id)
