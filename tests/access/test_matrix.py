"""No address serves what its reader may not see (security C1): every URL by method by cast by page and fragment.

Denied is byte for byte as missing; each denial is paired with somebody who is allowed the same request; reading writes
nothing; every answer carries the headers.
"""

import os
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection
from django.urls import URLPattern, get_resolver, reverse
from django.utils.html import escape

from tests.cast import CAST, NOT_SIGNED_IN, SIGNED_IN
from tests.house.code import FLOORS

from .asking import METHODS, Browsers, ask, header_faults, missing_urls, plain, undone, unkept_boxes, watched
from .matrix import MEMBERS_OF, MISSING_SLUG
from .rows import ROWS
from .third_party import NAMES

LOGIN = "/account/login/"
# What is no page: there is nothing to mix up.
BARE = {
    "home:healthz",
    "desk:draft-token",
    "records:attachment-file",
    "records:attachment-small",
    "convening:session-file",
    "convening:calendar-feed",
    "convening:live-qr",
}


def names_of_urls(patterns=None, namespace=""):
    """Walk the URLconf, and give the name of every address in it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of_urls(pattern.url_patterns, inner)


@pytest.fixture(scope="module")
def browsers(_gathered):
    return Browsers(_gathered)


@pytest.fixture(scope="module")
def missing():
    """Answers to requests for what does not exist: the same for every row, so asked for once."""
    return {}


def test_every_address_is_declared():
    declared = {row.name for row in ROWS} | NAMES
    found = set(names_of_urls())
    assert found - declared == set(), "in the URLconf, and not in the matrix"
    assert declared - found == set(), "in the matrix, and not in the URLconf"


def test_each_denial_is_paired_with_an_allow():
    """A page that nobody gets proves nothing: every address has one of the cast who gets the same request."""
    got = {row.name for row in ROWS if row.readers and row.takes_get}
    got |= {"desk:draft-save", "desk:draft-keep", "accounts:totp-qr"}
    got |= {"records:attachment-new", "records:attachment-delete", "accounts:export-new"}
    rooms = ("convening:", "cycles:", "conversing:", "curating:", "landscape:")
    got |= {row.name for row in ROWS if row.name.startswith(rooms) and row.who_posts and not row.takes_get}
    assert {row.name for row in ROWS} == got
    posted = {row.name for row in ROWS if row.body and row.who_posts and row.posted in {200, 302}}
    assert {row.name for row in ROWS if row.body} == posted


def expected(row, name, method):
    """Give the status that the table declares; None for 404."""
    if name in row.refused and ((method == "POST" and row.body) or (method == "GET" and row.takes_get)):
        return 403
    if method == "POST" and row.body:
        return row.posted if name in row.who_posts else None
    if method == "GET" and row.takes_get:
        return row.get if name in row.readers else None
    return 405


def difference(one, other):
    """Say where two answers part, in a few words."""
    *_, one_body = one
    *_, other_body = other
    if one[:3] != other[:3]:
        return f"{one[:3]} and {other[:3]}"
    at = next((n for n, (a, b) in enumerate(zip(one_body, other_body, strict=False)) if a != b), 0)
    return f"{one_body[at - 40 : at + 60]!r} and {other_body[at - 40 : at + 60]!r}"


class Asker:
    """Asks for one row, and collects what is wrong."""

    def __init__(self, row, cast, browsers, missing):
        self.row, self.cast, self.browsers, self.missing = row, cast, browsers, missing
        self.url = reverse(row.name, args=row.args(cast)) + row.query(cast)
        self.body = row.body(cast) if row.body else None
        self.faults = []

    def fault(self, name, method, fragment, words):
        self.faults.append(f"{name} {method}{' ' + fragment if fragment else ''} {self.url}: {words}")

    def ask(self, name, method, url, fragment):
        with undone(), watched() as written:
            response = ask(self.browsers.of(name), method, url, fragment=fragment, body=self.body)
        return response, written

    def nothing_there(self, name, method, fragment):
        """Give the answers to the same request where nothing is."""
        for url in missing_urls(self.row, self.cast):
            # What is sent with a POST alone can change its answer.
            key = (name, method, fragment, self.row.name, url, str(self.body) if method == "POST" else "")
            if key not in self.missing:
                self.missing[key] = plain(self.ask(name, method, url, fragment)[0])
            yield self.missing[key]

    def check(self, name, method, fragment):
        response, written = self.ask(name, method, self.url, fragment)
        for fault in header_faults(response, signed_in=name != "anonymous"):
            self.fault(name, method, fragment, fault)
        # A POST that is refused for its words (409, 422) begins a transaction and takes it back.
        if written and (method != "POST" or response.status_code in {403, 404, 405}):
            self.fault(name, method, fragment, f"{response.status_code} wrote {written[0]}")
        if name in NOT_SIGNED_IN and name not in self.row.readers and not self.row.is_open:
            self.check_anonymous(response, method, fragment)
            return
        status = expected(self.row, name, method)
        if method == "HEAD":
            # As GET without a body, or no method of this page at all.
            allowed_status = {405, expected(self.row, name, "GET") or 404}
            if response.status_code not in allowed_status or response.content:
                self.fault(name, method, fragment, f"{response.status_code}")
            return
        if response.status_code != (status or 404):
            self.fault(name, method, fragment, f"{response.status_code}, and not {status or 404}")
        if status is None and self.row.readers | self.row.who_posts:
            for nothing in self.nothing_there(name, method, fragment):
                if nothing != plain(response):
                    self.fault(
                        name,
                        method,
                        fragment,
                        f"is told apart from where nothing is: {difference(nothing, plain(response))}",
                    )
        if response.status_code == 200 and method == "GET" and self.row.name not in BARE:
            whole = b"<html" in response.content
            if whole == (fragment in self.row.fragments):
                self.fault(name, method, fragment, "page and fragment are mixed up")
            # A guest has no account to keep a draft for.
            for box in [] if self.row.is_open else unkept_boxes(response):
                self.fault(name, method, fragment, f"a box whose words are not kept as a draft: {box}")

    def check_anonymous(self, response, method, fragment):
        if method == "POST" and "draft_key" in (self.body or {}) and not fragment:
            # Words sent after one was signed out come back, and nothing else does.
            words = [escape(value) for value in self.body.values() if isinstance(value, str)]
            if response.status_code != 403 or not all(word.encode() in response.content for word in words):
                self.fault("anonymous", method, fragment, f"{response.status_code} without the words that were sent")
            address = self.url.encode().replace(b"&", b"&amp;")
            for url in missing_urls(self.row, self.cast):
                nothing = plain(self.ask("anonymous", method, url, fragment)[0])
                same = nothing[-1].replace(url.encode(), b"URL") == plain(response)[-1].replace(address, b"URL")
                if not same:
                    self.fault("anonymous", method, fragment, "is told apart from where nothing is")
            return
        if fragment and method == "POST":
            # The page that sent a form stays, with what is typed in it, and says that one is signed out.
            if (response.status_code, response.headers.get("HX-Trigger")) != (204, "signed-out"):
                self.fault("anonymous", method, fragment, f"{response.status_code}, and is not told to sign in")
            return
        if fragment:
            location = response.headers.get("HX-Redirect", "")
            right = response.status_code == 204
        else:
            location = response.headers.get("Location", "")
            right = response.status_code == 302
        if not right or urlsplit(location).path != LOGIN:
            self.fault("anonymous", method, fragment, f"{response.status_code} to {location or 'nowhere'}")


def is_first(row):
    """Say whether it is the first row of its address."""
    return next(other for other in ROWS if other.name == row.name) is row


def methods_of(row):
    """Give the methods that look at the thing itself, and once per address all the others, on SQLite.

    A method that a page does not have is refused before its view looks at anything, so for every thing alike, and
    whatever the database is; HEAD goes the way of GET.
    """
    all_of_them = is_first(row) and connection.vendor == "sqlite"
    return METHODS if all_of_them else tuple(["GET"] * row.takes_get + ["POST"] * bool(row.body))


def askers_of(row, method, fragment):
    """Give who asks: everybody, where the view answers; otherwise one who may, one who may not, and nobody.

    Everybody asks for the first row of an address. For its other rows, for what is sent to it, for a fragment of the
    page, and on PostgreSQL, one of each declared sort asks: it is the same view and door there. `MATRIX=long` has
    everybody ask for everything.

    HEAD goes the way of GET, `require_http_methods` refuses the rest before the view looks at who it is, and a fragment
    that the page does not have is answered with the page.
    """
    answers = {"GET": row.takes_get, "POST": row.body is not None}
    if answers.get(method) and (not fragment or row.fragments):
        first = connection.vendor == "sqlite" and is_first(row) and method == "GET" and not fragment
        whole = first or os.environ.get("MATRIX") == "long"
        return CAST if whole else [*one_of_each_sort(row), *NOT_SIGNED_IN]
    may = sorted(row.readers | row.who_posts)[:1]
    may_not = sorted(SIGNED_IN - row.readers - row.who_posts)[:1]
    return [*may, *may_not, "anonymous"]


def one_of_each_sort(row):
    """Give one of the cast for each declared outcome: who reads, who posts, who is refused, and one of all others.

    From row to row it is another one.
    """
    sorts = {}
    for name in sorted(SIGNED_IN):
        sorts.setdefault((name in row.readers, name in row.who_posts, name in row.refused), []).append(name)
    return [names[ROWS.index(row) % len(names)] for names in sorts.values()]


def fragments_of(row, method):
    """Give what htmx asks for: the page's own fragments, and once per address one that it does not have.

    A method that no page has is refused whatever is asked for.
    """
    if method in {"PUT", "PATCH", "DELETE"}:
        return ()
    return row.fragments or (("stream",) if is_first(row) else ())


def marks_of(row):
    """Have all rows of an address asked by one worker, which then has the answers to what does not exist there.

    On PostgreSQL the first row of each address is asked for: its others go through the same view and door.
    """
    return [pytest.mark.xdist_group(row.name), *([] if is_first(row) else [pytest.mark.once])]


@pytest.mark.slow
@pytest.mark.parametrize("row", [pytest.param(row, marks=marks_of(row)) for row in ROWS], ids=str)
def test_who_gets_what(row, cast, browsers, missing):
    asker = Asker(row, cast, browsers, missing)
    for method in methods_of(row):
        for fragment in ("", *fragments_of(row, method)):
            for name in askers_of(row, method, fragment):
                asker.check(name, method, fragment)
    assert not asker.faults, "\n".join(asker.faults)


@pytest.mark.parametrize("partnership", ["partnership", "sibling", "unopened"])
def test_writing_tells_nothing_of_a_partnership_one_is_not_in(cast, browsers, partnership):
    """The writing page takes `?partnership=` for what it is worth: a hidden one is as one that does not exist."""
    slug, url = cast[partnership].slug, reverse("reflections:reflection-new")
    for name in sorted(SIGNED_IN - MEMBERS_OF[partnership]):
        answers = []
        for asked in (slug, MISSING_SLUG):
            status, headers, cookies, body = plain(browsers.of(name).get(url, {"partnership": asked}))
            answers.append((status, headers, cookies, body.replace(asked.encode(), b"SLUG")))
        assert answers[0] == answers[1], name


def test_the_rows_of_the_database_are_the_same_after_every_page(cast, browsers):
    """Beside the watch over statements above: a snapshot of all our own tables around one walk of all pages."""
    before = snapshot()
    for row in ROWS:
        if row.takes_get:
            for name in sorted(row.readers):
                ask(browsers.of(name), "GET", reverse(row.name, args=row.args(cast)) + row.query(cast))
                break
    assert snapshot() == before


def snapshot():
    """Give every row of our own tables, but for when somebody was here."""
    noted = {"here_at", "last_visit_ended_at", "last_login"}
    return {
        model._meta.db_table: list(
            model._base_manager.order_by("pk").values_list(
                *(field.attname for field in model._meta.concrete_fields if field.name not in noted)
            )
        )
        for model in apps.get_models()
        if model._meta.app_label in {*FLOORS, "taggit", "account", "mfa"}
    }
