"""The reader, on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .reader import Reader


def reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request its Reader, made when it is first asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.reader = SimpleLazyObject(lambda: Reader(request.user))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
