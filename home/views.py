"""Home, the pages around the app, and errors."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_safe

from desk.middleware import give_words_back, holds_words
from partnerships.asked import asked_of
from partnerships.http import SignedInRequest

from . import needs


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Show what needs the person who signed in."""
    asked, questions = asked_of(request.reader), needs.questions_for(request.reader)
    context = {
        "asked": asked,
        "questions": questions,
        "drafts": needs.drafts_of(request.user),
        "new": needs.new_for(request.reader),
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
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that one may not do this here."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long to be sent, and give back the words that came with it."""
    if holds_words(request):
        return give_words_back(request)
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here: the same bytes for what is hidden as for what does not exist."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke on this side, or that the database is away, from a page that needs nothing to work."""
    if isinstance(sys.exception(), OperationalError):
        return render(None, "503.html", status=503)
    return render(None, "500.html", status=500)
