"""The first page in a partnership, for who has just come."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.shelf import shelf_of


@require_safe
def partnership_welcome(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what this is, that nothing is shared until one chooses, and where to begin."""
    partnership = membership_or_404(request.reader, slug).partnership
    context = {
        "partnership": partnership,
        "shelf": shelf_of(request.reader, partnership),
        "talk_on": partnership.talk_on if partnership.talk_on and partnership.talk_on >= timezone.localdate() else None,
    }
    return render(request, "partnerships/partnership_welcome.html", context)
