"""Inviting into a partnership, for those who look after its people."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.access import membership_or_404
from partnerships.forms.invitations import InvitationForm, InvitationListForm
from partnerships.http import SignedInRequest
from partnerships.models import Partnership
from partnerships.permissions import Permission, may, require
from partnerships.places import Inviting

from . import inviting


@require_safe
def invitation_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the invitations of a partnership."""
    return inviting.list_page(request, Inviting(_looked_after(request, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite one person into a partnership, in a role; a steward may invite with a duty."""
    partnership = _looked_after(request, slug)
    gives_duties = may(membership_or_404(request.reader, slug), Permission.GIVE_DUTIES)
    posted = request.POST if request.method == "POST" else None
    form = InvitationForm(posted, partnership=partnership, gives_duties=gives_duties)
    if form.is_forged:
        raise PermissionDenied("Gives no duties.")
    return inviting.new_page(request, Inviting(partnership), form)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_import(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite many into a partnership, by a list."""
    partnership = _looked_after(request, slug)
    form = InvitationListForm(request, about=partnership.slug)
    return inviting.import_page(request, Inviting(partnership), form)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_renew(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Send an invitation into a partnership again."""
    return inviting.renew_page(request, Inviting(_looked_after(request, slug)), public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_withdraw(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Take an invitation into a partnership back."""
    return inviting.withdraw_page(request, Inviting(_looked_after(request, slug)), public_id)


def _looked_after(request: SignedInRequest, slug: str) -> Partnership:
    """Return the partnership, for who looks after its people."""
    mine = membership_or_404(request.reader, slug)
    require(mine, Permission.LOOK_AFTER_PEOPLE)
    return mine.partnership
