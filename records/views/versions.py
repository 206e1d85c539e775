"""Former words of a record, which its author reads and nobody else."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.http import SignedInRequest
from records import kinds
from records.access import own_record_or_404
from records.former import differences_between, everything_in, former_versions, words_in
from records.pages import entered, where_read
from records.versions import words_at


@require_safe
def record_versions(request: SignedInRequest, kind: str, public_id: str) -> HttpResponse:
    """List the former versions of one's own record, the latest first."""
    record = own_record_or_404(request.reader, kinds.model_of(kind), public_id)
    context = {
        "record": record,
        "partnership": entered(request.reader, record),
        "versions": former_versions(record),
        "back": where_read(request.reader, record),
    }
    return render(request, "records/record_versions.html", context)


@require_safe
def record_version(request: SignedInRequest, kind: str, public_id: str, number: int) -> HttpResponse:
    """Show what one's own record said once, and what was changed in it then."""
    record = own_record_or_404(request.reader, kinds.model_of(kind), public_id)
    version = next((row for row in former_versions(record) if row.number == number), None)
    words = words_in(record, number)
    if version is None or words is None:
        raise Http404
    context = {
        "record": record,
        "partnership": entered(request.reader, record),
        "version": version,
        "passages": everything_in(words),
        "differences": differences_between(words, words_at(record, number + 1)),
    }
    return render(request, "records/record_version.html", context)
