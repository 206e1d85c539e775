"""The live page of a running session, and what its host does there with steps and time."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convening import actions, live
from convening.access import hosted_session_or_404, is_host, live_session_or_404
from convening.models import Session
from learnpartner.htmx import render_page, wanted_partial
from partnerships.http import SignedInRequest

# By how much a host lets the session go on.
ONE_MORE = timedelta(minutes=15)


@require_safe
def session_live(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a session while it goes on; `?view=room` for the wall, without names.

    Asked with `?seen=` it answers 204 while nothing is new (`convening.live.polling`). An open page stays where it is
    when the session ends, and says so: somebody may be typing.
    """
    return _live_page(request, public_id)


def _live_page(request: SignedInRequest, public_id: str, *, problem: str = "") -> HttpResponse:
    """Show the page as it is now, or its changing part alone where htmx asks for that; else the session's own page."""
    # Before the session: a change between the two is then new to the page.
    digest = live.digest_at(public_id)
    session = live_session_or_404(request.reader, public_id)
    if not session.is_live and not wanted_partial(request, ["live"]):
        return redirect(session)
    in_room = request.GET.get("view") == "room"
    # What is below the band shows the host which step comes next; the wall has but one page open.
    has_rest = not in_room and not is_host(request.reader, session) and live.has_all_below_the_band(request, digest)
    top_only = has_rest and bool(wanted_partial(request, ["live"]))
    template = "convening/live_room.html" if in_room else "convening/live.html"
    context = live.shown(request, session, digest=digest, top_only=top_only) | {"problem": problem}
    return render_page(request, template, context, partials={"live"}, status=422 if problem else 200)


def live_address(session: Session) -> str:
    """Return the address of a session's live page."""
    return reverse("convening:session-live", args=[session.public_id])


def answered(request: SignedInRequest, session: Session, problem: str = "") -> HttpResponse:
    """Answer something that was done on the live page: with the page as it is now, and what was wrong with it."""
    if wanted_partial(request, ["live"]):
        return _live_page(request, session.public_id, problem=problem)
    if problem:
        messages.error(request, problem)
    return redirect(live_address(session))


@require_POST
def live_step(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Go to a step of the agenda."""
    session = hosted_session_or_404(request.reader, public_id)
    try:
        actions.go_to_step(session=session, step=request.POST.get("step", "")[:12].replace("\0", ""), by=request.user)
    except ValidationError as error:
        return answered(request, session, " ".join(error.messages))
    return answered(request, session)


@require_POST
def live_time(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give the step more minutes."""
    session = hosted_session_or_404(request.reader, public_id)
    had, more = (request.POST.get(name, "") for name in ("had", "more"))
    if not all(value.isascii() and value.isdecimal() and len(value) < 4 for value in (had, more)):
        raise Http404
    step = request.POST.get("step", "")[:12]
    try:
        actions.give_minutes(session=session, step=step, had=int(had), more=int(more), by=request.user)
    except ValidationError as error:
        return answered(request, session, " ".join(error.messages))
    return answered(request, session)


@require_POST
def live_extend(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Let the session go on a quarter of an hour longer than it says; pressed twice at once, once."""
    session = hosted_session_or_404(request.reader, public_id)
    ends = request.POST.get("ends", "")
    if ends == f"{session.ends_at:%Y-%m-%dT%H:%M}":
        try:
            actions.extend_session(session=session, until=session.ends_at + ONE_MORE, by=request.user)
        except ValidationError as error:
            return answered(request, session, " ".join(error.messages))
    return answered(request, session)


@require_http_methods(["GET", "HEAD", "POST"])
def live_end(request: SignedInRequest, public_id: str) -> HttpResponse:
    """End the session now, after a page that says what happens."""
    session = hosted_session_or_404(request.reader, public_id)
    if request.method == "POST":
        try:
            actions.end_session(session=session, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The session is over. Now write down what came of it."))
        return redirect(session)
    return render(request, "convening/live_end.html", {"session": session, "partnership": session.partnership})
