"""Folding words that could identify somebody, putting them back, setting words aside, and lifting that."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.http import SignedInRequest
from records import actions, kinds
from records.access import record_or_404
from records.folding import may_put_back, may_set_aside, set_aside_by_space, why_not_fold, why_not_set_aside
from records.forms import FoldForm, PutBackForm, SetAsideForm
from records.models import Record
from records.pages import entered, where_read
from records.versions import token_of, version_of


def _context(request: SignedInRequest, record: Record) -> dict[str, Any]:
    return {
        "record": record,
        "partnership": entered(request.reader, record),
        "back": where_read(request.reader, record),
        "mine": record.is_by(request.user),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def record_fold(request: SignedInRequest, kind: str, public_id: str) -> HttpResponse:
    """Say "This could identify somebody": a page that tells what happens, and then it does."""
    record = record_or_404(request.reader, kinds.model_of(kind), public_id)
    if record.is_private:
        raise Http404
    form = FoldForm(request, about=f"{kind}/{public_id}", initial={"version": token_of(record)})
    context = _context(request, record) | {"form": form, "may_set_aside": may_set_aside(request.reader, record)}
    if context["mine"]:
        context["problem"] = why_not_fold(record, by=request.user)
        return render(request, "records/record_fold.html", context, status=403)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.fold(
                record,
                version=version_of(record, asked["version"]),
                words=asked["text"],
                key=asked["draft_key"],
                by=request.user,
            )
        except actions.StaleVersion:
            form.take_version(token_of(record_or_404(request.reader, Record, public_id)))
            form.add_error(None, _("Its author has changed it since you looked. Look once more: is it still so?"))
        except actions.AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Folded. Nobody but its author reads it now, and they are told why."))
            return redirect(context["back"])
    context["problem"] = "" if form.is_bound else why_not_fold(record, by=request.user)
    status = 422 if form.errors else 409 if context["problem"] else 200
    return render(request, "records/record_fold.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def record_put_back(request: SignedInRequest, kind: str, public_id: str) -> HttpResponse:
    """Put folded words back as they were, with a reason for their readers."""
    record = record_or_404(request.reader, kinds.model_of(kind), public_id)
    mine = record.is_by(request.user)
    if not record.folded_at and (request.method != "POST" or not mine):
        raise Http404
    if record.folded_at and not may_put_back(request.reader, record):
        raise PermissionDenied("Not its author, nor a steward in its space once the author is gone.")
    form = PutBackForm(request, about=f"{kind}/{public_id}")
    context = _context(request, record) | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_back(
                record, reason=form.cleaned_data["text"], key=form.cleaned_data["draft_key"], by=request.user
            )
        except actions.AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Put back. Its readers read it again, with your reason below it."))
            return redirect(context["back"])
    return render(request, "records/record_put_back.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def record_set_aside(request: SignedInRequest, kind: str, public_id: str) -> HttpResponse:
    """Set a record aside with a reason, as somebody who looks after its space."""
    record = record_or_404(request.reader, kinds.model_of(kind), public_id)
    if not may_set_aside(request.reader, record):
        raise PermissionDenied("Looks not after its space.")
    form = SetAsideForm(request, about=f"{kind}/{public_id}")
    context = _context(request, record) | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_aside(
                record, reason=form.cleaned_data["text"], key=form.cleaned_data["draft_key"], by=request.user
            )
        except actions.AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Set aside. Nobody but its author reads it now."))
            return redirect(context["back"])
    context["problem"] = "" if form.is_bound else why_not_set_aside(record)
    status = 422 if form.errors else 409 if context["problem"] else 200
    return render(request, "records/record_set_aside.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def record_lift(request: SignedInRequest, kind: str, public_id: str) -> HttpResponse:
    """Let a record stand again that was set aside by those who look after its space, after a page that confirms."""
    record = record_or_404(request.reader, kinds.model_of(kind), public_id)
    if not may_set_aside(request.reader, record):
        raise PermissionDenied("Looks not after its space.")
    context = _context(request, record)
    problem = ""
    if request.method == "POST":
        try:
            actions.lift(record, by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("Lifted. It stands as it did before."))
            return redirect(context["back"])
    elif set_aside_by_space(record) is None:
        raise Http404
    return render(request, "records/record_lift.html", context | {"problem": problem}, status=409 if problem else 200)
