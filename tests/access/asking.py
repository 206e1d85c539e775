"""How the tests of the matrix ask: with whose browser, in which way, and what they look at in the answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils.csp import build_policy

from records import kinds
from tests.cast import CAST, Cast

from .matrix import MISSING_ID, MISSING_SLUG, Row

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')
# The key of an opened form is random, like the token.
DRAFT_KEY = re.compile(rb'(name="draft_(?:key|page)" value="|/drafts/)[\w-]+')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
BOX = re.compile(r"<textarea\b(?![^>]*\breadonly)[^>]*>")
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|WITH|CREATE|DROP|ALTER|TRUNCATE)\b", re.I)
# Being here is noted at most every five minutes (2-architecture, 2.5), and so is the session; rate limits count.
NOTED = re.compile(
    r'"django_session"|"django_cache"|^UPDATE "accounts_user" SET "here_at" = \S+, "last_visit_ended_at" = \S+ WHERE',
    re.I,
)
POLICY = build_policy(settings.SECURE_CSP)
# Of a photo or a voice note by itself (5-promises, 5.1).
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


class Browsers:
    """One signed-in session for each of the cast; a fresh browser for every request, so that none leaves a trace."""

    def __init__(self, cast: Cast):
        self.sessions: dict[str, str] = {}
        # The middleware is put together once, and not anew for each browser.
        self.handlers: dict[bool, ClientHandler] = {}
        for name in CAST:
            if cast[name].is_authenticated:
                client = Client()
                client.force_login(cast[name])
                # The first request notes the visit and starts the session's clock.
                client.get("/healthz")
                self.sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.sessions["guest"] = cast["guest_browser"]

    def of(self, name: str, **options: Any) -> Client:
        """Give a browser in which that one of the cast is signed in."""
        client = Client(**options)
        client.handler = self.handlers.setdefault(client.handler.enforce_csrf_checks, client.handler)
        if name in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the request changed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect the statements that write something, but for the note that somebody is here."""
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not NOTED.search(sql):
            written.append(sql[:150])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def ask(client: Client, method: str, url: str, *, fragment: str = "", body: dict | None = None) -> HttpResponse:
    """Send one request, as a page or as htmx asks for a part of one."""
    headers = {}
    if fragment:
        headers = {
            "HX-Request": "true",
            "HX-Target": f"div#{fragment}",
            "HX-Current-URL": f"http://testserver{url}",
        }
    data = body or {}
    if method in {"GET", "HEAD"}:
        return getattr(client, method.lower())(url, headers=headers)
    if method == "POST":
        return client.post(url, data, headers=headers)
    return getattr(client, method.lower())(url, headers=headers)


def plain(response: HttpResponse) -> tuple:
    """Give all that one answer may differ in from another: status, headers, cookies' names, body without tokens."""
    body = DRAFT_KEY.sub(rb"\1KEY", CSRF.sub(rb"\1TOKEN", response.content))
    # `Expires` is the present second.
    headers = {name: value for name, value in response.headers.items() if name not in {"Content-Length", "Expires"}}
    # The session is wound up every five minutes, whatever is asked for.
    cookies = sorted(set(response.cookies) - {settings.SESSION_COOKIE_NAME})
    return response.status_code, headers, cookies, body


def _blank(arg: str) -> str:
    """Give what stands in an address where nothing is; a kind of record is a word of the map, and stays."""
    if arg in {kind.key for kind in kinds.all_kinds()}:
        return arg
    if arg.isdigit():
        return "999999"
    return MISSING_ID if re.fullmatch(r"[\w-]{12}", arg) else MISSING_SLUG


def missing_urls(row: Row, cast: Cast) -> list[str]:
    """Give the same address with nothing there: each place-holder in turn, and all of them."""
    args = row.args(cast)
    query = row.query(cast)
    blanks = [_blank(arg) for arg in args]
    if not args:
        return [reverse(row.name) + query]
    given = [(at, blank) for at, blank in enumerate(blanks) if blank != args[at]]
    mixed = [(*args[:at], blank, *args[at + 1 :]) for at, blank in given] if len(args) > 1 else []
    return [reverse(row.name, args=variant) + query for variant in [*mixed, tuple(blanks)]]


def header_faults(response: HttpResponse, *, signed_in: bool) -> list[str]:
    """Say what is missing of what every answer carries (5-promises, 5.2)."""
    expected = {
        "Content-Security-Policy": FILE_POLICY if "Content-Disposition" in response.headers else POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    faults = [
        f"{name}: {response.headers.get(name)}"
        for name, value in expected.items()
        if response.headers.get(name) != value
    ]
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        faults.append("no Permissions-Policy")
    if signed_in and "no-store" not in response.headers.get("Cache-Control", ""):
        faults.append(f"may be stored: {response.headers.get('Cache-Control')}")
    return faults


def unkept_boxes(response: HttpResponse) -> list[str]:
    """Give the boxes over one line that stand in a form which keeps no draft, whatever made them."""
    page = response.content.decode()
    return [box for about, inside in FORM.findall(page) if "data-autosave" not in about for box in BOX.findall(inside)]
