"""What guests write: unseen until the reveal, theirs to change until then, and lost in no second of it."""

from threading import Barrier, Thread

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from convening import actions
from convening.models import SilentWriting, UnsignedNote
from tests.scenery.guests import silent_writing

from .guests_made import address, guest_at, guest_row, reveal, send, session_with_guests, token_of, write

WORDS = "Nobody rings back after eight."


@pytest.fixture
def session(cast):
    return session_with_guests(cast)


@pytest.fixture
def writing(session):
    return silent_writing(session, question="What do you see?")


def notes(session):
    return UnsignedNote.objects.filter(writing__session=session)


def live(browser, session):
    return browser.get(address(session, "guest-live")).content.decode()


def test_a_journey_without_javascript(cast, session, writing, client_for):
    browser = guest_at(session)
    assert send(browser, session, writing, WORDS).headers["Location"] == address(session, "guest-live")
    page = live(browser, session)
    assert WORDS in page
    note = notes(session).get()
    own = address(session, "guest-note", note.public_id)
    assert own in page
    assert WORDS in browser.get(own).content.decode()
    assert browser.post(own, {"text": "Nobody rings back."}).status_code == 302
    assert "Nobody rings back." in live(browser, session)
    members = client_for(cast.practitioner).get(reverse("convening:session-live", args=[session.public_id]))
    assert "Nobody rings back." not in members.content.decode()
    reveal(writing, cast.practitioner)
    page = live(browser, session)
    assert "Nobody rings back." in page
    assert own not in page
    members = client_for(cast.fellow).get(reverse("convening:session-live", args=[session.public_id]))
    assert "Nobody rings back." in members.content.decode()


def test_before_the_reveal_nobody_learns_that_a_guest_has_written(cast, session, writing, client_for):
    guest_at(session)
    browser, other = guest_at(session), guest_at(session)
    url = reverse("convening:session-live", args=[session.public_id])

    def pages():
        at = session.starts_at.replace(microsecond=0)
        with time_machine.travel(at, tick=False):
            shown = [client_for(person).get(url).content.decode() for person in (cast.practitioner, cast.fellow)]
            return [stripped(page) for page in (*shown, live(other, session))]

    before = pages()
    send(browser, session, writing, WORDS)
    assert pages() == before


def stripped(page):
    import re

    return re.sub(
        r'name="(csrfmiddlewaretoken|seen|key|draft_\w+)"[^>]*value="[^"]*"|/drafts/[\w-]+|data-read="[^"]*"', "", page
    )


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 2001, "broken \ufffd", "nul \0"])
def test_words_that_cannot_be_kept_stay_in_the_box(session, writing, text):
    browser = guest_at(session)
    answer = send(browser, session, writing, text)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert text.strip("\0 \n")[:50] in answer.content.decode()
    assert not notes(session).exists()


def test_markup_is_words(session, writing):
    browser = guest_at(session, "<b>G</b>")
    send(browser, session, writing, "<img src=x onerror=alert(1)> hx-get=/")
    page = live(browser, session)
    assert "<img src=x" not in page
    assert "&lt;b&gt;G" in page


def test_sent_twice_it_is_kept_once_and_other_words_are_not_lost(session, writing):
    browser = guest_at(session)
    for text in (WORDS, WORDS, "Pressed Back, and went on."):
        assert send(browser, session, writing, text).status_code == 302
    assert notes(session).count() == 2
    # Another guest whose browser makes up the same key gets a note of their own.
    send(guest_at(session), session, writing, WORDS)
    assert notes(session).count() == 3


def test_htmx_gets_an_empty_box_and_what_was_kept(session, writing):
    browser = guest_at(session)
    answer = send(browser, session, writing, WORDS, htmx=True).content.decode()
    assert "<html" not in answer
    assert f'id="box-{writing.public_id}"' in answer
    assert 'hx-swap-oob="true"' in answer
    assert WORDS in answer.partition('id="own"')[2]
    assert WORDS not in answer.partition('id="own"')[0]


@pytest.mark.parametrize("htmx", [True, False])
def test_in_the_second_of_the_reveal_it_asks_to_press_again(cast, session, writing, htmx):
    browser = guest_at(session)
    reveal(writing, cast.practitioner)
    answer = send(browser, session, writing, WORDS, htmx=htmx)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "They were shown while you were writing. Press once more to show yours to all." in page
    assert WORDS in page
    assert 'name="knows" value="yes"' in page
    assert not notes(session).exists()
    changes = session.live.changes if hasattr(session, "live") else None
    assert send(browser, session, writing, WORDS, knows="yes", htmx=htmx).status_code in {200, 302}
    session.refresh_from_db()
    assert session.live.changes != changes
    assert WORDS in live(guest_at(session), session)


def test_what_all_have_seen_stays_as_it_is(cast, session, writing):
    browser = guest_at(session)
    send(browser, session, writing, WORDS)
    own = address(session, "guest-note", notes(session).get().public_id)
    reveal(writing, cast.practitioner)
    for body in ({"text": "Other words"}, {"do": "delete"}):
        answer = browser.post(own, body)
        assert answer.status_code == 422
        assert body.get("text", "") in answer.content.decode()
    assert notes(session).get().text == WORDS


def test_a_note_is_its_guests_alone(session, writing):
    browser, other = guest_at(session), guest_at(session)
    send(browser, session, writing, WORDS)
    own = address(session, "guest-note", notes(session).get().public_id)
    for visitor in (other, Client()):
        assert visitor.get(own).status_code == 404
        assert visitor.post(own, {"do": "delete"}).status_code == 404
    assert browser.post(own, {"do": "delete"}).status_code == 302
    assert not notes(session).exists()


def test_thirty_notes_at_most(session, writing, monkeypatch):
    monkeypatch.setattr("convening.actions.guests.MOST_NOTES", 2)
    browser = guest_at(session)
    for at in range(2):
        send(browser, session, writing, f"note {at}", key=f"k{at}")
    answer = send(browser, session, writing, WORDS, key="k2")
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert notes(session).count() == 2


def test_only_what_guests_take_part_in_can_be_written_to(cast, session):
    inside = silent_writing(session, question="Among ourselves?", to_guests=False)
    browser = guest_at(session)
    assert "Among ourselves?" not in live(browser, session)
    answer = send(browser, session, inside, WORDS)
    assert answer.status_code == 404
    assert WORDS in answer.content.decode(), "what was typed comes back"
    elsewhere = silent_writing(session_with_guests(cast), question="Elsewhere?")
    assert send(browser, session, elsewhere, WORDS).status_code == 404
    assert not notes(session).exists()
    with pytest.raises(ValidationError):
        actions.write_as_guest(
            guest=guest_row(session, browser), writing=inside.public_id, text=WORDS, key="k", knows=True
        )


@pytest.mark.parametrize("why", ["over", "off", "no key"])
def test_what_comes_too_late_is_given_back(cast, session, writing, why):
    browser, url = guest_at(session), address(session, "guest-write")
    if why == "off":
        actions.shut_guests_out(session=session, by=cast.practitioner)
    if why == "no key":
        browser = Client()
    body = {"writing": writing.public_id, "text": WORDS, "key": "k"}
    with time_machine.travel(session.ends_at if why == "over" else session.starts_at, tick=False):
        answer = browser.post(url, body)
    assert answer.status_code == (404 if why == "no key" else 422)
    assert WORDS in answer.content.decode()
    assert not notes(session).exists()


def test_no_line_of_the_log_says_who_wrote(settings):
    """Somebody signed in may be a guest: what they write there is not theirs by name, not even in the log."""
    assert {"convening:guest-join", "convening:guest-write", "convening:guest-note"} <= settings.LOG_WITHOUT_PERSON


def test_it_costs_few_queries(cast, session, writing, django_assert_max_num_queries):
    for at in range(4):
        send(guest_at(session), session, writing, f"note {at}")
    write(session, writing, cast.fellow, "One of us.")
    reveal(writing, cast.practitioner)
    browser, url = guest_at(session), address(session, "guest-live")
    with django_assert_max_num_queries(14):
        browser.get(url)


@pytest.mark.once
def test_a_note_beside_a_reveal_comes_before_it_or_is_asked_about(gathered_anew, file_database):
    """Whatever comes first: what was kept without asking was kept before the reveal."""
    cast = gathered_anew
    session = session_with_guests(cast)
    for at in range(4):
        writing = silent_writing(session, question=f"Question {at}?")
        guests = [guest_row(session, guest_at(session)) for _n in range(4)]
        together, faults, shown = Barrier(5), [], []

        def one(guest, writing=writing, together=together, faults=faults):
            together.wait()
            try:
                actions.write_as_guest(guest=guest, writing=writing.public_id, text=WORDS, key="k", knows=False)
            except ValidationError as error:
                faults.append(error.code)
            finally:
                connection.close()

        def host(writing=writing, together=together, shown=shown):
            together.wait()
            try:
                reveal(writing, cast.practitioner)
                shown.append(UnsignedNote.objects.filter(writing=writing).count())
            finally:
                connection.close()

        threads = [*(Thread(target=one, args=[guest]) for guest in guests), Thread(target=host)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert SilentWriting.objects.get(pk=writing.pk).is_revealed
        assert set(faults) <= {"shown"}
        kept = UnsignedNote.objects.filter(writing=writing).count()
        assert kept + len(faults) == 4
        assert shown == [kept], "a note came after the reveal, and nobody was asked"


def test_the_address_holds_the_token_alone(session):
    assert address(session) == f"/join/{token_of(session)}/"
