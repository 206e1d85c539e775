"""Noting who was at a session."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from convening import actions
from convening.access import hosted_session_or_404, open_session_or_404
from convening.forms import WhetherForm
from partnerships.http import SignedInRequest


@require_POST
def attendance_note(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Tick who was there; its host does."""
    session = hosted_session_or_404(request.reader, public_id)
    try:
        actions.note_attendance(session=session, present=request.POST.getlist("there"), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted. Each can correct their own line."))
    return redirect(f"{session.get_absolute_url()}#there")


@require_POST
def attendance_correct(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say of oneself whether one was there."""
    session = open_session_or_404(request.reader, public_id)
    form = WhetherForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["answer"])))
    else:
        try:
            actions.correct_attendance(session=session, was_there=form.says_yes, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Noted, as you say it."))
    return redirect(f"{session.get_absolute_url()}#there")
