"""Guests on the live page of the session's own people: whether any are let in, how they come, who of them is there."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from convening.models import Guest, GuestLink, Session
from partnerships.http import SignedInRequest

# So long before, the host may turn the link on already: to put the address into a mail.
NEAR = timedelta(days=1)


def shown(request: SignedInRequest, session: Session) -> dict[str, Any]:
    """Return the link for guests, where the host has turned it on, and the guests who have come: two queries.

    `join_short` stands on the wall: the guests' address where the link is on, otherwise that of the members' page.
    """
    link = getattr(session, "guest_link", None)
    # Nobody has come where there never was a link.
    rows = Guest.objects.filter(session=session).values_list("first_name", flat=True) if link else []
    names = sorted(rows, key=str.casefold)
    return shown_ahead(session, link) | {
        "guests_named": [name for name in names if name],
        "guests_unnamed": names.count(""),
    }


def shown_ahead(session: Session, link: GuestLink | None) -> dict[str, Any]:
    """Return what the page of a session that is not over shows of its link for guests, if there ever was one."""
    link = link if link and link.closed_at is None else None
    # As one types it: no browser needs to be told the scheme.
    short = join_address(session, link).partition("://")[2].rstrip("/")
    host, slash, path = short.partition("/")
    return {
        "guest_link": link,
        "guests_near": session.takes_words and session.starts_at - NEAR <= timezone.now(),
        "join_short": short,
        "join_host": host,
        "join_path": slash + path,
    }


def join_address(session: Session, link: GuestLink | None) -> str:
    """Return the whole address by which one joins: as a guest where the link is on, otherwise as a member."""
    path = (
        reverse("convening:guest-join", args=[link.token])
        if link
        else reverse("convening:session-live", args=[session.public_id])
    )
    return settings.SITE_URL.rstrip("/") + path
