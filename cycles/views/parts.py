"""Saying of what something is part."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cycles import actions
from cycles.access import part_or_404, record_to_put_or_404
from cycles.forms import PartForm
from cycles.parts import offered, wholes_of
from partnerships.http import SignedInRequest
from records.pages import entered


@require_http_methods(["GET", "HEAD", "POST"])
def part_of(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say that a note, a session or whatever else is part of a cycle or an activity, or begin one with it."""
    record = record_to_put_or_404(request.reader, public_id)
    partnership = entered(request.reader, record)
    now = wholes_of(request.reader, record)
    there = {row.whole_id for row in now}
    choices = offered(request.reader, partnership, but=record) if partnership else []
    form = PartForm(
        request.POST if request.method == "POST" else None, wholes=[row for row in choices if row.pk not in there]
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_part(record=record, whole=form.chosen(), by=request.user)
        except ValidationError as error:
            form.add_error("whole", error)
        else:
            messages.success(request, _("Said. Whoever reads both sees it on both pages."))
            return redirect(record)
    context = {"record": record, "partnership": partnership, "form": form, "now": now}
    return render(request, "cycles/part_of.html", context, status=422 if form.errors else 200)


@require_POST
def part_delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say that something is no part of it any more."""
    part = part_or_404(request.reader, public_id)
    actions.remove_part(part=part, by=request.user)
    messages.success(request, _("It is no part of it any more. Both stay as they are."))
    return redirect(part.record)
