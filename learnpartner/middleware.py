"""Web plumbing around every request: headers, and a sign-in that htmx understands."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.template.defaultfilters import filesizeformat
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_structlog.middlewares import RequestMiddleware

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestLog(RequestMiddleware):
    """Log each request by its method and the name of its page.

    Never by its address: that may hold a name, a tag somebody looked for, or the secret of a link.
    """

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Return what a log line calls the request."""
        match = request.resolver_match
        return f"{request.method} {match.view_name if match else 'unknown'}"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Say who asked, but for pages where whoever reads the log must not learn that."""
        match = request.resolver_match
        if not match or match.view_name not in settings.LOG_WITHOUT_PERSON:
            RequestMiddleware.bind_user_id(request)


def headers(get_response: GetResponse) -> GetResponse:
    """Say on every answer what a browser may use, and that nothing of a signed-in page stays on the computer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(self), payment=(), publickey-credentials-get=(self)",
        )
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return middleware


def body_limit(get_response: GetResponse) -> GetResponse:
    """Refuse what says of itself that it is larger than anything that can be sent here, before a byte of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if not declared.isdecimal() or int(declared) <= settings.LARGEST_REQUEST:
            return get_response(request)
        limit = filesizeformat(settings.LARGEST_REQUEST)
        return render(request, "413.html", {"limit": limit}, status=413)

    return middleware


def htmx_login(get_response: GetResponse) -> GetResponse:
    """Send an htmx request of somebody signed out to the sign-in page, instead of swapping that page into a part.

    The way back leads to the page that was open, not to the fragment's address.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        login_url = resolve_url("account_login")
        location = response.headers.get("Location", "")
        if not request.htmx or response.status_code != 302 or urlsplit(location).path != login_url:  # type: ignore[attr-defined]
            return response
        page = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
        if not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
            page = "/"
        answer = HttpResponse(status=204)
        if request.method == "POST":
            # The page stays, with what is typed in it, and says that one is signed out.
            answer.headers["HX-Trigger"] = "signed-out"
        else:
            answer.headers["HX-Redirect"] = f"{login_url}?{urlencode({'next': page})}"
        return answer

    return middleware
