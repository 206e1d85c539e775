"""Streams and responses."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnpartner.htmx import render_page
from partnerships import rooms
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Partnership
from partnerships.models.spaces import wider_field

from . import actions
from .access import may_edit, own_record_or_404, record_or_404
from .differences import changes_between
from .forms import ResponseEditForm, ResponseForm, StreamFilter
from .models import Record, Response
from .pages import context_of, entered, responses_to
from .stream import page_of, shared_in, with_readers


@require_safe
def stream(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the notes of a partnership that the reader may read, newest first, with filters."""
    membership = membership_or_404(request.reader, slug)
    return _stream_page(request, membership.partnership)


@require_safe
def landscape(request: SignedInRequest) -> HttpResponse:
    """Show the wider field, which everybody who can sign in reads."""
    return _stream_page(request, None)


def _stream_page(request: SignedInRequest, partnership: Partnership | None) -> HttpResponse:
    form = StreamFilter(request, reader=request.reader, partnership=partnership)
    before = request.GET.get("before", "")[:12].replace("\0", "")
    page = page_of(form.apply(shared_in(request.reader, partnership)), before=before)
    last_visit = request.user.last_visit_ended_at
    new = [row for row in page.records if last_visit and row.shared_at and row.shared_at > last_visit]
    context = {
        "partnership": partnership,
        "form": form,
        "chips": [{"label": label, "url": url} for label, url in form.chips()],
        "records": with_readers(request.reader, page.records),
        # The line stands between new and seen, so there must be both.
        "last_new": new[-1].pk if 0 < len(new) < len(page.records) else None,
        "older": f"?{form.query()}&before={page.older}".replace("?&", "?") if page.older else "",
        "filtered": bool(form.query()),
        "space": wider_field() if partnership is None else None,
        "room": rooms.word_for("notes", partnership) if partnership else "",
    }
    status = 422 if form.errors else 200
    return render_page(request, "records/stream.html", context, partials={"stream"}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def response_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Respond to a record: the whole page of its own, or the responses below the record's page."""
    parent = record_or_404(request.reader, Record, public_id)
    # A POST may come just after the record was taken back: its words are kept, and told so.
    gone = parent.withdrawn_at and request.method != "POST"
    if parent.space_id not in request.reader.spaces or parent.within_id or gone:
        raise Http404
    form = ResponseForm(
        request,
        about=public_id,
        responses=responses_to(request.reader, parent),
        initial={"answers": request.GET.get("answers", "")[:12].replace("\0", ""), "verb": Response.Verb.SAY},
    )
    if request.method == "POST" and form.is_valid():
        try:
            response = actions.respond(
                to=parent,
                verb=form.cleaned_data["verb"],
                text=form.cleaned_data["text"],
                answers=form.cleaned_data["answers"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        except actions.AlreadySent:
            form.begin_anew()
        else:
            return redirect(f"{parent.get_absolute_url()}#response-{response.public_id}")
    answered = form.answerable.get(form["answers"].value() or "")
    context = context_of(request, parent, form=form) | {"answered": answered, "form": form}
    return render(request, "records/response_new.html", context, status=422 if form.errors else 200)


@require_safe
def response_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show one response on a page of its own: where its author still reads it after leaving the space."""
    response = record_or_404(request.reader, Response, public_id)
    readable = Record.objects.visible_to(request.reader).filter(pk=response.within_id)
    context = {
        "response": response,
        "withheld": response.words_withheld_from(request.user),
        "parent": readable.first(),
        "mine": response.is_by(request.user),
        "may_edit": may_edit(request.reader, response),
        "partnership": entered(request.reader, response),
    }
    return render(request, "records/response_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def response_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change the words of one's own response."""
    response = own_record_or_404(request.reader, Response, public_id)
    if not may_edit(request.reader, response):
        raise PermissionDenied("No longer in its space.")
    initial = {"text": response.text, "version": response.version}
    form = ResponseEditForm(request, about=public_id, initial=initial)
    context = {"form": form, "response": response, "record": response}
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(
                response,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                changes={"text": form.cleaned_data["text"]},
                key=form.cleaned_data["draft_key"],
                form=form.draft_form,
            )
        except actions.StaleVersion:
            return conflict(request, own_record_or_404(request.reader, Response, public_id), form)
        return redirect(_where(request, response))
    return render(request, "records/response_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def response_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take one's own response back, after a page that says what happens."""
    response = own_record_or_404(request.reader, Response, public_id)
    return withdraw_page(request, response, back=_where(request, response))


def _where(request: SignedInRequest, response: Response) -> str:
    """Return where a response is read: below its parent, or alone where the parent can no longer be read."""
    parent = Record.objects.visible_to(request.reader).filter(pk=response.within_id).first()
    if parent is None:
        return reverse("records:response-detail", args=[response.public_id])
    return f"{parent.get_absolute_url()}#response-{response.public_id}"


def conflict(request: SignedInRequest, saved: Record, form) -> HttpResponse:
    """Show both texts when somebody saved first: what is saved now, and what was typed, to be mended and saved."""
    form.take_version(saved.version)
    changes = changes_between(saved.text, str(form["text"].value()))
    return render(request, "records/conflict.html", {"record": saved, "form": form, "changes": changes}, status=409)


def withdraw_page(request: SignedInRequest, record: Record, *, back: str) -> HttpResponse:
    """Confirm that a shared record is taken back, and do it."""
    problem = ""
    if request.method == "POST":
        try:
            actions.withdraw(record, by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("Taken back. Nobody but you reads it now."))
            return redirect(back)
    elif record.is_private or record.withdrawn_at:
        raise Http404
    context = {"record": record, "back": back, "problem": problem}
    return render(request, "records/withdraw.html", context, status=409 if problem else 200)
