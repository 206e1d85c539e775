"""Guests of a session: who is let in, by what, until when, and what they are shown."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.live.forgetting import forget_guests
from convening.models import GuestLink, UnsignedNote
from convening.models.live import LETTERS
from desk import due
from tests import factories as make
from tests.access.asking import watched
from tests.scenery.guests import silent_writing

from .guests_made import (
    address,
    for_members_alone,
    guest_at,
    guest_row,
    poll,
    reveal,
    seen_on,
    send,
    session_with_guests,
    token_of,
    write,
)


@pytest.fixture
def session(cast):
    return session_with_guests(cast)


# The link


def test_it_is_off_until_the_host_turns_it_on(cast):
    session = make.make_session(by=cast.practitioner, space=cast.peers, begins_in=timedelta(minutes=-5))
    assert not GuestLink.objects.filter(session=session).exists()
    with pytest.raises(PermissionDenied):
        actions.let_guests_in(session=session, by=cast.fellow)
    actions.let_guests_in(session=session, by=cast.practitioner)
    assert Client().get(address(session)).status_code == 200


def test_only_a_hash_is_kept_and_the_server_makes_the_address_again(session, settings):
    link = GuestLink.objects.get(session=session)
    plain = link.token.replace("-", "")
    assert len(plain) == 10
    assert set(plain) <= set(LETTERS)
    assert not set(LETTERS) & set("0o1li52898aeu")
    row = GuestLink.objects.filter(pk=link.pk).values().get()
    assert not [name for name, value in row.items() if plain in str(value) or link.token in str(value)]
    token, settings.SECRET_KEY = link.token, "another" * 8
    assert GuestLink.objects.get(session=session).token != token


def test_it_is_typed_with_or_without_dashes_in_small_or_large(session):
    token = token_of(session)
    for typed in (token, token.replace("-", ""), token.upper(), token.replace("-", "").upper()):
        assert Client().get(f"/join/{typed}/").status_code == 200


def test_turned_off_it_is_dead_and_turned_on_again_another_one(cast, session, client_for):
    host = client_for(cast.practitioner)
    switch = reverse("convening:live-guests", args=[session.public_id])
    old, guest = address(session), guest_at(session)
    live = address(session, "guest-live")
    assert host.post(switch, {"guests": "out"}).status_code == 302
    assert Client().get(old).status_code == 404
    page = guest.get(live)
    assert "closed" in page.content.decode()
    assert "To listen." not in page.content.decode()
    host.post(switch, {"guests": "in"})
    assert Client().get(old).status_code == 404
    assert guest.get(live).status_code == 404
    assert Client().get(address(session)).status_code == 200
    # Pressed twice, it stays the same.
    new = token_of(session)
    host.post(switch, {"guests": "in"})
    assert token_of(session) == new


@pytest.mark.parametrize(
    "state", ["early", "over", "cancelled", "folded", "set_aside", "off", "no such address", "somebody else's word"]
)
def test_whatever_the_reason_the_answer_is_the_same(cast, session, state):
    url = address(session)
    nothing = Client().get("/join/bbb-bbb-bbbb/")
    moments = {"early": session.starts_at - timedelta(minutes=16), "over": session.ends_at}
    if state == "cancelled":
        actions.cancel_session(session=session, because="It snows.", by=cast.practitioner, key="c")
    elif state == "folded":
        make.fold(record=session, by=cast.academic)
    elif state == "set_aside":
        type(session).objects.filter(pk=session.pk).update(set_aside_at=timezone.now())
    elif state == "off":
        actions.shut_guests_out(session=session, by=cast.practitioner)
    elif state == "no such address":
        url = "/join/ccc-ccc-cccc/"
    elif state == "somebody else's word":
        url = f"/join/{session.public_id}/"
    with time_machine.travel(moments.get(state, timezone.now()), tick=False):
        answer = Client().get(url)
    assert (answer.status_code, nothing.status_code) == (404, 404)
    assert answer.content == nothing.content


def test_the_doors_open_a_quarter_of_an_hour_before(session):
    with time_machine.travel(session.starts_at - timedelta(minutes=15), tick=False):
        assert Client().get(address(session)).status_code == 200
    with time_machine.travel(session.ends_at - timedelta(seconds=1), tick=False):
        assert Client().get(address(session)).status_code == 200


def test_wrong_addresses_are_limited_and_then_the_right_one_is_not_found_either(session, monkeypatch):
    cache.clear()
    monkeypatch.setattr("convening.guests.WRONG", {"guest_link": "3/10m/ip,1000/10m/key"})
    inside, right = guest_at(session), address(session)
    nothing = Client().get("/join/bbb-bbb-bbbb/")
    for _look in range(5):
        Client().get(right)
    assert Client().get(right).status_code == 200, "the right one is not counted"
    for wrong in ("ccc-ccc-cccc", "ddd-ddd-dddd", "fff-fff-ffff"):
        assert Client().post(f"/join/{wrong}/").status_code == 404
    answer = Client().get(right)
    assert (answer.status_code, answer.content) == (404, nothing.content)
    assert Client(REMOTE_ADDR="10.0.0.9").get(right).status_code == 200, "another place"
    assert inside.get(address(session, "guest-live")).status_code == 200, "who has come in is not kept out"
    cache.clear()
    monkeypatch.setattr("convening.guests.WRONG", {"guest_link": "1000/10m/ip,2/10m/key"})
    for at in range(2):
        Client(REMOTE_ADDR=f"10.0.1.{at}").get("/join/ggg-ggg-gggg/")
    assert Client(REMOTE_ADDR="10.0.2.1").get(right).status_code == 404, "in all"
    cache.clear()


@pytest.mark.parametrize("token", ["a" * 400, "..", "%00", "ŵ", "b" * 39, "-", "----"])
def test_what_an_address_may_be_made_of(db, token):
    for rest in ("", "live/", "write/", "notes/AAAAAAAAAAAA/"):
        browser = Client()
        assert browser.get(f"/join/{token}/{rest}").status_code in {404, 405}
        assert browser.post(f"/join/{token}/{rest}").status_code in {404, 405}


# Coming in


def test_five_programs_that_look_first_change_nothing(session):
    before = (session.guests.count(), BrowserSession.objects.count())
    with watched() as written:
        for _look in range(5):
            browser = Client()
            assert browser.get(address(session)).status_code == 200
            assert browser.get(address(session, "guest-live")).status_code == 200
            assert settings.SESSION_COOKIE_NAME not in browser.cookies
    assert not written
    assert (session.guests.count(), BrowserSession.objects.count()) == before


def test_a_key_that_ends_with_the_browser_and_no_third_cookie(session):
    browser = guest_at(session, "Gwyn")
    browser.get(address(session, "guest-live"))
    assert set(browser.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert not browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    guest = session.guests.get()
    assert guest.first_name == "Gwyn"
    assert browser.session["guest_key"] not in str(session.guests.values().get())
    assert browser.get(address(session)).status_code == 302
    assert "Clear-Site-Data" not in browser.get(address(session, "guest-live")).headers


def test_a_session_name_known_before_is_worth_nothing(session):
    browser = Client()
    browser.session.save()
    store = browser.session
    store["x"] = 1
    store.save()
    planted = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post(address(session), {})
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != planted


def test_coming_in_again_is_one_guest_who_may_change_the_name(cast, session):
    browser = guest_at(session, "Gwyn")
    browser.post(address(session), {"first_name": "Gwynne"})
    assert list(session.guests.values_list("first_name", flat=True)) == ["Gwynne"]
    other = session_with_guests(cast)
    browser.post(address(other), {})
    one, two = session.guests.get(), other.guests.get()
    assert one.key_hash != two.key_hash


def test_without_cookies_it_says_so(session):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(address(session), {"first_name": "Gwyn"})
    assert answer.status_code == 403
    assert "cookies are blocked" in answer.content.decode()
    assert "must take a cookie" in Client().get(address(session)).content.decode()
    assert not session.guests.exists()


@pytest.mark.parametrize("name", ["x" * 41, "two\nlines", "a\0b", "\u202eturned"])
def test_a_name_is_one_short_line(session, name):
    answer = Client().post(address(session), {"first_name": name})
    assert answer.status_code == 422
    assert not session.guests.exists()


def test_sixty_guests_at_most(session, monkeypatch):
    monkeypatch.setattr("convening.actions.guests.MOST_GUESTS", 2)
    one = guest_at(session)
    guest_at(session)
    answer = Client().post(address(session), {})
    assert answer.status_code == 422
    assert "Sixty guests" in answer.content.decode()
    assert one.post(address(session), {"first_name": "Still here"}).status_code == 302


def test_who_reads_the_session_is_led_to_its_own_page(cast, session, client_for):
    own = reverse("convening:session-live", args=[session.public_id])
    for name in ("join", "live"):
        if name == "join":
            assert client_for(cast.fellow).get(address(session, f"guest-{name}")).headers["Location"] == own
        assert client_for(cast.fellow).get(address(session, "guest-live")).headers["Location"] == own
    assert client_for(cast.fellow).post(address(session), {}).headers["Location"] == own
    assert not session.guests.exists()
    # Others who are signed in come as guests.
    assert client_for(cast.outsider).post(address(session), {}).headers["Location"] == address(session, "guest-live")


def test_without_a_key_the_page_is_the_door(session):
    page = Client().get(address(session, "guest-live"))
    assert "Come in" in page.content.decode()
    answer = poll(Client(), address(session, "guest-live"), "x")
    assert answer.headers["HX-Refresh"] == "true"
    assert answer.content == b""


# What they are shown, and for how long


def test_a_guest_sees_the_purpose_the_agreement_the_step_and_no_name(cast, session):
    make.make_agreement(partnership=cast.partnership, by=cast.steward, text="We listen.\nNobody is counted.")
    writing = silent_writing(session, question="What do you see?")
    page = guest_at(session, "Gwyn").get(address(session, "guest-live")).content.decode()
    for words in ("To listen.", "We listen.", "What do you see?", "guest, Gwyn"):
        assert words in page, words
    assert writing.public_id in page
    for words in (
        session.title,
        session.public_id,
        "Practitioner Q",
        "Early Shift",
        "Early peers",
        "Doorway",
        "Ring the",
    ):
        assert words not in page, words
    assert "/sessions/" not in page
    assert "/account/" not in page
    assert 'href="/"' not in page


def test_what_was_revealed_without_who_wrote_it(cast, session):
    for_members_alone(session, cast.academic, "Only among us.")
    writing = silent_writing(session, question="What do you see?")
    write(session, writing, cast.fellow, "From the kerb.")
    send(guest_at(session), session, writing, "From outside.")
    other = guest_at(session)
    assert "From outside." not in other.get(address(session, "guest-live")).content.decode()
    reveal(writing, cast.practitioner)
    page = other.get(address(session, "guest-live")).content.decode()
    assert "From the kerb." in page
    assert "From outside." in page
    assert "Only among us." not in page
    assert "Among ourselves?" not in page
    assert "Fellow" not in page
    folded = session.parts.get(text="From the kerb.")
    make.fold(record=folded, by=cast.academic)
    assert "From the kerb." not in other.get(address(session, "guest-live")).content.decode()


def test_it_ends_with_the_session_and_the_guests_are_forgotten(cast, session):
    writing = silent_writing(session, question="What do you see?")
    browser, live = guest_at(session, "Gwyn"), address(session, "guest-live")
    send(browser, session, writing, "From outside.")
    reveal(writing, cast.practitioner)
    with time_machine.travel(session.ends_at, tick=False):
        page = browser.get(live)
        assert page.status_code == 200
        assert "The session is over. Thank you." in page.content.decode()
        assert "From outside." not in page.content.decode()
        forget_guests.call()
        assert session.guests.exists()
    with time_machine.travel(session.ends_at + timedelta(minutes=30), tick=False):
        assert forget_guests.call() >= 1
        assert forget_guests.call() == 0
        assert browser.get(live).status_code == 404
    assert not session.guests.exists()
    assert not GuestLink.objects.filter(session=session).exists()
    note = UnsignedNote.objects.get(writing=writing)
    assert (note.text, note.source, note.guest_id) == ("From outside.", "guest", None)
    assert forget_guests in due._tasks


def test_nothing_is_new_until_something_that_guests_see_is(cast, session):
    writing = silent_writing(session, question="What do you see?")
    browser, live = guest_at(session), address(session, "guest-live")
    seen = seen_on(browser.get(live))
    assert poll(browser, live, seen).status_code == 204
    assert poll(guest_at(session), live, seen).status_code == 200, "it is worth nothing to another browser"
    # Neither what others write, nor what is not for guests.
    send(guest_at(session), session, writing, "Unseen.")
    write(session, writing, cast.fellow, "Unseen as well.")
    make.make_contribution(to=session, by=cast.fellow, text="Before.")
    actions.reveal(session=session, by=cast.practitioner)
    assert poll(browser, live, seen).status_code == 204
    reveal(writing, cast.practitioner)
    fresh = poll(browser, live, seen)
    assert fresh.status_code == 200
    assert "<html" not in fresh.content.decode()
    assert "Unseen." in fresh.content.decode()
    seen = seen_on(fresh)
    assert poll(browser, live, seen).status_code == 204
    actions.shut_guests_out(session=session, by=cast.practitioner)
    assert "closed" in poll(browser, live, seen).content.decode()


def test_members_see_who_of_them_is_there(cast, session, client_for):
    guest_at(session, "Gwyn")
    for _n in range(2):
        guest_at(session)
    live = reverse("convening:session-live", args=[session.public_id])
    for person in (cast.fellow, cast.practitioner):
        assert "Here: Gwyn, and 2 without a name." in client_for(person).get(live).content.decode()
    wall = client_for(cast.fellow).get(f"{live}?view=room").content.decode()
    assert "Gwyn" not in wall
    assert "without a name" not in wall


def test_the_host_alone_has_the_switch(cast, session, client_for):
    live = reverse("convening:session-live", args=[session.public_id])
    assert "guests-out" in client_for(cast.practitioner).get(live).content.decode()
    assert "guests-out" not in client_for(cast.fellow).get(live).content.decode()
    switch = reverse("convening:live-guests", args=[session.public_id])
    assert client_for(cast.fellow).post(switch, {"guests": "out"}).status_code == 403
    assert client_for(cast.outsider).post(switch, {"guests": "out"}).status_code == 404
    page = client_for(cast.practitioner).post(
        switch, {"guests": "out"}, headers={"HX-Request": "true", "HX-Target": "div#live"}
    )
    assert "guests-in" in page.content.decode()


def test_a_session_that_is_over_lets_nobody_in(cast, session):
    with time_machine.travel(session.ends_at, tick=False):
        with pytest.raises(ValidationError):
            actions.let_guests_in(session=session, by=cast.practitioner)
        with pytest.raises(ValidationError):
            actions.come_in(session=session, key="k", first_name="")


def test_the_row_of_a_guest_names_the_session_alone(session):
    browser = guest_at(session)
    assert guest_row(session, browser).session_id == session.pk
