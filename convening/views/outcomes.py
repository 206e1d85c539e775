"""What came of a session: taking notes, proposing them, objecting, and whether they may be carried further."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convening import actions
from convening.access import hosted_session_or_404, is_host, open_session_or_404
from convening.after.outcomes import former_versions, outcome_of, passages_of, why_fixed, words_at
from convening.forms import ObjectionForm, OutcomeForm, ProposeForm, WhetherForm
from convening.models import Outcome, Session
from partnerships.http import SignedInRequest
from records.actions import StaleVersion
from records.saving import is_saved

from .saving import both_texts, read_once_more


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down what came of a session; both texts are shown where somebody else saved first."""
    session = open_session_or_404(request.reader, public_id)
    outcome = outcome_of(request.reader, session)
    form = OutcomeForm(request, session=session, outcome=outcome)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = is_saved(
                form,
                lambda: actions.note_outcome(
                    session=session,
                    version=version,
                    words=form.words(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            return _overtaken_page(request, session, typed_on=version)
        if saved:
            return redirect(f"{session.get_absolute_url()}#outcome")
    return _edit_page(request, session, outcome, form, status=422 if form.errors else 200)


def _overtaken_page(request: SignedInRequest, session: Session, *, typed_on: int) -> HttpResponse:
    """Show both texts; boxes that this note-taker left alone hold what the other wrote."""
    now = outcome_of(request.reader, session)
    form = OutcomeForm(request, session=session, outcome=now)
    version, words = (now.version, now.words) if now else (0, words_at(None, 0))
    page = both_texts(form, version=version, before=words_at(now, typed_on), now=words, by=request.user)
    if page is None:
        return redirect(f"{session.get_absolute_url()}#outcome")
    return _edit_page(request, session, now, form, page, status=409)


def _edit_page(
    request: SignedInRequest, session: Session, outcome: Outcome | None, form: OutcomeForm, page: Any = None, **answer
) -> HttpResponse:
    context = {"boxes": list(form.visible_fields())} | (page or {})
    context |= {
        "form": form,
        "session": session,
        "outcome": outcome,
        "partnership": session.partnership,
        "draft": form.kept_draft,
        "fixed": why_fixed(outcome, is_host=is_host(request.reader, session)),
        "is_waiting": not session.has_started or session.is_cancelled,
    }
    return render(request, "convening/outcome_edit.html", context, **answer)


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_propose(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Propose what is noted, by the host, with the day until which one may object."""
    session = hosted_session_or_404(request.reader, public_id)
    outcome = outcome_of(request.reader, session)
    if outcome is None:
        raise Http404
    form = ProposeForm(request.POST if request.method == "POST" else None, outcome=outcome)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_outcome(session=session, by=request.user, **form.cleaned_data)
        except StaleVersion:
            form.add_error(None, _("Somebody changed it meanwhile. Read it once more below, then propose it."))
            form.take_version(outcome.version)
            status = 409
        except ValidationError as error:
            form.add_error("last_day" if error.code in ("too_soon", "too_late") else None, error)
            status = 422
        else:
            messages.success(request, _("Proposed. All in this space get a mail in a few minutes."))
            return redirect(f"{session.get_absolute_url()}#outcome")
    context = {"form": form, "session": session, "partnership": session.partnership, **_words_of(outcome)}
    return render(request, "convening/outcome_propose.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_object(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Object to an outcome with a line; where it is too late, or it was amended, the words stay in the box."""
    session = open_session_or_404(request.reader, public_id)
    outcome = outcome_of(request.reader, session)
    form = ObjectionForm(request, session=session, outcome=outcome)
    is_stale = False
    if request.method == "POST" and form.is_valid():
        try:
            saved = is_saved(
                form,
                lambda: actions.object_to_outcome(
                    session=session,
                    version=form.cleaned_data["version"] or 0,
                    text=form.cleaned_data["text"],
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            words = _("It was amended after you opened this. Read it once more: your words are kept.")
            read_once_more(form, version=outcome.version if outcome else 0, words=words)
            saved, is_stale = False, True
        if saved:
            messages.success(request, _("Your objection stands. It is not agreed before its host has amended it."))
            return redirect(f"{session.get_absolute_url()}#outcome")
    context = {
        "form": form,
        "session": session,
        "partnership": session.partnership,
        "draft": form.kept_draft,
        **_words_of(outcome),
    }
    status = 409 if is_stale else 422 if form.errors else 200
    return render(request, "convening/outcome_object.html", context, status=status)


def _words_of(outcome: Outcome | None) -> dict[str, Any]:
    return {"outcome": outcome, "passages": passages_of(outcome) if outcome else []}


@require_POST
def outcome_carry(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say whether an agreed outcome may be carried further, nobody named."""
    session = open_session_or_404(request.reader, public_id)
    form = WhetherForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["answer"])))
    else:
        try:
            actions.answer_carrying(session=session, may_travel=form.says_yes, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Saved. You can change this at any time, and nobody else sees it."))
    return redirect(f"{session.get_absolute_url()}#carry")


@require_safe
def outcome_versions(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show what an outcome said before it was amended, on which day and by whom."""
    session = open_session_or_404(request.reader, public_id)
    outcome = outcome_of(request.reader, session)
    if outcome is None:
        raise Http404
    context = {
        "session": session,
        "partnership": session.partnership,
        "outcome": outcome,
        "versions": former_versions(outcome),
    }
    return render(request, "convening/outcome_versions.html", context)
