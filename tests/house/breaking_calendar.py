"""The same for series, and for the addresses of calendars."""

from .breaking_sessions import session

BREAKING = {
    "convening_session_moved_alone_out_of_a_series": lambda cast: session(cast, moved_alone=True),
}
