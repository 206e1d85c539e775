"""Writing for a session before it, and the reveal."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convening import actions
from convening.access import hosted_session_or_404, open_session_or_404
from convening.forms import ContributionEditForm, ContributionForm
from convening.models import Contribution, Session
from partnerships.http import SignedInRequest
from records import actions as record_actions
from records.access import may_edit, own_record_or_404, record_or_404
from records.folding import may_set_aside
from records.models import Record
from records.pages import entered, who_reads
from records.saving import is_saved
from records.views import conflict
from records.views.common import withdraw_page

from .sessions import address_now


@require_http_methods(["GET", "HEAD", "POST"])
def contribution_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write for a session."""
    session = open_session_or_404(request.reader, public_id)
    form = ContributionForm(request, reader=request.reader, session=session)
    if request.method == "POST" and form.is_valid():
        saved = is_saved(
            form,
            lambda: actions.contribute(
                to=session,
                text=form.cleaned_data["text"],
                wish=form.cleaned_data["wish"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
                as_unseen=form.cleaned_data["unseen"],
            ),
        )
        _ask_where_revealed(form)
        if saved:
            hidden = session.hides_contributions
            messages.success(
                request,
                _("Kept. Nobody else sees it before the reveal.") if hidden else _("Saved. All here can read it."),
            )
            return redirect(f"{session.get_absolute_url()}#written")
    context = {"form": form, "session": session, "partnership": session.partnership, "draft": form.kept_draft}
    return render(request, "convening/contribution_new.html", context, status=422 if form.errors else 200)


@require_safe
def contribution_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show what somebody wrote for a session on a page of its own: its author reads it there after leaving, too."""
    contribution = record_or_404(request.reader, Contribution, public_id)
    contribution.looks_after = may_set_aside(request.reader, contribution)
    context = {
        "contribution": contribution,
        "record": contribution,
        "session": _session_of(request, contribution),
        "mine": contribution.is_by(request.user),
        "may_edit": may_edit(request.reader, contribution),
        "looks_after": contribution.looks_after,
        "is_inside": contribution.space_id in request.reader.spaces,
        "partnership": entered(request.reader, contribution),
        "who_reads": who_reads(request.reader, contribution),
    }
    return render(request, "convening/contribution_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contribution_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change what one wrote; until the reveal also how one wishes to be named."""
    contribution = own_record_or_404(request.reader, Contribution, public_id)
    session = _session_of(request, contribution)
    if session is None or not may_edit(request.reader, contribution):
        raise PermissionDenied("No longer in its space.")
    form = ContributionEditForm(request, reader=request.reader, session=session, contribution=contribution)
    if not contribution.is_private:
        del form.fields["wish"]
    if request.method == "POST" and form.is_valid():
        try:
            saved = is_saved(
                form,
                lambda: actions.change_contribution(
                    contribution=contribution,
                    version=form.cleaned_data["version"] or 0,
                    changes={name: form.cleaned_data[name] for name in ("text", "wish") if name in form.fields},
                    as_unseen=form.cleaned_data["unseen"],
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except record_actions.StaleVersion:
            now = own_record_or_404(request.reader, Contribution, public_id)
            fresh = ContributionEditForm(request, reader=request.reader, session=session, contribution=now)
            return conflict(request, now, fresh)
        _ask_where_revealed(form)
        if saved:
            return redirect(address_now(session) if contribution.writing_id else contribution)
    context = {
        "form": form,
        "contribution": contribution,
        "record": contribution,
        "session": session,
        "question": contribution.writing.question if contribution.writing else session.question,
        "partnership": session.partnership,
        "draft": form.kept_draft,
    }
    return render(request, "convening/contribution_edit.html", context, status=422 if form.errors else 200)


def _ask_where_revealed(form: ContributionForm) -> None:
    """Where all was revealed while somebody wrote unseen, ask whether to show theirs as well: with the same button."""
    if form.has_error(NON_FIELD_ERRORS, code="revealed"):
        form.ask_once_more()


@require_http_methods(["GET", "HEAD", "POST"])
def contribution_delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Delete for good what one wrote and nobody has seen."""
    contribution = own_record_or_404(request.reader, Contribution, public_id)
    if not contribution.is_private:
        raise Http404
    session = _session_of(request, contribution)
    if request.method == "POST":
        try:
            record_actions.delete(contribution, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(contribution)
        messages.success(request, _("Deleted for good."))
        return redirect(session) if session else redirect("home:home")
    context = {"contribution": contribution, "session": session, "partnership": entered(request.reader, contribution)}
    return render(request, "convening/contribution_delete.html", context)


@require_POST
def contribution_show(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show by name, after all, what was kept back at the reveal."""
    contribution = own_record_or_404(request.reader, Contribution, public_id)
    try:
        actions.show_kept_back(contribution=contribution, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("All who are in the space can read it now, with your name."))
    return redirect(contribution)


@require_http_methods(["GET", "HEAD", "POST"])
def contribution_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take back what one wrote and others have seen, after a page that says what happens."""
    contribution = own_record_or_404(request.reader, Contribution, public_id)
    return withdraw_page(request, contribution, back=contribution.get_absolute_url())


@require_POST
def session_reveal(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show what was written for a session to all in its space."""
    session = hosted_session_or_404(request.reader, public_id)
    try:
        actions.reveal(session=session, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Shown to all in this space."))
    return redirect(f"{session.get_absolute_url()}#written")


def _session_of(request: SignedInRequest, contribution: Record) -> Session | None:
    """Return the session that it was written for, while the reader may read it."""
    readable = Session.objects.visible_to(request.reader).with_words_for(request.reader)
    return readable.filter(pk=contribution.within_id).select_related("space__partnership", "partnership").first()
