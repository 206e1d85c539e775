"""The versions of something in the library, and its files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curating import actions
from curating.access import file_or_404, may_take_file_off, object_or_404, open_object_or_404, versions_of
from curating.models import BoundaryObject
from partnerships.http import SignedInRequest
from records.former import differences_between
from records.pages import entered


def _read_whole(request: SignedInRequest, public_id: str) -> BoundaryObject:
    """Return something in the library whose words are read; to whom they are withheld from, no version is there."""
    found = object_or_404(request.reader, public_id)
    if found.words_withheld:
        raise Http404
    return found


@require_safe
def version_list(request: SignedInRequest, public_id: str) -> HttpResponse:
    """List all versions, the latest first, each with its line on what changed."""
    found = _read_whole(request, public_id)
    context = {
        "object": found,
        "partnership": entered(request.reader, found),
        "versions": versions_of(request.reader, found).defer("title", "why", "text"),
        "has_hidden": found.kept_versions.filter(is_hidden=True).exists(),
    }
    return render(request, "curating/version_list.html", context)


@require_safe
def version_detail(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    """Show what it said in one version, its files, and how it differs from the one before."""
    found = _read_whole(request, public_id)
    # A number from an address may be larger than the database takes.
    kept = list(versions_of(request.reader, found).values_list("number", flat=True))
    until = [row for row in kept if row <= number]
    if number not in until:
        raise Http404
    rows = list(versions_of(request.reader, found).filter(number__in=until[:2]).prefetch_related("files"))
    version, before = rows[0], rows[1] if len(rows) > 1 else None
    context = {
        "object": found,
        "partnership": entered(request.reader, found),
        "version": version,
        "before": before,
        "is_latest": number == kept[0],
        "differences": differences_between(before.words, version.words) if before else [],
        "files_new": [row for row in version.kept_files if before and row not in before.kept_files],
        "files_gone": [row for row in before.kept_files if row not in version.kept_files] if before else [],
    }
    return render(request, "curating/version_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def file_delete(request: SignedInRequest, public_id: str, file_id: str) -> HttpResponse:
    """Delete a file for good, out of every version, after a page that names it once more."""
    found = open_object_or_404(request.reader, public_id)
    file = file_or_404(found, file_id)
    if not may_take_file_off(request.reader, found, file):
        raise PermissionDenied("Neither who brought it, nor the curator.")
    if request.method == "POST":
        actions.take_file_off(boundary_object=found, file=file, by=request.user)
        messages.success(request, _("Deleted for good, out of every version."))
        return redirect(found)
    context = {"file": file, "object": found, "partnership": found.partnership}
    return render(request, "curating/file_delete.html", context)
