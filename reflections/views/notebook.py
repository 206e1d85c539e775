"""One's own notes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.drafts import open_drafts
from partnerships.http import SignedInRequest
from records.models import Record
from records.stream import page_of, with_readers


@require_safe
def notebook(request: SignedInRequest) -> HttpResponse:
    """Show one's own notes: those that nobody else reads, or with `?show=shared` those that others read too."""
    mine = Record.objects.visible_to(request.reader).written_by(request.user).in_stream()
    shared = request.GET.get("show") == "shared"
    kept_back = mine.exclude(withdrawn_at=None, set_aside_at=None)
    records = mine.shared().standing() if shared else mine.private() | kept_back
    before = request.GET.get("before", "")[:12].replace("\0", "")
    page = page_of(records, reader=request.reader, before=before, by="created_at")
    context = {
        "records": with_readers(request.reader, page.records),
        "shared": shared,
        "drafts": [] if shared or before else open_drafts(request.user),
        "older": f"?{'show=shared&' if shared else ''}before={page.older}" if page.older else "",
    }
    return render(request, "reflections/notebook.html", context)
