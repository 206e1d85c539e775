"""How long one stays signed in.

A computer is taken for shared: the browser forgets the sign-in when it is closed, and the server after an
hour without use or half a day in all. On their own device, people without duties may stay for 30 days.
"""

from datetime import UTC, datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from . import duties
from .models import User

# What the session remembers. Times are in seconds since 1970, so that they fit JSON.
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
OWN_DEVICE = "own_device"
HAS_DUTIES = "has_duties"
SECOND_STEP_MISSING = "second_step_missing"
# The box on the sign-in page, kept until the second step is done.
OWN_DEVICE_WANTED = "own_device_wanted"

# Reading pages writes to the session at most this often.
REFRESH_SECONDS = 5 * 60


def begin(request: HttpRequest, *, own_device: bool = False) -> None:
    """Start the clock of somebody who has just signed in."""
    user: User = request.user  # type: ignore[assignment]
    session = request.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = _now()
    session[HAS_DUTIES] = duties.has_duties(user)
    session[OWN_DEVICE] = own_device and not session[HAS_DUTIES]
    set_expiry(session)
    look_for_second_step(request)


def has_begun(session: SessionBase) -> bool:
    """Say whether the clock runs."""
    return SIGNED_IN_AT in session


def is_over(session: SessionBase) -> bool:
    """Say whether the person has to sign in again."""
    since_sign_in = _now() - session[SIGNED_IN_AT]
    if session[OWN_DEVICE]:
        return since_sign_in >= settings.SESSION_OWN_DEVICE_SECONDS
    since_use = _now() - session[SEEN_AT]
    return since_sign_in >= settings.SESSION_LONGEST_SECONDS or since_use >= settings.SESSION_IDLE_SECONDS


def keep(request: HttpRequest) -> None:
    """Note that the sign-in is in use, every few minutes at most.

    Somebody who was given a duty meanwhile is on a shared computer from now on. The second step is asked for
    when they sign in next, and not in the middle of what they are writing.
    """
    session = request.session
    if _now() - session[SEEN_AT] < REFRESH_SECONDS:
        return
    session[SEEN_AT] = _now()
    if session[OWN_DEVICE] and duties.has_duties(request.user):  # type: ignore[arg-type]
        session[SIGNED_IN_AT] = _now()
        session[OWN_DEVICE] = False
        set_expiry(session)


def set_expiry(session: SessionBase) -> None:
    """Tell the browser how long to keep the cookie: for 30 days, or until it is closed."""
    if session.get(OWN_DEVICE):
        session.set_expiry(datetime.fromtimestamp(session[SIGNED_IN_AT] + settings.SESSION_OWN_DEVICE_SECONDS, tz=UTC))
    else:
        session.set_expiry(0)


def look_for_second_step(request: HttpRequest) -> None:
    """Note whether somebody with a duty still signs in by password alone."""
    request.session[SECOND_STEP_MISSING] = request.session[HAS_DUTIES] and not is_mfa_enabled(request.user)


def lacks_second_step(request: HttpRequest) -> bool:
    """Say whether the person has to set up a second step before anything else."""
    return (
        settings.SECOND_STEP_REQUIRED
        and request.session.get(SECOND_STEP_MISSING, False)
        and not is_mfa_enabled(request.user)
    )


def _now() -> int:
    return int(timezone.now().timestamp())
