"""Sources of a pattern: looking for one, adding it with a line, and taking it off; from either page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from landscape import actions
from landscape.access import (
    open_pattern_or_404,
    pattern_or_404,
    patterns_for,
    record_to_cite_or_404,
    source_or_404,
    still_to_cite,
)
from landscape.forms import FindForm, SourceForm
from landscape.models import Stance
from partnerships.http import SignedInRequest
from records.saving import is_saved
from records.stream import page_of


@require_safe
def source_find(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show what is read in the pattern's space and can become a source, the newest first; `?q=` and `?kind=` narrow it.

    `?stance=` goes along to the form that adds one.
    """
    pattern = open_pattern_or_404(request.reader, public_id)
    form = FindForm(request.GET)
    rows = form.apply(still_to_cite(request.reader, pattern))
    before = request.GET.get("before", "")[:12].replace("\0", "")
    page = page_of(rows, reader=request.reader, before=before)
    asked = request.GET.copy()
    asked["before"] = page.older
    stance = request.GET.get("stance", "")
    context = {
        "pattern": pattern,
        "partnership": pattern.partnership,
        "form": form,
        "records": page.records,
        "older": f"?{asked.urlencode()}" if page.older else "",
        "stance": stance if stance in Stance.values else "",
        "who_reads": request.reader.who_reads(pattern.space),
    }
    return render(request, "landscape/source_find.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def source_new(request: SignedInRequest, public_id: str, record_id: str) -> HttpResponse:
    """Add a record of the same space as a source that agrees or disagrees, with a line."""
    pattern = open_pattern_or_404(request.reader, public_id)
    record = record_to_cite_or_404(request.reader, record_id)
    if record.space_id != pattern.space_id or record.pk == pattern.pk:
        raise Http404
    form = SourceForm(request, pattern=pattern, record=record, stance=request.GET.get("stance", ""))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("stance", "why")}
        key = form.cleaned_data["draft_key"]
        if is_saved(form, lambda: actions.add_source(pattern=pattern, record=record, by=request.user, key=key, **said)):
            messages.success(request, _("It is a source now. Nobody reads more of it than before."))
            return redirect(f"{pattern.get_absolute_url()}#sources")
    context = {
        "pattern": pattern,
        "record": record,
        "mine": record.is_by(request.user),
        "partnership": pattern.partnership,
        "form": form,
        "draft": form.kept_draft,
    }
    return render(request, "landscape/source_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def source_delete(request: SignedInRequest, public_id: str, source_id: str) -> HttpResponse:
    """Take a source off a pattern, after a page that shows the line that goes with it."""
    pattern = pattern_or_404(request.reader, public_id)
    source = source_or_404(request.reader, pattern, source_id)
    if request.method == "POST":
        actions.take_off_source(source=source, by=request.user)
        messages.success(request, _("No source any more. Both stay as they are."))
        return redirect(f"{pattern.get_absolute_url()}#sources")
    context = {"pattern": pattern, "partnership": pattern.partnership, "source": source, "record": source.source}
    return render(request, "landscape/source_delete.html", context)


@require_safe
def source_of(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Choose the pattern of which a record becomes a source, or begin one with it."""
    record = record_to_cite_or_404(request.reader, public_id)
    patterns = list(patterns_for(request.reader, record).for_rows(request.reader)[:60])
    context = {
        "record": record,
        "partnership": record.partnership,
        "patterns": patterns,
        "who_reads": request.reader.who_reads(record.space),
    }
    return render(request, "landscape/source_of.html", context)
