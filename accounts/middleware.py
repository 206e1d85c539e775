"""Around every request: whether somebody is still signed in, and whether safely enough."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import sessions

GetResponse = Callable[[HttpRequest], HttpResponse]


def session_limits(get_response: GetResponse) -> GetResponse:
    """Sign out whoever has been away too long, and leave nothing of them in the browser.

    An answer that signs somebody out, by whatever way, tells the browser to forget its copies of pages.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            _limit(request)
        # A click on "Sign out" counts even where the sign-in had run out before.
        ends = was_signed_in or (request.method == "POST" and request.path == reverse("account_logout"))
        response = get_response(request)
        if ends and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def _limit(request: HttpRequest) -> None:
    if not sessions.has_begun(request.session):
        sessions.begin(request)
    elif sessions.is_over(request.session):
        logout(request)
        messages.info(request, _("You were signed out, since this computer may not be yours alone. Please sign in."))
        return
    else:
        sessions.keep(request)
    # A full disk takes no notes, and reading goes on.
    with suppress(OperationalError):
        request.user.note_visit()  # type: ignore[union-attr]


def reading_goes_on(get_response: GetResponse) -> GetResponse:
    """Show pages also where nothing can be written, as when the disk is full: the session then stays as it was."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = request.session
        # Of a page that broke Django keeps nothing in the session.
        to_be_kept = session.modified and not session.is_empty() and response.status_code < 500
        if request.method in ("GET", "HEAD") and to_be_kept:
            try:
                session.save()
            except (OperationalError, UpdateError) as error:
                # Django says UpdateError also where the session has ended meanwhile, and knows what to do then.
                if isinstance(error.__context__, OperationalError) or isinstance(error, OperationalError):
                    session.modified = False
        return response

    return middleware


def second_step_required(get_response: GetResponse) -> GetResponse:
    """Lead people with duties to set up a second step, before they see anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        request.lacks_second_step = sessions.lacks_second_step(request)  # type: ignore[attr-defined]
        set_up = reverse("mfa_index")
        if request.lacks_second_step and not _is_needed_for_it(request.path):  # type: ignore[attr-defined]
            if request.htmx:  # type: ignore[attr-defined]
                return HttpResponse(status=204, headers={"HX-Redirect": set_up})
            return HttpResponseRedirect(set_up)
        response = get_response(request)
        if request.method == "POST" and request.path.startswith(set_up) and request.user.is_authenticated:
            # One was added, or the last one taken away.
            sessions.look_for_second_step(request)
        return response

    return middleware


def _is_needed_for_it(path: str) -> bool:
    """Say whether the page helps to set up a second step; an address must be confirmed before."""
    pages = (
        "mfa_index",
        "account_reauthenticate",
        "account_logout",
        "account_email",
        "account_email_verification_sent",
    )
    return path == "/healthz" or path.startswith((settings.STATIC_URL, *map(reverse, pages)))
