"""Sessions with guests, for the tests about them."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from convening import actions
from convening.actions.contributing import contribute, reveal_writing
from convening.guests import KEY, hash_for
from convening.models import GuestLink
from desk import drafts
from tests import factories as make
from tests.scenery.guests import silent_writing


def session_with_guests(cast, **words):
    """Convene a session that goes on in the peers' space, hosted by the practitioner, with the link turned on."""
    session = make.make_session(
        by=cast.practitioner, space=cast.peers, **{"begins_in": timedelta(minutes=-5), "text": "To listen."} | words
    )
    actions.let_guests_in(session=session, by=cast.practitioner)
    return session


def token_of(session):
    return GuestLink.objects.get(session=session).token


def address(session, name="guest-join", *more):
    return reverse(f"convening:{name}", args=[token_of(session), *more])


def guest_at(session, first_name="", **options):
    """Give the browser of somebody who has come in."""
    browser = Client(**options)
    answer = browser.post(address(session), {"first_name": first_name})
    assert answer.status_code == 302, answer.content
    return browser


def guest_row(session, browser):
    return session.guests.get(key_hash=hash_for(browser.session[KEY], session))


def send(browser, session, writing, text, *, key="k", knows="", htmx=False):
    """Send a note as the page's form does."""
    headers = {"HX-Request": "true", "HX-Target": f"div#box-{writing.public_id}"} if htmx else {}
    body = {"writing": writing.public_id, "text": text, "key": key, "knows": knows}
    return browser.post(address(session, "guest-write"), body, headers=headers)


def poll(browser, url, seen):
    return browser.get(f"{url}?seen={seen}", headers={"HX-Request": "true", "HX-Target": "div#live"})


def seen_on(page):
    return page.content.decode().partition('name="seen" value="')[2].partition('"')[0]


def reveal(writing, by):
    """Reveal what was written, as its host."""
    reveal_writing(writing=writing, by=by)


def write(session, writing, person, text, wish="not_named"):
    """Write at the session, as one of its members."""
    return contribute(
        to=session, text=text, wish=wish, by=person, key=drafts.new_key(), writing=writing, as_unseen=True
    )


def for_members_alone(session, person, text):
    """Have something written and revealed that guests take no part in."""
    writing = silent_writing(session, question="Among ourselves?", to_guests=False)
    write(session, writing, person, text)
    reveal(writing, session.host)
