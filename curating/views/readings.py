"""Saying how something in the library reads, and what one may do with one's own reading."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curating import actions
from curating.access import open_object_or_404
from curating.forms import ReadingEditForm, ReadingForm
from curating.models import BoundaryObject, Reading
from partnerships.http import SignedInRequest
from records import actions as record_actions
from records.access import may_edit, own_record_or_404, record_or_404
from records.folding import may_set_aside
from records.pages import entered, who_reads
from records.saving import saved_by
from records.views import conflict
from records.views.common import withdraw_page


@require_http_methods(["GET", "HEAD", "POST"])
def reading_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say how it reads to one's role, or to one's organisation."""
    found = open_object_or_404(request.reader, public_id)
    readers = list(found.space.members().with_roles()) if found.space else []
    last = found.kept_versions.first()
    number = last.number if last else 1
    form = ReadingForm(request, reader=request.reader, boundary_object=found, readers=readers, last=number)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("way", "text")}
        typed |= {"of_version": form.cleaned_data["of_version"] or number, "key": form.cleaned_data["draft_key"]}
        if saved_by(form, lambda: actions.read(of=found, by=request.user, **typed)):
            messages.success(request, _("It stands beside the others. All here can read it."))
            return redirect(f"{found.get_absolute_url()}#readings")
    context = {"object": found, "partnership": found.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "curating/reading_new.html", context, status=422 if form.errors else 200)


@require_safe
def reading_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a reading on a page of its own: its author reads it there after leaving, too."""
    reading = record_or_404(request.reader, Reading, public_id)
    reading.looks_after = may_set_aside(request.reader, reading)
    found = _object_of(request, reading)
    context = {
        "reading": reading,
        "record": reading,
        "object": found,
        "mine": reading.is_by(request.user),
        "may_edit": found is not None and may_edit(request.reader, reading),
        "looks_after": reading.looks_after,
        "is_inside": reading.space_id in request.reader.spaces,
        "partnership": entered(request.reader, reading),
        "who_reads": who_reads(request.reader, reading),
    }
    return render(request, "curating/reading_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reading_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change the words of one's own reading."""
    reading = own_record_or_404(request.reader, Reading, public_id)
    found = _object_of(request, reading)
    if found is None or not may_edit(request.reader, reading):
        raise PermissionDenied("No longer in its space.")
    form = ReadingEditForm(request, reading=reading)
    if request.method == "POST" and form.is_valid():
        try:
            record_actions.edit(
                reading,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                changes={"text": form.cleaned_data["text"]},
                key=form.cleaned_data["draft_key"],
                form="reading-edit",
            )
        except record_actions.StaleVersion:
            now = own_record_or_404(request.reader, Reading, public_id)
            return conflict(request, now, ReadingEditForm(request, reading=now))
        return redirect(reading)
    context = {"form": form, "reading": reading, "record": reading, "object": found}
    context |= {"partnership": found.partnership, "draft": form.kept_draft}
    return render(request, "curating/reading_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reading_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take one's own reading back, after a page that says what happens."""
    reading = own_record_or_404(request.reader, Reading, public_id)
    return withdraw_page(request, reading, back=reading.get_absolute_url())


def _object_of(request: SignedInRequest, reading: Reading) -> BoundaryObject | None:
    """Return what it is a reading of, while the reader may read that."""
    readable = BoundaryObject.objects.visible_to(request.reader).with_words_for(request.reader)
    return readable.filter(pk=reading.within_id).select_related("space__partnership", "partnership").first()
