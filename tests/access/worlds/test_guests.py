"""The guest of a session, at every address that a guest can reach, gets the same bytes in both worlds."""

import pytest
from django.urls import reverse

from .comparing import differences
from .crawl import Question
from .hidden_guests import a_note_of_the_guest
from .steps import HIDDEN, SWAPPED

pytestmark = pytest.mark.once
ABOUT_GUESTS = ("guest", "goes_on_at_a_session", "who_wrote_what_guests_read")


def asked_by_a_guest(cast):
    """Give each address, of the guest's own session and of others, as a page and as htmx asks for its part."""
    for session in ("guest_session", "other_guest_session", "shut_session", "over_guest_session"):
        token = cast[f"{session}_token"]
        live = reverse("convening:guest-live", args=[token])
        for url in (
            live,
            reverse("convening:guest-join", args=[token]),
            reverse("convening:guest-note", args=[token, cast["guest_note"].public_id]),
            reverse("convening:session-live", args=[cast[session].public_id]),
            reverse("convening:live-qr", args=[cast[session].public_id]),
        ):
            yield Question("GET", url)
        yield Question("GET", live, "live")


def test_a_guest_learns_nothing_of_what_is_hidden(cast):
    steps = [step for step in (*HIDDEN, *SWAPPED) if any(word in step.name for word in ABOUT_GUESTS)]
    assert len(steps) >= 3
    found, there = differences(
        cast,
        ["guest", "anonymous"],
        steps,
        asked=list(asked_by_a_guest(cast)),
        with_mail=False,
        shown=[("a_note_of_the_guest", a_note_of_the_guest)],
    )
    assert not found, "\n".join(map(str, found))
    live = reverse("convening:guest-live", args=[cast["guest_session_token"]])
    page = there["guest"].answers[Question("GET", live)]
    assert page.status == 200
    assert b"words of a guest" in page.body
    assert b"quagga" not in page.body
