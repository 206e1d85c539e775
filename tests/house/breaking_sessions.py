"""The same for sessions, and for who comes to them."""

from datetime import timedelta

from convening.models import Attendee, Session

from .breaking import NOW


def session(cast, **columns):
    right = {"kind": "session", "title": "t", "author": cast.practitioner, "host": cast.practitioner, "created_at": NOW}
    place = {"space": cast.everyone, "partnership": cast.partnership, "shared_at": NOW}
    return Session(**right | place | {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)} | columns)


def attendee(cast, **columns):
    return Attendee(**{"session": cast["everyone_session"], "person": cast.expert} | columns)


BREAKING = {
    "convening_session_ends_after_it_starts": lambda cast: session(cast, ends_at=NOW),
    "convening_session_cancelled_by_somebody_with_a_reason": lambda cast: session(cast, cancelled_at=NOW),
    "convening_session_has_a_zone": lambda cast: session(cast, zone=""),
    "convening_attendee_once_each": lambda cast: attendee(cast, person=cast.practitioner),
    "convening_attendee_answered_at_some_time": lambda cast: attendee(cast, answer="yes"),
    "convening_attendee_noted_at_some_time": lambda cast: attendee(cast, attended=True),
}
