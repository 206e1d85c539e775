"""What every answer and every form keeps to (5-promises, 5.2), on the pages of others too.

Closed pages stay closed; a POST without a token is refused and changes nothing; no answer lacks the headers; redirects
stay on this host.
"""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import CAST, NOT_SIGNED_IN

from .asking import METHODS, Browsers, ask, header_faults, undone, watched
from .matrix import MISSING_ID
from .rows import ROWS
from .test_matrix import LOGIN, snapshot
from .third_party import ADMIN, ALLAUTH

pytestmark = pytest.mark.once

POSTS = [row for row in ROWS if row.body and row.who_posts and row.posted in {200, 302}]


@pytest.fixture(scope="module")
def browsers(_gathered):
    return Browsers(_gathered)


def pages(groups):
    return [pytest.param(name, group, id=name) for group in groups for name in group.names]


def url_of(name, group):
    return reverse(name, args=group.args)


def leads_to_sign_in(response):
    if response.headers.get("HX-Trigger") == "signed-out":
        # The page that sent a form stays, with what is typed in it.
        return response.status_code == 204 and not response.content
    where = response.headers.get("HX-Redirect") or response.headers.get("Location", "")
    # The admin's own page of that name leads on to the one sign-in page.
    return response.status_code in {204, 302} and urlsplit(where).path in {LOGIN, reverse("admin:login")}


@pytest.mark.parametrize(("name", "group"), pages(ALLAUTH))
def test_pages_of_allauth(cast, browsers, name, group):
    """Open ones answer everybody; the others ask for signing in. None breaks, and none lacks the headers."""
    faults = []
    for who in ("anonymous", "practitioner", "site_admin"):
        for method in METHODS:
            for fragment in ("", "stream"):
                with undone(), watched() as written:
                    response = ask(browsers.of(who), method, url_of(name, group), fragment=fragment)
                if response.status_code >= 500:
                    faults.append(f"{who} {method} {fragment}: {response.status_code}")
                if who == "anonymous" and group.who == "signed in" and not leads_to_sign_in(response):
                    faults.append(f"anonymous {method} {fragment}: {response.status_code}")
                if written and method in {"GET", "HEAD"}:
                    faults.append(f"{who} {method} {fragment} wrote {written[0]}")
                faults += header_faults(response, signed_in=who != "anonymous")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("name", "group"), pages(ADMIN))
def test_pages_of_the_admin_are_for_the_site_admin(cast, browsers, name, group):
    """Nobody else gets in: not the organisation's admin, not a steward. And no page there breaks."""
    faults = []
    for who in CAST:
        for method in ("GET", "POST"):
            with undone():
                response = ask(browsers.of(who), method, url_of(name, group))
            if response.status_code >= 500:
                faults.append(f"{who} {method}: {response.status_code}")
            if response.status_code == 200 and who != "site_admin":
                faults.append(f"{who} {method} gets in")
            if who == "anonymous" and not leads_to_sign_in(response):
                faults.append(f"anonymous {method}: {response.status_code}")
            faults += header_faults(response, signed_in=who != "anonymous")
    assert not faults, "\n".join(faults)


def test_the_site_admin_gets_into_the_admin(cast, browsers):
    """The pair of the denials above."""
    for name in ("admin:index", "admin:accounts_user_changelist", "admin:desk_outbox_changelist"):
        assert browsers.of("site_admin").get(reverse(name)).status_code == 200, name


def test_the_admin_shows_nothing_of_records(cast, browsers):
    """There is no page about them, and no word of them on those that there are (3-access, 3.1)."""
    from django.contrib import admin

    assert not [model for model in admin.site._registry if model._meta.app_label in {"records", "reflections"}]
    browser = browsers.of("site_admin")
    for name in ("admin:index", "admin:accounts_user_changelist", "admin:desk_outbox_changelist"):
        assert b"words" not in browser.get(reverse(name)).content.replace(b"passwords", b"").lower(), name


def test_the_admin_changes_no_account(cast, browsers):
    person = cast.fellow
    browser = browsers.of("site_admin")
    change = reverse("admin:accounts_user_change", args=[person.pk])
    assert browser.get(change).status_code == 200
    before = snapshot()
    for url in (
        change,
        reverse("admin:accounts_user_delete", args=[person.pk]),
        reverse("admin:accounts_user_add"),
    ):
        assert browser.post(url, {"email": "other@example.org", "post": "yes"}).status_code == 403, url
    assert snapshot() == before


# A mail provider sends it, without a browser or a token (RFC 8058); tests/partnerships/test_mail.py has its rule.
WITHOUT_TOKEN = {"partnerships:unsubscribe"}


@pytest.mark.parametrize("row", [row for row in POSTS if row.name not in WITHOUT_TOKEN], ids=str)
def test_a_post_without_a_token_is_refused_and_changes_nothing(cast, browsers, row):
    who = sorted(row.who_posts)[0]
    url = reverse(row.name, args=row.args(cast)) + row.query(cast)
    browser = browsers.of(who, enforce_csrf_checks=True)
    for fragment in ("", "stream"):
        with watched() as written:
            response = ask(browser, "POST", url, fragment=fragment, body=row.body(cast))
        assert response.status_code == 403
        assert not written
        assert not header_faults(response, signed_in=True)


@pytest.mark.parametrize("row", POSTS, ids=str)
def test_the_token_of_the_page_itself_is_taken(cast, browsers, row):
    """The pair of the refusal above: the same request with the form's own token goes through."""
    who = sorted(row.who_posts)[0]
    url = reverse(row.name, args=row.args(cast)) + row.query(cast)
    browser = browsers.of(who, enforce_csrf_checks=True)
    elsewhere = reverse("account_login" if who in NOT_SIGNED_IN else "home:home")
    page = browser.get(url if row.takes_get and row.get == 200 else elsewhere)
    with undone():
        response = browser.post(url, row.body(cast) | {"csrfmiddlewaretoken": str(page.context["csrf_token"])})
    assert response.status_code == row.posted


@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_reset_password", "account_email"])
def test_allauths_forms_want_a_token_too(cast, browsers, name):
    browser = browsers.of("practitioner", enforce_csrf_checks=True)
    if name in {"account_login", "account_reset_password"}:
        browser = Client(enforce_csrf_checks=True)
    assert browser.post(reverse(name), {"email": "x@example.org"}).status_code == 403


def test_headers_stand_on_errors_and_redirects_as_well(cast, browsers, settings, monkeypatch):
    browser = browsers.of("practitioner")
    browser.raise_request_exception = False
    answers = {
        404: browser.get("/nothing/is/here/"),
        302: Client().get("/"),
        301: browser.get("/notebook"),
        405: browser.put("/"),
        400: browser.get("/", headers={"Host": "elsewhere.example.org"}),
    }
    monkeypatch.setattr("home.needs.questions_for", lambda reader: 1 / 0)
    answers[500] = browser.get("/")
    for status, response in answers.items():
        assert response.status_code == status
        assert not header_faults(response, signed_in=status not in {302}), (status, response.headers)


def test_a_page_that_broke_says_nothing_of_why(cast, browsers, monkeypatch):
    browser = browsers.of("practitioner")
    browser.raise_request_exception = False

    def fails(reader):
        secret = cast.private_note.text
        raise RuntimeError(secret)

    monkeypatch.setattr("home.needs.questions_for", fails)
    response = browser.get("/")
    assert response.status_code == 500
    assert b"private words" not in response.content
    assert b"RuntimeError" not in response.content


ELSEWHERE = (
    "https://evil.example.org/",
    "//evil.example.org/",
    "/\\evil.example.org",
    "\\\\evil.example.org",
    "javascript:alert(1)",
    "http:evil.example.org",
    "https:///evil.example.org",
    "/%0d%0aLocation:%20https://evil.example.org",
    " //evil.example.org",
    "/\t/evil.example.org",
    "https://testserver@evil.example.org/",
    "https://testserver.evil.example.org/",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_redirects_stay_on_this_host(db, address):
    response = Client().get("/notebook/", headers={"HX-Request": "true", "HX-Current-URL": address})
    assert response.status_code == 204
    parts = urlsplit(response.headers["HX-Redirect"])
    assert (parts.netloc, parts.path) == ("", LOGIN)
    assert "evil" not in response.headers["HX-Redirect"]


def test_an_htmx_request_comes_back_to_the_page_and_not_to_the_fragment(db):
    page = "http://testserver/partnerships/early/reflections/"
    response = Client().get("/notebook/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert response.headers["HX-Redirect"].endswith("?next=%2Fpartnerships%2Fearly%2Freflections%2F")


def test_the_answers_to_page_and_fragment_are_never_taken_for_each_other(cast, browsers):
    for name in ("records:landscape", "partnerships:partnership-list"):
        response = browsers.of("practitioner").get(reverse(name))
        if name == "records:landscape":
            assert {"HX-Request", "HX-Target"} <= {part.strip() for part in response.headers["Vary"].split(",")}
        assert "no-store" in response.headers["Cache-Control"]


def test_hidden_and_missing_take_the_same_queries(cast, browsers):
    """The database is asked the same, so that no clock tells one from the other."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = set()
    for public_id in (cast.private_note.public_id, MISSING_ID):
        browser = browsers.of("outsider")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("reflections:reflection-detail", args=[public_id])).status_code == 404
        counts.add(len(queries))
    assert len(counts) == 1
