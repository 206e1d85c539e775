"""Looking back: what I did myself, and in a partnership who came to be what."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk import deeds
from desk.models import AuditEvent
from partnerships.deeds import grants_in, whom_they_concern
from partnerships.http import SignedInRequest

from .saving import settings_membership


@require_safe
def deed_list(request: SignedInRequest) -> HttpResponse:
    """Show what I did, newest first, to nobody but me: what, when, and a link where it can still be read."""
    events, older = deeds.page_of(AuditEvent.objects.by(request.user), request.GET.get("before", ""))
    addresses = deeds.addresses_of(events, request.reader)
    rows = [{"event": row, "words": deeds.in_words(row), "url": addresses.get(row.pk)} for row in events]
    context = {"rows": rows, "older": f"?before={older}" if older else "", "menu": "account"}
    return render(request, "partnerships/deed_list.html", context)


@require_safe
def grant_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show those who look after a partnership who came, went and got which duty, and which spaces were opened."""
    partnership = settings_membership(request, slug).partnership
    events, older = deeds.page_of(grants_in(partnership), request.GET.get("before", ""))
    about = whom_they_concern(events)
    rows = [{"event": row, "words": deeds.in_words(row), "about": about.get(row.pk)} for row in events]
    context = {"partnership": partnership, "rows": rows, "older": f"?before={older}" if older else ""}
    return render(request, "partnerships/grant_list.html", context)
