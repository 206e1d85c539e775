"""What an invited person sees, before any account exists: the invitation, and its two answers.

Looking changes nothing, however often a mail scanner looks: only a POST answers. Who has the link has the mail, so the
page may say whom it is from. It says nothing of the members, nor whether the address has an account.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.entrance import sign_in
from partnerships import actions
from partnerships.access import invitation_or_404
from partnerships.agreements import current_agreement
from partnerships.forms.invitations import NewcomerForm
from partnerships.http import SignedInRequest
from partnerships.invitations import Place, Standing, belongs_already, holds_address, standing_of
from partnerships.models import Invitation, Partnership, Space
from partnerships.power import power_among
from partnerships.supervision import TOO_NEAR, why_not_you


@login_not_required
@require_safe
def invitation_detail(request: SignedInRequest, token: str) -> HttpResponse:
    """Show an invitation, or what has become of it."""
    return _page(request, invitation_or_404(token), token)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: SignedInRequest, token: str) -> HttpResponse:
    """Accept: signed in with the invited address by one button, otherwise with a name and a password."""
    invitation = invitation_or_404(token)
    if request.method != "POST":
        return _page(request, invitation, token)
    if not request.user.is_authenticated:
        return _accept_as_newcomer(request, invitation, token)
    try:
        actions.accept_invitation(invitation=invitation, by=request.user)
    except PermissionDenied:
        return redirect("partnerships:invitation-detail", token)
    except ValidationError as error:
        return _refused(request, invitation, token, error)
    messages.success(request, _("Welcome. You have accepted the invitation."))
    return redirect(_first_steps(invitation.place, is_new=False))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_decline(request: SignedInRequest, token: str) -> HttpResponse:
    """Decline by one click, and be forgotten."""
    invitation = invitation_or_404(token)
    standing = standing_of(invitation)
    if request.method == "POST":
        if standing == Standing.OPEN:
            try:
                actions.decline_invitation(invitation=invitation)
            except ValidationError as error:
                return _refused(request, invitation, token, error)
        return redirect("partnerships:invitation-detail", token)
    if standing != Standing.OPEN:
        return _page(request, invitation, token)
    return render(request, "partnerships/invitation_decline.html", {"invitation": invitation, "token": token})


def _accept_as_newcomer(request: SignedInRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Open the account and sign in, or say what is missing; who has an account is asked to sign in, here only."""
    if standing_of(invitation) != Standing.OPEN:
        return redirect("partnerships:invitation-detail", token)
    form = NewcomerForm(request.POST, email=invitation.email, name=invitation.name)
    if not form.is_valid():
        return _page(request, invitation, token, form=form)
    try:
        person = actions.accept_with_new_account(
            invitation=invitation, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
        )
    except ValidationError as error:
        if getattr(error, "code", "") == "email_taken":
            messages.info(request, _("You have an account with this address already. Sign in, and accept then."))
            back = reverse("partnerships:invitation-detail", args=[token])
            return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
        return _refused(request, invitation, token, error)
    return sign_in(request, person, then=_first_steps(invitation.place, is_new=True))


def _refused(request: SignedInRequest, invitation: Invitation, token: str, error: ValidationError) -> HttpResponse:
    """Say why it could not be: where the invitation is over meanwhile, its page does."""
    now = invitation_or_404(token)
    is_there = request.user.is_authenticated and belongs_already(request.user, now.place)
    if standing_of(now) != Standing.OPEN or is_there:
        return redirect("partnerships:invitation-detail", token)
    # To who invites, it says nothing of supervision; here the invited person reads it.
    too_near = getattr(error, "code", "") == TOO_NEAR
    return _page(request, now, token, problem=why_not_you() if too_near else " ".join(error.messages))


def _page(
    request: SignedInRequest, invitation: Invitation, token: str, *, form: NewcomerForm | None = None, problem: str = ""
) -> HttpResponse:
    """Choose the page by what has become of the invitation, and by who looks."""
    standing = standing_of(invitation)
    someone = request.user if request.user.is_authenticated else None
    context: dict[str, Any] = {"invitation": invitation, "token": token, "standing": standing.value}
    context["is_mine"] = bool(someone) and holds_address(someone, invitation)
    if someone and standing in {Standing.OPEN, Standing.ACCEPTED} and belongs_already(someone, invitation.place):
        return render(request, "partnerships/invitation_there.html", context)
    if standing != Standing.OPEN:
        status = 200 if standing == Standing.DECLINED else 410
        return render(request, "partnerships/invitation_over.html", context, status=status)
    if someone and not context["is_mine"]:
        return render(request, "partnerships/invitation_elsewhere.html", context)
    context |= {"problem": problem, "form": form or NewcomerForm(None, email=invitation.email, name=invitation.name)}
    context |= _what_one_joins(invitation.place)
    status = 409 if problem else 422 if form else 200
    return render(request, "partnerships/invitation_detail.html", context, status=status)


def _what_one_joins(place: Place) -> dict[str, Any]:
    """Return what is told of a partnership beforehand: what was agreed, and whether people with power take part."""
    if not isinstance(place, Partnership):
        return {}
    everyone = place.spaces.get(kind=Space.Kind.EVERYONE)
    power = power_among(everyone, list(everyone.members().with_roles()))
    return {
        "agreement": current_agreement(place),
        "some_decide": bool(power.deciding),
        "some_manage": bool(power.managing),
    }


def _first_steps(place: Place, *, is_new: bool) -> str:
    """Return the first page after accepting, which leads on to the others: mails, agreement, welcome."""
    onward = resolve_url(settings.LOGIN_REDIRECT_URL)
    if isinstance(place, Partnership):
        onward = reverse("partnerships:partnership-welcome", args=[place.slug])
        onward = f"{reverse('partnerships:agreement-detail', args=[place.slug])}?{urlencode({'next': onward})}"
    return f"{reverse('partnerships:mail-edit')}?{urlencode({'next': onward})}" if is_new else onward
