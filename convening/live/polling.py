"""How an open live page learns that something is new: it asks each second, and is mostly answered with 204.

Forty people on one page ask some thirty times a second, so "nothing is new" must cost next to nothing. Each page holds
a signed token that says what it shows (`seen`). While that is so, a middleware answers before a session is looked up,
a person found or a template touched: one query. The token is worth something for one address and one signed-in browser,
and for about two minutes: after that, or when anything is new, the view asks again who may read.

To show all of a page to forty people takes about a second of a core. The next step and more time are what is new most
often, and only the band at its top shows them: the rest is then neither asked for nor sent (`has_all_below_the_band`).
So it is where nothing is new and only the two minutes are over; after some ten minutes all of it is shown again.
"""

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import DatabaseError, connection
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from convening.models import GuestLink, Session

from .digests import Digest, in_short
from .guest_digest import digest_for_guests

GetResponse = Callable[[HttpRequest], HttpResponse]

# The pages that ask: of a session for those in its space, and for its guests.
MEMBERS = re.compile(r"^/sessions/(?P<public_id>[\w-]{12})/live/$", re.ASCII)
GUESTS = re.compile(r"^/join/(?P<token>[a-z0-9-]{4,40})/live/$", re.ASCII)
# For how many seconds "nothing is new" is said without asking who may read, and for how many what is below the band is
# taken for good: between these two each, so that pages that were changed together do not ask again together.
# To show a page again takes as much as a dozen times asking, so it is not done without need; what is on it was read.
DOOR_AGAIN = (100, 150)
ALL_AGAIN = (480, 600)

# Stands in the question for the session that is asked for; no public id is written so.
ASKED = "the session!"
# What only the band at the top of the page shows: where the session is in its agenda, and since when.
BAND = ("live__item", "live__step_began_at", "live__step_minutes")


@dataclass(frozen=True)
class Seen:
    """What a page shows, as its token says; and in seconds since 1970 until when neither door nor the rest is asked."""

    digest: Digest
    door_until: int
    all_until: int


def nothing_new(get_response: GetResponse) -> GetResponse:
    """Answer an open live page with 204 while what it shows is what there is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and "seen" in request.GET and _still_shows(request):
            return HttpResponse(status=204)
        return get_response(request)

    return middleware


def token_for(request: HttpRequest, digest: Digest, *, address: str, has_rest: bool = False) -> str:
    """Return the token of a live page that shows what the digest stands for, to be sent to its address as `seen`.

    `has_rest`: the page that asks keeps what it has below its band, which is taken for good no longer than it was.
    """
    door_until, all_until = _in(*DOOR_AGAIN), _in(*ALL_AGAIN)
    if has_rest and (seen := _seen(request)):
        all_until = seen.all_until
    return _signer(request, address).sign(f"{digest.page}.{digest.below}.{door_until}.{all_until}")


def has_all_below_the_band(request: HttpRequest, digest: Digest | None) -> bool:
    """Say whether the page that asks shows already what stands below its band."""
    seen = _seen(request)
    return seen is not None and digest is not None and bool(digest.below) and seen.digest.below == digest.below


def _in(at_least: int, at_most: int) -> int:
    """Return a moment so many seconds from now, in seconds since 1970."""
    return int(time.time()) + at_least + secrets.randbelow(at_most - at_least)


def digest_at(public_id: str) -> Digest | None:
    """Return what a live page of that session depends on; None where there is none.

    What is written before a reveal has no space, so it changes nothing here: nobody can tell from the answers that
    somebody writes. One query, asked thirty times a second.
    """
    sql, params = _question()
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(public_id if value == ASKED else value for value in params))
        found = cursor.fetchone()
    if found is None:
        return None
    now = timezone.now()
    band, rest = found[: len(BAND)], found[len(BAND) :]
    hours = [_moment(value) <= now for value in rest[:2]]
    return Digest(in_short((band, rest, hours)), in_short((rest, hours)))


@cache
def _question() -> tuple[str, tuple[Any, ...]]:
    """Return the question of each second in SQL, with ASKED where its session is named.

    To put it together takes some twenty times as long as to ask it.
    """
    shown = Q(parts__space__isnull=False)
    # Named before what is counted, so that the database sorts by these columns alone, and not by all, with the words.
    asked = (
        Session.objects.filter(public_id=ASKED)
        .order_by()
        .values_list(
            *BAND,
            *("starts_at", "ends_at", "pk", "version", "host", "space", "cancelled_at", "revealed_at", "live__changes"),
            *("folded_at", "set_aside_at"),
        )
    )
    counted = asked.annotate(
        n=Count("parts", filter=shown),
        edits=Sum("parts__version", filter=shown),
        folded=Count("parts__folded_at", filter=shown),
        set_aside=Count("parts__set_aside_at", filter=shown),
        withdrawn=Count("parts__withdrawn_at", filter=shown),
    )
    return counted.query.sql_with_params()


def _moment(value: datetime) -> datetime:
    """Return a time as the database holds it: SQLite in UTC, without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _still_shows(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    if not (MEMBERS.match(request.path_info) or GUESTS.match(request.path_info)):
        return False
    seen = _seen(request)
    try:
        return seen is not None and time.time() < seen.door_until and seen.digest == _digest_of(request.path_info)
    except DatabaseError:
        # The view says what is wrong.
        return False


def _seen(request: HttpRequest) -> Seen | None:
    """Return what the page that asks shows, by its token; None without one of ours that still holds."""
    try:
        said = _signer(request, request.path_info).unsign(request.GET.get("seen", ""))
        page, below, door_until, all_until = said.split(".")
    except (BadSignature, ValueError):
        return None
    return Seen(Digest(page, below), int(door_until), int(all_until)) if time.time() < int(all_until) else None


def _digest_of(path: str) -> Digest | None:
    if found := MEMBERS.match(path):
        return digest_at(found["public_id"])
    if found := GUESTS.match(path):
        return digest_for_guests(GuestLink.objects.ever_with_token(found["token"]))
    return None


def _signer(request: HttpRequest, address: str) -> Signer:
    """Return what signs for this address and this browser, so that a token says nothing to anybody else."""
    return Signer(salt=f"live:{address}:{request.COOKIES.get(settings.SESSION_COOKIE_NAME, '')}")
