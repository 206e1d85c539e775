"""The request as views behind the sign-in get it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User

from .reader import Reader


class SignedInRequest(HttpRequest):
    """A request of somebody signed in (LoginRequiredMiddleware saw to that), with their Reader."""

    user: User
    htmx: HtmxDetails
    reader: Reader
