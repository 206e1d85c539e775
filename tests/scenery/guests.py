"""Guests of sessions: one who is there, one at another session, and links that are off, early and over."""

import secrets
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from convening import actions
from convening.guests import KEY
from convening.models import GuestLink, Session, SilentWriting
from partnerships.models import Space
from tests import factories as make

SOON = timedelta(minutes=-5)


def add(cast) -> None:
    """Convene sessions of people who are none of the cast, and let guests in.

    So each of the cast is nobody to these sessions; who reads a session is led to its own page (test_guests.py).
    """
    one, two, *_others = cast.peers_more
    # Nobody else knows that there is such a space.
    cast.more["guests_space"] = make.make_space(
        partnership=cast.partnership, by=one, kind=Space.Kind.ONE_TO_ONE, people=(two,)
    )
    cast.more["guest_session"] = _session(cast, "Session with guests")
    cast.more["guest_browser"] = browser_of_guest(cast["guest_session"], first_name="Gwyn")
    cast.more["guest_writing"] = silent_writing(cast["guest_session"], question="What do you see?")
    cast.more["guest_note"] = actions.write_as_guest(
        guest=cast["guest_session"].guests.get(),
        writing=cast["guest_writing"].public_id,
        text="words of a guest",
        key="scenery",
        knows=False,
    )
    cast.more["other_guest_session"] = _session(cast, "Another one with guests")
    cast.more["other_guest_browser"] = browser_of_guest(cast["other_guest_session"])
    cast.more["shut_session"] = _session(cast, "Session that had guests")
    cast.more["shut_guest_browser"] = browser_of_guest(cast["shut_session"])
    actions.shut_guests_out(session=cast["shut_session"], by=one)
    cast.more["early_guest_session"] = _session(cast, "Session that will have guests", begins_in=timedelta(hours=1))
    cast.more["over_guest_session"] = _session(cast, "Session with guests that is over")
    cast.more["over_guest_browser"] = browser_of_guest(cast["over_guest_session"])
    now = timezone.now()
    Session.objects.filter(pk=cast["over_guest_session"].pk).update(
        starts_at=now - timedelta(hours=2), ends_at=now - timedelta(minutes=1)
    )
    for name in ("guest_session", "other_guest_session", "shut_session", "early_guest_session", "over_guest_session"):
        cast[name].refresh_from_db()
        cast.more[f"{name}_token"] = GuestLink.objects.get(session=cast[name]).token


def _session(cast, title: str, begins_in: timedelta = SOON) -> Session:
    one = cast.peers_more[0]
    tonight = timezone.now() + timedelta(hours=12)
    session = make.make_session(
        by=one, space=cast["guests_space"], title=title, begins_in=begins_in, ends_at=tonight, text="So that we listen."
    )
    actions.let_guests_in(session=session, by=one)
    return session


def browser_of_guest(session: Session, *, first_name: str = "") -> str:
    """Have somebody come in, and return what their browser's cookie holds."""
    store = SessionStore()
    store[KEY] = secrets.token_urlsafe(16)
    store.create()
    actions.come_in(session=session, key=store[KEY], first_name=first_name)
    assert store.session_key
    return store.session_key


def silent_writing(session: Session, *, question: str, to_guests: bool = True) -> SilentWriting:
    """Open a writing as the action does, without asking who may."""
    return SilentWriting.objects.create(
        session=session,
        question=question,
        is_shown_to_guests=to_guests,
        opened_at=timezone.now(),
        opened_by=session.host,
        submission=f"scenery{SilentWriting.objects.count()}",
    )
