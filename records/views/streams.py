"""Streams: of a partnership, and of the wider field."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from learnpartner.htmx import render_page
from partnerships import rooms
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Partnership
from partnerships.models.spaces import wider_field
from records.forms import StreamFilter
from records.stream import page_of, shared_in, with_readers


@require_safe
def stream(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the notes of a partnership that the reader may read, newest first, with filters."""
    membership = membership_or_404(request.reader, slug)
    return _stream_page(request, membership.partnership)


@require_safe
def landscape(request: SignedInRequest) -> HttpResponse:
    """Show the wider field, which everybody who can sign in reads."""
    return _stream_page(request, None)


def _stream_page(request: SignedInRequest, partnership: Partnership | None) -> HttpResponse:
    form = StreamFilter(request, reader=request.reader, partnership=partnership)
    before = request.GET.get("before", "")[:12].replace("\0", "")
    page = page_of(form.apply(shared_in(request.reader, partnership)), reader=request.reader, before=before)
    last_visit = request.user.last_visit_ended_at
    new = [row for row in page.records if last_visit and row.shared_at and row.shared_at > last_visit]
    context = {
        "partnership": partnership,
        "form": form,
        "chips": [{"label": label, "url": url} for label, url in form.chips()],
        "records": with_readers(request.reader, page.records),
        # The line stands between new and seen, so there must be both.
        "last_new": new[-1].pk if 0 < len(new) < len(page.records) else None,
        "older": f"?{form.query()}&before={page.older}".replace("?&", "?") if page.older else "",
        "filtered": bool(form.query()),
        "space": wider_field() if partnership is None else None,
        "room": rooms.word_for("notes", partnership) if partnership else "",
    }
    status = 422 if form.errors else 200
    return render_page(request, "records/stream.html", context, partials={"stream"}, status=status)
