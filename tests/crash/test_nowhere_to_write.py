"""A full disk, a database that is gone or locked: the page says so and gives the words back, in a form that saves them
once there is room again; reading goes on (security R6, R9).
"""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from desk.models import Draft
from records.models import Record
from tests import factories as make

from .pages import form_on

WORDS = "What I saw on the early shift,\nin <two> lines & “quotes”."
SENT = "Perhaps not saved, and not lost"


@pytest.fixture
def me(file_database):
    return make.make_person()


@pytest.fixture
def browser(me):
    """A browser whose tokens are looked at, and which gets the page that people get where something breaks."""
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    browser.force_login(me)
    browser.get(reverse("reflections:notebook"))
    return browser


def opened(browser, address=None, of="write"):
    return form_on(browser.get(address or reverse("reflections:reflection-new")).content.decode(), of=of)


def send(browser, form, **words):
    return browser.post(form.action, _as_posted(form.with_words(**words)))


def _as_posted(fields):
    posted = {}
    for name, value in fields:
        posted.setdefault(name, []).append(value)
    return posted


def keep(browser, form, words):
    """Have it autosaved, as the script does."""
    fields = _as_posted(form.with_words(text=words, draft_turn="1"))
    return browser.post(form.autosave, {**fields, "draft_base": "0"}, headers={"HX-Request": "true"})


@contextmanager
def no_room():
    """Fill the disk: SQLite may take no further page, PostgreSQL says what it says then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            (pages,) = cursor.fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages}")
            yield
            cursor.execute("PRAGMA max_page_count = 1073741823")
        return
    with connection.execute_wrapper(_refuse_to_write):
        yield


def _refuse_to_write(execute, sql, params, many, context):
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        raise OperationalError("could not extend file: No space left on device")
    return execute(sql, params, many, context)


@contextmanager
def nothing_written():
    """Refuse every single statement that writes, on both databases."""
    with connection.execute_wrapper(_refuse_to_write):
        yield


LONG = WORDS + "\nAnd so on." * 3000


def check_given_back(response, form, words):
    """The page is of this house, holds the words whole, and a form that can be sent as it is. Gives that form."""
    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "no-store" in response.headers["Cache-Control"]
    assert SENT in page
    again = form_on(page, of=form.action)
    assert again.value_of("text") == words
    assert again.value_of("draft_key") == form.value_of("draft_key")
    return again


def test_a_full_disk_gives_the_words_back_and_the_same_form_saves_them_later(browser, me):
    form = opened(browser)
    with no_room():
        again = check_given_back(send(browser, form, text=LONG), form, LONG)
        assert not Record.objects.filter(author=me).exists()
        # As often as one likes.
        again = check_given_back(send(browser, again), form, LONG)
    response = send(browser, again)
    assert response.status_code == 302
    note = Record.objects.get(author=me)
    assert note.text == LONG
    assert response.url == note.get_absolute_url()
    # And whoever sends the first form once more gets the same note.
    assert send(browser, form, text=LONG).url == response.url


def test_a_full_disk_keeps_no_draft_and_says_so(browser, me):
    form = opened(browser)
    with no_room():
        response = keep(browser, form, LONG)
        # Anything but 200, 409 and 422 with a status is "Could not save, trying again" (static/js/autosave.js).
        assert response.status_code == 503
        assert "And so on." not in response.content.decode()
        assert not Draft.objects.of(me).exists()
    assert keep(browser, form, LONG).status_code == 200
    assert Draft.objects.of(me).get().data["text"] == [LONG]


def test_reading_goes_on_where_nothing_can_be_written(browser, me):
    """Also where the page would note that somebody is here, and that their session is in use."""
    note = make.make_note(by=me, text=WORDS)
    me.here_at = None
    me.save()
    session = SessionStore(browser.session.session_key)
    session["seen_at"] -= 10 * 60
    session.save()
    with nothing_written():
        for address in (note.get_absolute_url(), reverse("home:home"), reverse("reflections:notebook")):
            assert browser.get(address).status_code == 200, address
        assert "two lines" not in browser.get(reverse("home:home")).content.decode()
        assert "&lt;two&gt; lines" in browser.get(note.get_absolute_url()).content.decode()
        assert browser.get("/healthz").status_code == 200
    me.refresh_from_db()
    assert me.here_at is None
    browser.get(reverse("home:home"))
    me.refresh_from_db()
    assert me.here_at


def test_what_is_told_once_does_not_stop_reading_either(browser, me):
    """ "Saved" is shown, and then cannot be taken out of the session."""
    response = send(browser, opened(browser), text=WORDS)
    with nothing_written():
        for _time in range(2):
            page = browser.get(response.url)
            assert page.status_code == 200
            assert "Only you can read it." in page.content.decode()


def test_a_session_that_cannot_be_kept_is_no_bad_request(browser, me):
    """The note is saved and what comes after it is not: the form comes back, and sent again it gives that note."""
    form = opened(browser)

    def refuse_session(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "django_session" in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_session):
        again = check_given_back(send(browser, form, text=WORDS), form, WORDS)
    assert Record.objects.get(author=me).text == WORDS
    assert send(browser, again).url == Record.objects.get(author=me).get_absolute_url()


@pytest.mark.parametrize("of", ["edit", "response"])
def test_other_forms_get_their_words_back_as_well(browser, me, of):
    if of == "edit":
        address = reverse("reflections:reflection-edit", args=[make.make_note(by=me, text="Before.").public_id])
    else:
        note = make.make_shared_note(by=make.make_person(), space=make.wider_field())
        address = reverse("records:response-new", args=[note.public_id])
    form = opened(browser, address, of=address)
    words = {"text": LONG} | ({"verb": "say"} if of == "response" else {})
    with no_room():
        again = check_given_back(send(browser, form, **words), form, LONG)
    assert send(browser, again).status_code == 302
    assert Record.objects.filter(author=me, text=LONG).exists()


@contextmanager
def gone():
    """Take the database away under the feet of whoever works with it."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        away = path.with_suffix(".away")
        shutil.move(path, away)
        yield
        connection.close()
        for left in path.parent.glob(f"{path.name}*"):
            os.remove(left)
        shutil.move(away, path)
        return
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = "there_is_no_such_database"
    pool, connection.settings_dict["OPTIONS"]["pool"] = connection.settings_dict["OPTIONS"]["pool"], False
    yield
    connection.settings_dict["NAME"] = kept
    connection.settings_dict["OPTIONS"]["pool"] = pool
    connection.close()


def test_without_a_database_the_words_come_back_before_anybody_is_known(browser, me):
    """Not even the session can be read: the page needs nothing."""
    form = opened(browser)
    with gone():
        again = check_given_back(send(browser, form, text=WORDS), form, WORDS)
        assert keep(browser, form, WORDS).status_code == 503
        read = browser.get(reverse("home:home"))
        assert read.status_code == 503
        assert "Closed for a short while" in read.content.decode()
        assert browser.get("/healthz").status_code == 503
    assert send(browser, again).status_code == 302
    assert Record.objects.get(author=me).text == WORDS


def test_a_lock_that_does_not_end_gives_the_words_back(browser, me):
    form = opened(browser)
    other = connection.copy()
    if connection.vendor == "sqlite":
        other.settings_dict["NAME"] = connection.settings_dict["NAME"]
    wait = "PRAGMA busy_timeout = 100" if connection.vendor == "sqlite" else "SET lock_timeout = '100ms'"
    lock = "BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "LOCK TABLE records_record IN EXCLUSIVE MODE"
    with connection.cursor() as cursor, other.cursor() as holding:
        cursor.execute(wait)
        if connection.vendor == "postgresql":
            holding.execute("BEGIN")
        holding.execute(lock)
        again = check_given_back(send(browser, form, text=WORDS), form, WORDS)
        holding.execute("ROLLBACK")
    other.close()
    connection.close()
    assert send(browser, again).status_code == 302


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections to take away")
def test_a_connection_taken_away_gives_the_words_back(browser, me):
    form = opened(browser)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    other.close()
    again = check_given_back(send(browser, form, text=WORDS), form, WORDS)
    connection.close()
    assert send(browser, again).status_code == 302


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("disk I/O error"), 503),
        (DatabaseError("database disk image is malformed"), 503),
        (RuntimeError("a fault of ours"), 500),
    ],
    ids=str,
)
def test_a_fault_of_ours_is_told_apart_and_gives_the_words_back_too(browser, me, monkeypatch, error, status):
    form = opened(browser)

    def fail(**_words):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("reflections.actions.write", fail)
        response = send(browser, form, text=WORDS)
        assert response.status_code == status
        again = form_on(response.content.decode(), of=form.action)
        assert again.value_of("text") == WORDS
        # Where the words cannot be read either, the page comes all the same.
        patch.setattr("home.views.what_was_sent", fail)
        assert send(browser, form, text=WORDS).status_code == status
    assert send(browser, again).status_code == 302


def test_the_page_asks_nothing_of_the_database(browser, me, django_assert_num_queries):
    from django.test import RequestFactory

    from home.views import server_error

    request = RequestFactory().post("/write/?x=1&y=2", {"draft_key": "k", "text": WORDS})
    with django_assert_num_queries(0):
        try:
            raise OperationalError("gone")
        except OperationalError:
            response = server_error(request)
    assert response.status_code == 503
    assert 'action="/write/?x=1&amp;y=2"' in response.content.decode()
