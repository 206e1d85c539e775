"""Reflective supervision: who supervises, what each brings, when people met, and what others are told of it."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.access import membership_or_404
from partnerships.actions.supervision import bring_partnerships, forget_meeting, note_meeting
from partnerships.forms.supervision import BringForm, MeetingForm
from partnerships.http import SignedInRequest
from partnerships.models import Membership, Partnership
from partnerships.supervision import brought_to, is_supervisor


def _supervision_or_404(request: SignedInRequest, slug: str) -> Membership:
    membership = membership_or_404(request.reader, slug)
    if membership.partnership.kind != Partnership.Kind.SUPERVISION:
        raise Http404
    return membership


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a supervision to its members, and note a day on which they met."""
    membership = _supervision_or_404(request, slug)
    partnership = membership.partnership
    form = MeetingForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        note_meeting(partnership=partnership, met_on=form.cleaned_data["met_on"], by=request.user)
        messages.success(request, _("Noted. Other partnerships are told the month, and nothing else."))
        return redirect("partnerships:supervision-detail", slug)
    context = {
        "partnership": partnership,
        "form": form,
        "members": brought_to(partnership),
        "may_bring": not is_supervisor(membership),
        "meetings": partnership.supervision_meetings.order_by("-met_on"),
    }
    return render(request, "partnerships/supervision_detail.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Name the partnerships that one brings to one's supervision."""
    membership = _supervision_or_404(request, slug)
    if is_supervisor(membership):
        raise PermissionDenied("Supervises here, and brings nothing.")
    form = BringForm(request.POST if request.method == "POST" else None, membership=membership)
    if request.method == "POST" and form.is_valid():
        try:
            bring_partnerships(membership=membership, partnerships=form.partnerships(), by=request.user)
        except ValidationError as error:
            form.add_error("brings", error)
        else:
            messages.success(request, _("Saved."))
            return redirect("partnerships:supervision-detail", slug)
    context = {"partnership": membership.partnership, "form": form}
    return render(request, "partnerships/supervision_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_meeting_delete(request: SignedInRequest, slug: str, day: str) -> HttpResponse:
    """Take out a day that was noted by mistake, after a page that asks."""
    membership = _supervision_or_404(request, slug)
    try:
        met_on = date.fromisoformat(day)
    except ValueError:
        raise Http404
    meeting = membership.partnership.supervision_meetings.filter(met_on=met_on).first()
    if meeting is None:
        raise Http404
    if request.method == "POST":
        forget_meeting(meeting=meeting, by=request.user)
        messages.success(request, _("Taken out."))
        return redirect("partnerships:supervision-detail", slug)
    context = {"partnership": membership.partnership, "meeting": meeting}
    return render(request, "partnerships/supervision_meeting_delete.html", context)
