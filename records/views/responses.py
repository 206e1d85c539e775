"""Responding to a record, and what one may do with a response."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.http import SignedInRequest
from records import actions
from records.access import may_edit, own_record_or_404, record_or_404
from records.folding import may_set_aside
from records.forms import ResponseEditForm, ResponseForm
from records.models import Record, Response
from records.pages import entered, frame_of, responses_to, where_read

from .common import conflict, withdraw_page


@require_http_methods(["GET", "HEAD", "POST"])
def response_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Respond to a record: the whole page of its own, or the responses below the record's page."""
    parent = record_or_404(request.reader, Record, public_id)
    # A POST may come just after the record was taken back, and a draft be opened long after: their words are kept.
    gone = not parent.stands and request.method != "POST"
    if parent.space_id not in request.reader.spaces or parent.within_id:
        raise Http404
    form = ResponseForm(
        request,
        to=parent,
        responses=responses_to(request.reader, parent),
        initial={"answers": request.GET.get("answers", "")[:12].replace("\0", ""), "verb": Response.Verb.SAY},
    )
    if gone and form.kept_draft is None:
        raise Http404
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
    context = frame_of(request, parent, form=form) | {"answered": answered, "form": form, "gone": gone}
    return render(request, "records/response_new.html", context, status=422 if form.errors else 200)


@require_safe
def response_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show one response on a page of its own: where its author still reads it after leaving the space."""
    response = record_or_404(request.reader, Response, public_id)
    parent = Record.objects.visible_to(request.reader).filter(pk=response.within_id).for_rows(request.reader)
    response.looks_after = may_set_aside(request.reader, response)
    context = {
        "response": response,
        "parent": parent.first(),
        "mine": response.is_by(request.user),
        "may_edit": may_edit(request.reader, response),
        "is_inside": response.space_id in request.reader.spaces,
        "partnership": entered(request.reader, response),
    }
    return render(request, "records/response_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def response_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change the words of one's own response."""
    response = own_record_or_404(request.reader, Response, public_id)
    if not may_edit(request.reader, response):
        raise PermissionDenied("No longer in its space.")
    form = ResponseEditForm(request, response=response)
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
            saved = own_record_or_404(request.reader, Response, public_id)
            return conflict(request, saved, ResponseEditForm(request, response=saved))
        return redirect(where_read(request.reader, response))
    return render(request, "records/response_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def response_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take one's own response back, after a page that says what happens."""
    response = own_record_or_404(request.reader, Response, public_id)
    return withdraw_page(request, response, back=where_read(request.reader, response))
