"""The pages on which people are invited. They are the same for a partnership and for an organisation."""

from itertools import batched
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.step_up import require_step_up
from desk.models import Draft
from partnerships import actions
from partnerships.forms.invitations import InvitationForm, InvitationListForm, OrganisationInvitationForm
from partnerships.http import SignedInRequest
from partnerships.invitation_list import Preview, look_at
from partnerships.invitations import Invitee, lacks_agreement
from partnerships.models import Invitation
from partnerships.places import Inviting

AT_A_TIME = 25


def list_page(request: SignedInRequest, inviting: Inviting) -> HttpResponse:
    """Show who is invited, whose invitation has run out, and who has come; of those who declined, how many."""
    invitations = Invitation.objects.to(inviting.place).select_related("accepted_by", "organisation", "partnership")
    unanswered = list(invitations.unanswered().order_by("expires_at", "pk"))
    here = inviting.people_here()
    accepted = invitations.exclude(accepted_at=None).filter(accepted_by__in=here).order_by("accepted_by__name")
    context = {
        "inviting": inviting,
        "open": [_with_pages(inviting, row) for row in unanswered if row.is_open],
        "expired": [_with_pages(inviting, row) for row in unanswered if not row.is_open],
        "accepted": list({row.accepted_by_id: str(row.accepted_by) for row in accepted}.values()),
        "declined": invitations.exclude(declined_at=None).count(),
        "lacks_agreement": lacks_agreement(inviting.place),
    }
    return render(request, "partnerships/invitation_list.html", _around(inviting, context))


def new_page(
    request: SignedInRequest, inviting: Inviting, form: InvitationForm | OrganisationInvitationForm
) -> HttpResponse:
    """Invite one person."""
    lacking = lacks_agreement(inviting.place)
    again = ""
    if request.method == "POST" and not lacking and form.is_valid():
        invitee = form.invitee()
        if invitee.gets_a_duty:
            require_step_up(request)
        try:
            actions.invite(place=inviting.place, invitee=invitee, by=request.user)
        except ValidationError as error:
            form.add_error("email", error)
            invited = Invitation.objects.open().to(inviting.place).filter(email=invitee.email).first()
            again = inviting.page("renew", invited) if invited else ""
        else:
            messages.success(request, _("An invitation is on its way to %(address)s.") % {"address": invitee.email})
            return redirect(inviting.list_page)
    context = {"inviting": inviting, "form": form, "lacks_agreement": lacking, "again": again}
    status = 422 if request.method == "POST" else 200
    return render(request, "partnerships/invitation_new.html", _around(inviting, context), status=status)


def import_page(request: SignedInRequest, inviting: Inviting, form: InvitationListForm) -> HttpResponse:
    """Invite many: read the list, show line by line what will be sent or what is wrong, and send on a second click."""
    lacking = lacks_agreement(inviting.place)
    preview = None
    if request.method == "POST" and not lacking and form.is_valid():
        try:
            preview = look_at(form.cleaned_data["people"], place=inviting.place, by=request.user)
        except ValidationError as error:
            form.add_error("file" if form.cleaned_data["file"] else "people", error)
        else:
            if "send" in request.POST and form.was_sent:
                messages.info(request, _("This list has been sent already."))
                return redirect(inviting.list_page)
            if "send" in request.POST and form.was_looked_at and preview.invitees:
                return _send(request, inviting, form, preview)
    context = {
        "inviting": inviting,
        "form": form,
        "preview": preview,
        "lacks_agreement": lacking,
        "changed": preview and "send" in request.POST,
        "draft": form.kept_draft,
    }
    status = 422 if form.errors or (lacking and request.method == "POST") else 200
    return render(request, "partnerships/invitation_import.html", _around(inviting, context), status=status)


def renew_page(request: SignedInRequest, inviting: Inviting, public_id: str) -> HttpResponse:
    """Send an invitation again: a new link, and seven more days."""
    invitation = _unanswered_or_404(inviting, public_id)
    problem = ""
    if request.method == "POST":
        try:
            actions.renew_invitation(invitation=invitation, by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("Sent again to %(address)s.") % {"address": invitation.email})
            return redirect(inviting.list_page)
    context = {"inviting": inviting, "invitation": invitation, "problem": problem}
    status = 409 if problem else 200
    return render(request, "partnerships/invitation_renew.html", _around(inviting, context), status=status)


def withdraw_page(request: SignedInRequest, inviting: Inviting, public_id: str) -> HttpResponse:
    """Take an invitation back, after a page that says what that does."""
    invitation = _unanswered_or_404(inviting, public_id)
    if request.method == "POST":
        try:
            actions.withdraw_invitation(invitation=invitation, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Withdrawn. The link in the mail leads to nothing now."))
        return redirect(inviting.list_page)
    context = {"inviting": inviting, "invitation": invitation}
    return render(request, "partnerships/invitation_withdraw.html", _around(inviting, context))


def _around(inviting: Inviting, context: dict[str, Any]) -> dict[str, Any]:
    """Add what the bar and the menu of a page go by."""
    return context | {"partnership": inviting.partnership} if inviting.partnership else context


def _with_pages(inviting: Inviting, row: Invitation) -> dict[str, Any]:
    return {"row": row, "renew": inviting.page("renew", row), "withdraw": inviting.page("withdraw", row)}


def _unanswered_or_404(inviting: Inviting, public_id: str) -> Invitation:
    rows = Invitation.objects.unanswered().to(inviting.place).select_related("partnership", "organisation")
    invitation = rows.filter(public_id=public_id).first()
    if invitation is None:
        raise Http404
    return invitation


def _send(request: SignedInRequest, inviting: Inviting, form: InvitationListForm, preview: Preview) -> HttpResponse:
    """Send what can be sent, and say which lines were left out.

    Some at a time, so that nobody else has to wait until all are written. Should it break off, the list can be sent
    once more: nobody is invited twice.
    """
    left_out: list[Invitee] = []
    for some in batched(preview.invitees, AT_A_TIME):
        left_out += actions.invite_all(place=inviting.place, invitees=some, by=request.user)
    Draft.use(author=request.user, key=form.key, form=form.draft_form)
    lines = [str(line.number) for line in preview.lines if not line.invitee or line.invitee in left_out]
    sent = len(preview.lines) - len(lines)
    words = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", sent) % {"n": sent}
    if lines:
        left = ngettext("Line %(lines)s was left out.", "Lines %(lines)s were left out.", len(lines))
        words += " " + left % {"lines": get_text_list(lines, _("and"))}
    messages.success(request, words)
    return redirect(inviting.list_page)
