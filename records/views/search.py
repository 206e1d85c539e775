"""Finding words, people and organisations again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.http import SignedInRequest
from records.forms import SearchForm
from records.search.people import people_of
from records.search.results import LITTLE, Page, page_of, readable, tags_like


@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    """Show what fits, out of what the reader may read, the newest first; with nothing asked, what can be found here."""
    form = SearchForm(request, reader=request.reader)
    before = request.GET.get("before", "")[:12].replace("\0", "")
    context = {"form": form, "page": Page(), "chips": [{"label": label, "url": url} for label, url in form.chips()]}
    if form.finds and not form.errors:
        records = form.apply(readable(request.reader))
        page = page_of(records, form.asked, reader=request.reader, before=before)
        context["page"] = page
        context["older"] = f"?{form.query()}&before={page.older}" if page.older else ""
        if form.asked and not (before or form.is_narrowed):
            context["people"] = people_of(request.reader, form.asked, partnership=form.chosen)
        if not before and len(page.hits) < LITTLE:
            context["tags"] = tags_like(form.asked, reader=request.reader)
    return render(request, "records/search.html", context, status=422 if form.errors else 200)
