"""Inviting to an organisation's people, for its admins and the site admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.access import organisation_or_404
from partnerships.forms.invitations import OrganisationInvitationForm, OrganisationListForm
from partnerships.http import SignedInRequest
from partnerships.places import Inviting

from . import inviting


@require_safe
def organisation_invitation_list(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show the invitations to an organisation's people."""
    return inviting.list_page(request, Inviting(organisation_or_404(request.reader, public_id)))


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_invite(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Invite one person to an organisation's people; a site admin may invite an admin."""
    organisation = organisation_or_404(request.reader, public_id)
    posted = request.POST if request.method == "POST" else None
    form = OrganisationInvitationForm(posted, appoints=request.user.is_staff)
    if form.is_forged:
        raise PermissionDenied("Appoints no admins.")
    return inviting.new_page(request, Inviting(organisation), form)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_import(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Invite many to an organisation's people, by a list."""
    organisation = organisation_or_404(request.reader, public_id)
    form = OrganisationListForm(request, about=organisation.public_id)
    return inviting.import_page(request, Inviting(organisation), form)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_invitation_renew(request: SignedInRequest, public_id: str, invitation: str) -> HttpResponse:
    """Send an invitation to an organisation's people again."""
    return inviting.renew_page(request, Inviting(organisation_or_404(request.reader, public_id)), invitation)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_invitation_withdraw(request: SignedInRequest, public_id: str, invitation: str) -> HttpResponse:
    """Take an invitation to an organisation's people back."""
    return inviting.withdraw_page(request, Inviting(organisation_or_404(request.reader, public_id)), invitation)
