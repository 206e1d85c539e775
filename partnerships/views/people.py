"""Who takes part."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models.memberships import current_members


@require_safe
def people_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show who takes part: from where, in which role, what they want to learn and can offer. Nothing countable."""
    partnership = membership_or_404(request.reader, slug).partnership
    members = current_members(partnership).with_roles().order_by("person__name")
    return render(request, "partnerships/people_list.html", {"partnership": partnership, "members": members})
