"""Sessions of a partnership: convening one, its page, and what its host does with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convening import actions, agenda, photos
from convening.access import hosted_session_or_404, is_host, may_take_over, open_session_or_404, session_or_404
from convening.around import around, others_asked, who_is_asked
from convening.coming import coming_to
from convening.forms import AnswerForm, CancelForm, HostForm, MoveForm, SessionEditForm, SessionForm
from convening.live import guests as live_guests
from convening.live.writing import written_live
from convening.models import Session
from learnpartner.htmx import render_page, wanted_partial
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records import links, wholes
from records.actions import AlreadySent, StaleVersion
from records.folding import may_set_aside
from records.forms import ResponseForm
from records.pages import entered, frame_of, in_conversation, responses_to
from records.saving import is_saved
from records.views import conflict

from . import after, looking_again
from .agenda import begin_with
from .series import reach_of
from .series import shown as series_shown
from .written import written_for

PAGE = 20


@require_safe
def session_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's sessions: those ahead, the next first, and those that are over, a page at a time."""
    partnership = membership_or_404(request.reader, slug).partnership
    sessions = Session.objects.visible_to(request.reader).filter(partnership=partnership).for_list(request.reader)
    before = sessions.over().filter(public_id=request.GET.get("before", "")[:12].replace("\0", "")).first()
    over = sessions.over().filter(starts_at__lt=before.starts_at) if before else sessions.over()
    rows = list(over[: PAGE + 1])
    context = {
        "partnership": partnership,
        "ahead": [] if before else with_places(request, sessions.coming()),
        "over": with_places(request, rows[:PAGE]),
        "older": rows[PAGE - 1].public_id if len(rows) > PAGE else "",
        "is_further": bool(before),
    }
    return render(request, "convening/session_list.html", context)


def with_places(request: SignedInRequest, sessions) -> list[Session]:
    """Set on each session who is asked, in words."""
    rows = list(sessions)
    for row in rows:
        row.who_reads = request.reader.who_reads(row.space)
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Convene a session in one of the spaces that one is in; `?like=` begins with all but the day of another one."""
    partnership = membership_or_404(request.reader, slug).partnership
    form = SessionForm(request, reader=request.reader, partnership=partnership, like=_like(request))
    if request.method == "POST" and form.is_valid():
        space = form.spaces[form.cleaned_data["space"]]
        try:
            session = actions.convene(
                space=space, by=request.user, key=form.cleaned_data["draft_key"], **form.columns()
            )
        except AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            begin_with(request, form, session)
            wholes.begin_within(session, whole=form.cleaned_data["part_of"], by=request.user)
            messages.success(request, _("Convened. Those who are asked get a mail in a few minutes."))
            return redirect(session)
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft}
    return render(request, "convening/session_new.html", context, status=422 if form.errors else 200)


def _like(request: SignedInRequest) -> Session | None:
    public_id = request.GET.get("like", "")[:12].replace("\0", "")
    readable = Session.objects.visible_to(request.reader).with_words_for(request.reader).standing()
    return readable.filter(public_id=public_id).select_related("space").first() if public_id else None


@require_safe
def session_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a session: one page for before, during and after it."""
    session = session_or_404(request.reader, public_id)
    if session.words_withheld:
        return render(request, "records/withheld.html", frame_of(request, session))
    return render(request, "convening/session_detail.html", context_of_session(request, session))


def context_of_session(request: SignedInRequest, session: Session, **changed: Any) -> dict[str, Any]:
    """Return what the page of a session shows to this reader; `changed` are forms to be shown again."""
    near = around(request.reader, session)
    return {
        **_frame_of(request, session),
        "session": session,
        "is_host": is_host(request.reader, session),
        "may_take_over": may_take_over(request.reader, session),
        "coming": coming_to(request.reader, session),
        **agenda.shown(request, session),
        **written_for(request, session),
        **(written_live(request, session) if near.was_written_at else {}),
        **(live_guests.shown_ahead(session, near.guest_link) if session.takes_words else {}),
        **series_shown(session, near),
        **photos.shown(request, session),
        **after.shown(request, session),
        **looking_again.shown(request, session, near),
        **changed,
    }


def _frame_of(request: SignedInRequest, session: Session) -> dict[str, Any]:
    """Return what the pages of all records show, without what no session has: tags, or a way in which one is named."""
    reader = request.reader
    space = reader.spaces.get(session.space_id or 0)
    responses = responses_to(reader, session)
    form = None
    if space is not None and space.is_open and session.stands:
        form = ResponseForm(request, to=session, responses=responses)
    return {
        "record": session,
        "partnership": entered(reader, session),
        "mine": session.is_by(reader.person),
        "is_inside": space is not None,
        "looks_after": may_set_aside(reader, session),
        "responses": in_conversation(responses),
        "form": form,
        "who_reads": who_is_asked(reader, session),
        "others": others_asked(session),
        "links": links.around(reader, session),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change what is said of a session; its host does. When it is, is changed by moving it."""
    session = hosted_session_or_404(request.reader, public_id)
    form = SessionEditForm(request, session=session)
    reach = reach_of(request, session)
    if request.method == "POST" and form.is_valid():
        change = reach.pick(actions.change_session, actions.change_following)
        try:
            saved = is_saved(
                form,
                lambda: change(
                    session=session,
                    version=form.cleaned_data["version"] or 0,
                    changes=form.said(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            now = hosted_session_or_404(request.reader, public_id)
            anew = SessionEditForm(request, session=now)
            reach.ask_in(anew)
            return conflict(request, now, anew)
        if saved:
            return redirect(session)
    context = {"form": form, "session": session, "partnership": session.partnership, "draft": form.kept_draft}
    context |= {"reach": reach}
    return render(request, "convening/session_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def session_move(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put a session at another time."""
    session = hosted_session_or_404(request.reader, public_id)
    form = MoveForm(request.POST if request.method == "POST" else None, session=session)
    reach = reach_of(request, session, moving=True)
    move = reach.pick(actions.move_session, actions.move_following)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            move(session=session, version=form.cleaned_data["version"], by=request.user, **form.when())
        except StaleVersion:
            form.add_error(None, _("Somebody changed this session meanwhile. Look at it once more, then move it."))
            form.take_version(hosted_session_or_404(request.reader, public_id).version)
            status = 409
        except ValidationError as error:
            form.add_error(None, error)
            status = 422
        else:
            messages.success(request, _("Moved. Those who are asked get a mail in a few minutes."))
            return redirect(session)
    context = {"form": form, "session": session, "partnership": session.partnership, "reach": reach}
    return render(request, "convening/session_move.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Cancel a session, with a reason; it stays in the list."""
    session = hosted_session_or_404(request.reader, public_id)
    form = CancelForm(request, about=public_id)
    reach = reach_of(request, session)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            reach.pick(actions.cancel_session, actions.cancel_following)(
                session=session, because=form.cleaned_data["text"], by=request.user, key=form.cleaned_data["draft_key"]
            )
        except StaleVersion:
            form.add_error(None, _("Somebody changed this session meanwhile. Look at it once more, then cancel it."))
            status = 409
        except ValidationError as error:
            form.add_error(None, error)
            status = 422
        else:
            messages.success(request, _("Cancelled. Those who were asked get a mail in a few minutes."))
            return redirect(session)
    context = {"form": form, "session": session, "partnership": session.partnership, "draft": form.kept_draft}
    context |= {"reach": reach}
    return render(request, "convening/session_cancel.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def session_host(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Hand over who runs the session."""
    session = hosted_session_or_404(request.reader, public_id)
    form = HostForm(request.POST if request.method == "POST" else None, session=session)
    if request.method == "POST" and form.is_valid():
        host = form.chosen()
        try:
            actions.hand_over_hosting(session=session, to=host, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s hosts it from now on.") % {"name": host.person.name})
            return redirect(address_now(session))
    context = {"form": form, "session": session, "partnership": session.partnership}
    return render(request, "convening/session_host.html", context, status=422 if form.errors else 200)


@require_POST
def session_take_over(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Become the host, where the one who is has left, or has not come."""
    session = open_session_or_404(request.reader, public_id)
    mine = request.reader.membership_in(session.partnership_id)
    if mine is None or not may_take_over(request.reader, session):
        raise PermissionDenied("There is a host.")
    try:
        actions.hand_over_hosting(session=session, to=mine, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("You host it from now on."))
    return redirect(address_now(session))


def address_now(session: Session) -> str:
    """Return the page on which a session goes on: its live page while that is open."""
    if not session.is_live:
        return session.get_absolute_url()
    return reverse("convening:session-live", args=[session.public_id])


@require_POST
def session_answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say whether one comes."""
    session = open_session_or_404(request.reader, public_id)
    form = AnswerForm(request.POST)
    problem = ""
    if form.is_valid():
        try:
            actions.answer_session(session=session, answer=form.cleaned_data["answer"], by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
    else:
        problem = " ".join(map(str, form.errors["answer"]))
    if not wanted_partial(request, ["coming"]):
        if problem:
            messages.error(request, problem)
        return redirect(session)
    context = context_of_session(request, session, answer_problem=problem, just_answered=not problem)
    status = 422 if problem else 200
    return render_page(request, "convening/session_detail.html", context, partials={"coming"}, status=status)
