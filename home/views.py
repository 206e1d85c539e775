"""Home, the pages around the app, and errors."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_safe

from convening.after.commitments import my_open_commitments
from convening.calendar import next_session
from desk.drafts import open_drafts
from desk.middleware import give_words_back, holds_words, what_was_sent
from partnerships.asked import asked_of
from partnerships.http import SignedInRequest

from . import needs

logger = logging.getLogger(__name__)
# What a database says that is full, locked, going down, or gone. A fault of ours is told in other words.
AWAY = (OperationalError, InterfaceError, InternalError)
TRY_AGAIN_SECONDS = 30


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Show what needs the person who signed in."""
    asked, questions = asked_of(request.reader), needs.questions_for(request.reader)
    coming = next_session(request.reader)
    context = {
        "asked": asked,
        "questions": questions,
        "commitments": my_open_commitments(request.reader),
        "drafts": open_drafts(request.user),
        "new": needs.new_for(request.reader),
        "next_session": coming,
        "next_session_in": request.reader.name_of(coming.space) if coming and coming.space else "",
        "since": request.user.last_visit_ended_at,
        "waiting": len(asked) + len(questions),
    }
    return render(request, "home/home.html", context)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how the app works, in a page."""
    return render(request, "home/help.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "home/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, who can read it, and the limits of that."""
    return render(request, "home/privacy.html")


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part of the interface in all its states."""
    return render(request, "home/styleguide.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be understood, or was too large to take."""
    if isinstance(exception, RequestDataTooBig):
        limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return render(request, "413.html", {"limit": limit}, status=413)
    if isinstance(exception, SessionInterrupted):
        # What the session needs could not be written; or somebody signed out, in another tab, at this very moment.
        if _database_is_away(exception):
            return _closed(request)
        if holds_words(request):
            return give_words_back(request)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that one may not do this here."""
    return render(request, "403.html", _words_of(request), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long to be sent, and give back the words that came with it."""
    if holds_words(request):
        return give_words_back(request)
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here: the same bytes for what is hidden as for what does not exist.

    Words that were sent here come back: a space may have been left, or a note taken back, as they were typed.
    """
    return render(request, "404.html", _words_of(request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke on this side, or that the database is away, and give back the words that came along."""
    if _database_is_away(sys.exception()):
        return _closed(request)
    return render(None, "500.html", _words_of(request), status=500)


def _closed(request: HttpRequest) -> HttpResponse:
    """Answer by a page that needs nothing to work: no session, no person, no query."""
    response = render(None, "503.html", _words_of(request), status=503)
    response.headers["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


def _words_of(request: HttpRequest) -> dict[str, Any]:
    """Return what the form held that was sent, and a token to send it again; nothing where that cannot be read."""
    try:
        # Autosave asks as htmx does, and keeps the words in its page.
        if "HX-Request" in request.headers or not holds_words(request):
            return {}
        return {**what_was_sent(request), "csrf_token": get_token(request)}
    except Exception:
        # Whatever broke may break this too, and the page has to come.
        logger.exception("words could not be given back")
        return {}


def _database_is_away(error: BaseException | None) -> bool:
    """Say whether an error goes back to a database that cannot be reached or written, and not to a fault of ours."""
    while error:
        # "The file is malformed" has no class of its own.
        if isinstance(error, AWAY) or type(error) is DatabaseError:
            return True
        error = error.__cause__ or error.__context__
    return False
