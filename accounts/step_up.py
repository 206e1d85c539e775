"""Showing once more that it is you, before something that a session left open on a desk must not be enough for."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest


@reauthentication_required
def require_step_up(request: HttpRequest) -> None:
    """Let a request go on whose person showed within the last minutes that it is them.

    Others are led to the page that asks for the password, a code or a passkey; what they sent is done after it. Views
    call it once they know that the person may do what was asked, so that the question tells nobody anything.

    Raises: allauth's ReauthenticationRequired, which its middleware answers.
    """
