"""Checking in on a tension, and what one may do with one's own check-in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conversing import actions
from conversing.access import open_tension_or_404
from conversing.forms import CheckInEditForm, CheckInForm
from conversing.models import CheckIn, Tension
from partnerships.http import SignedInRequest
from records import actions as record_actions
from records.access import may_edit, own_record_or_404, record_or_404
from records.folding import may_set_aside
from records.models import Record
from records.pages import entered, who_reads
from records.saving import saved_by
from records.views import conflict
from records.views.common import withdraw_page


@require_http_methods(["GET", "HEAD", "POST"])
def check_in_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say where a tension feels today, and why."""
    tension = open_tension_or_404(request.reader, public_id)
    form = CheckInForm(request, reader=request.reader, tension=tension)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("lean", "text", "wish")}
        key = form.cleaned_data["draft_key"]
        if saved_by(form, lambda: actions.check_in(on=tension, by=request.user, key=key, **typed)):
            messages.success(request, _("Checked in. All here can read it."))
            return redirect(f"{tension.get_absolute_url()}#over-time")
    context = {"tension": tension, "partnership": tension.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "conversing/check_in_new.html", context, status=422 if form.errors else 200)


@require_safe
def check_in_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a check-in on a page of its own: its author reads it there after leaving, too."""
    check_in = record_or_404(request.reader, CheckIn, public_id)
    check_in.looks_after = may_set_aside(request.reader, check_in)
    tension = _tension_of(request, check_in)
    context = {
        "check_in": check_in,
        "record": check_in,
        "tension": tension,
        "mine": check_in.is_by(request.user),
        "may_edit": tension is not None and may_edit(request.reader, check_in),
        "looks_after": check_in.looks_after,
        "is_inside": check_in.space_id in request.reader.spaces,
        "partnership": entered(request.reader, check_in),
        "who_reads": who_reads(request.reader, check_in),
    }
    return render(request, "conversing/check_in_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change where it was, or why, in one's own check-in."""
    check_in = own_record_or_404(request.reader, CheckIn, public_id)
    tension = _tension_of(request, check_in)
    if tension is None or not may_edit(request.reader, check_in):
        raise PermissionDenied("No longer in its space.")
    form = CheckInEditForm(request, reader=request.reader, tension=tension, check_in=check_in)
    if request.method == "POST" and form.is_valid():
        try:
            record_actions.edit(
                check_in,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                changes=form.said(),
                key=form.cleaned_data["draft_key"],
                form="check-in-edit",
            )
        except record_actions.StaleVersion:
            now = own_record_or_404(request.reader, CheckIn, public_id)
            return conflict(
                request, now, CheckInEditForm(request, reader=request.reader, tension=tension, check_in=now)
            )
        return redirect(check_in)
    context = {
        "form": form,
        "check_in": check_in,
        "record": check_in,
        "tension": tension,
        "partnership": tension.partnership,
        "draft": form.kept_draft,
    }
    return render(request, "conversing/check_in_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take one's own check-in back, after a page that says what happens."""
    check_in = own_record_or_404(request.reader, CheckIn, public_id)
    return withdraw_page(request, check_in, back=check_in.get_absolute_url())


def _tension_of(request: SignedInRequest, check_in: Record) -> Tension | None:
    """Return the tension that it is on, while the reader may read it."""
    readable = Tension.objects.visible_to(request.reader).with_words_for(request.reader)
    return readable.filter(pk=check_in.within_id).select_related("space__partnership", "partnership").first()
