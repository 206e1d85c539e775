"""Links between records."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.http import SignedInRequest
from records import actions, links
from records.access import link_or_404, record_or_404
from records.models import Record


@require_http_methods(["GET", "HEAD", "POST"])
def link_delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take off that one's record grew from another, after a page that says what happens."""
    link = link_or_404(request.reader, public_id)
    grown = record_or_404(request.reader, Record, link.grown.public_id)
    if request.method == "POST":
        actions.remove_link(link=link, by=request.user)
        messages.success(request, _("Taken off. Both stay as they are."))
        return redirect(grown)
    sources = [row for row in links.around(request.reader, grown).sources if getattr(row, "link", "") == link.public_id]
    context = {"link": link, "record": grown, "source": sources[0] if sources else None}
    return render(request, "records/link_delete.html", context)
