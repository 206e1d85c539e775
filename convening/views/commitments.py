"""Commitments: taking something on, its page, and a partnership's list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convening import actions
from convening.access import open_session_or_404
from convening.after.commitments import commitments_to, may_change
from convening.forms import CommitmentForm, LetGoForm
from convening.models import Commitment, CommitmentState, Session
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records.access import record_or_404
from records.pages import frame_of
from records.saving import is_saved

PAGE = 20
CLOSED = (CommitmentState.DONE, CommitmentState.LET_GO)


@require_safe
def commitment_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's commitments: what is open first, then what is done, then what was let go."""
    partnership = membership_or_404(request.reader, slug).partnership
    rows = commitments_to(request.reader).with_what_became().filter(partnership=partnership)
    states = [state for state in CLOSED if state == request.GET.get("state")] or list(CLOSED)
    closed = rows.filter(state__in=states)
    before = closed.filter(public_id=request.GET.get("before", "")[:12].replace("\0", "")).first()
    groups = []
    if not before and len(states) == len(CLOSED):
        groups.append((CommitmentState.OPEN, list(rows.open().next_first()), ""))
    for state in states:
        found = closed.filter(state=state).order_by("-pk")
        found = list((found.filter(pk__lt=before.pk) if before else found)[: PAGE + 1])
        older = f"?state={state}&before={found[PAGE - 1].public_id}" if len(found) > PAGE else ""
        groups.append((state, found[:PAGE], older))
    context = {"partnership": partnership, "groups": [group for group in groups if group[1]]}
    return render(request, "convening/commitment_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down at a session who does what, perhaps by when."""
    session = open_session_or_404(request.reader, public_id)
    if session.space is None:
        raise PermissionDenied("Not in a space.")
    form = CommitmentForm(request, session=session, members=session.members_now)
    if request.method == "POST" and form.is_valid():
        saved = is_saved(
            form,
            lambda: actions.commit(
                session=session,
                what=form.cleaned_data["what"],
                doer=form.chosen(),
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
            ),
        )
        if saved:
            return redirect(f"{session.get_absolute_url()}#commitments")
    context = {"form": form, "session": session, "partnership": session.partnership, "draft": form.kept_draft}
    return render(request, "convening/commitment_new.html", context, status=422 if form.errors else 200)


@require_safe
def commitment_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a commitment, and all that became of it: also how often it was let go."""
    commitment = record_or_404(request.reader, Commitment, public_id)
    frame = frame_of(request, commitment)
    if commitment.words_withheld:
        return render(request, "records/withheld.html", frame)
    space = commitment.space
    context = frame | {
        "commitment": commitment,
        "session": _session_of(request, commitment),
        "may_change": may_change(request.reader, commitment, _hosted(request, commitment)),
        "changes": list(commitment.changes.select_related("by")),
        "doer_is_here": space is not None and space.members().filter(person=commitment.doer_id).exists(),
    }
    return render(request, "convening/commitment_detail.html", context)


@require_POST
def commitment_done(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Mark a commitment as done."""
    commitment = _to_change(request, public_id)
    try:
        actions.finish_commitment(commitment=commitment, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Done. All in this space see that it is."))
    return redirect(commitment)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_let_go(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Let a commitment go, with a reason."""
    commitment = _to_change(request, public_id)
    form = LetGoForm(request, about=public_id)
    if request.method == "POST" and form.is_valid():
        saved = is_saved(
            form,
            lambda: actions.let_go(
                commitment=commitment,
                reason=form.cleaned_data["text"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
            ),
        )
        if saved:
            messages.success(request, _("Let go. It can be taken up again."))
            return redirect(commitment)
    context = {"form": form, "commitment": commitment, "partnership": commitment.partnership, "draft": form.kept_draft}
    return render(request, "convening/commitment_let_go.html", context, status=422 if form.errors else 200)


@require_POST
def commitment_take_up(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a commitment up again."""
    commitment = _to_change(request, public_id)
    try:
        actions.take_up_again(commitment=commitment, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Open again."))
    return redirect(commitment)


def _to_change(request: SignedInRequest, public_id: str) -> Commitment:
    """Return a commitment whose state the reader may change; PermissionDenied for the others in its space."""
    commitment = record_or_404(request.reader, Commitment, public_id)
    if commitment.words_withheld or commitment.set_aside_at:
        raise PermissionDenied("Folded or set aside.")
    if not may_change(request.reader, commitment, _hosted(request, commitment)):
        raise PermissionDenied("Neither who took it on, nor the host.")
    return commitment


def _hosted(request: SignedInRequest, commitment: Commitment) -> Session | None:
    """Return the session that it was taken on at, for asking who hosts it; never for its words."""
    return Session.objects.visible_to(request.reader).filter(pk=commitment.within_id).first()


def _session_of(request: SignedInRequest, commitment: Commitment) -> Session | None:
    """Return the session that it was taken on at, while the reader may read it."""
    readable = Session.objects.visible_to(request.reader).with_words_for(request.reader).standing()
    return readable.filter(pk=commitment.within_id).first()
