"""The bar of a partnership: its name, its path through the nesting, its phase, its rooms."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from . import rooms
from .http import SignedInRequest
from .models import Membership, Partnership


def linked(partnerships: Iterable[Partnership], mine: Mapping[int, Membership]) -> list[dict[str, str]]:
    """Name partnerships, with an address for those that one may enter; the others stay plain text."""
    return [
        {
            "title": row.name,
            "url": reverse("partnerships:partnership-detail", args=[row.slug]) if row.pk in mine else "",
        }
        for row in known(partnerships, mine)
    ]


def known(partnerships: Iterable[Partnership], mine: Mapping[int, Membership]) -> list[Partnership]:
    """Leave out drafts of others: that one is being started is nobody else's to know."""
    return [row for row in partnerships if not row.is_draft or row.pk in mine]


def bar_of(request: SignedInRequest, partnership: Partnership, *, overview: bool, room: str) -> dict[str, Any]:
    """Return what the partnership's bar shows: name, path, phase and the open rooms, the page's own one marked.

    The overview shows path and phase itself. Who is no member sees no rooms.
    """
    here = request.resolver_match.view_name if request.resolver_match else ""
    mine = request.reader.memberships
    sections = [
        {
            "label": rooms.word_of(row, partnership),
            "url": reverse(row.url_name, args=[partnership.slug]),
            "current": row.url_name in (here, room),
            "aria_current": "page" if row.url_name == here else "true",
        }
        for row in rooms.open_rooms(request.reader, partnership)
    ]
    return {
        "name": partnership.name,
        "url": partnership.get_absolute_url(),
        "path": [] if overview else linked(reversed(partnership.path()), mine),
        "phase": "" if overview else request.reader.phase_in(partnership),
        "sections": sections,
        "current": next((section["label"] for section in sections if section["current"]), ""),
    }
