"""What the library of a partnership holds: the list, bringing something in, its page, and a new version."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curating import actions
from curating.access import is_curator, may_take_part, object_or_404, open_object_or_404, readings_of, versions_of
from curating.forms import ObjectEditForm, ObjectForm, ReadingForm, UseForm
from curating.lists import shelves_of, with_first_picture
from curating.models import BoundaryObject, Sort
from curating.readings.columns import columns_of, not_heard
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records import wholes
from records.actions import StaleVersion
from records.folding import may_set_aside
from records.pages import context_of, frame_of
from records.saving import is_saved, saved_by
from records.stream import page_of, with_readers
from records.views import conflict

LINES_SHOWN = 4


@require_safe
def library_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what a partnership's library holds, by kind; `?sort=` keeps one of them."""
    partnership = membership_or_404(request.reader, slug).partnership
    rows = BoundaryObject.objects.visible_to(request.reader).filter(partnership=partnership).standing()
    rows = rows.with_words_for(request.reader).with_last_change()  # type: ignore[attr-defined]
    sort = request.GET.get("sort", "")
    if sort in Sort.values:
        rows = rows.filter(sort=sort)
    page = page_of(rows, reader=request.reader, before=request.GET.get("before", "")[:12].replace("\0", ""))
    found = with_first_picture(with_readers(request.reader, page.records))
    chosen = f"sort={sort}&" if sort in Sort.values else ""
    context = {
        "partnership": partnership,
        "shelves": shelves_of(found),
        "sorts": Sort.choices,
        "sort": sort,
        "older": f"?{chosen}before={page.older}" if page.older else "",
    }
    return render(request, "curating/library_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def library_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Bring something in. `?from=` keeps a response or words of a session; `?part-of=` begins within a whole."""
    partnership = membership_or_404(request.reader, slug).partnership
    form = ObjectForm(request, reader=request.reader, partnership=partnership)
    form.keep_files()
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = saved_by(
            form,
            lambda: actions.add_object(
                space=form.spaces[typed["space"]],
                files=form.said_of_files(),
                origin=form.origin,
                by=request.user,
                key=typed["draft_key"],
                **form.said(),
            ),
        )
        if made:
            wholes.begin_within(made, whole=typed["part_of"], by=request.user)
            messages.success(request, _("It is in the library. How does it read to you?"))
            return redirect(made)
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft}
    return render(request, "curating/library_new.html", context, status=422 if form.errors else 200)


@require_safe
def object_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show something in the library: what it is, how it reads to whom, its versions, and where it was used."""
    found = object_or_404(request.reader, public_id)
    if found.words_withheld:
        return render(request, "records/withheld.html", frame_of(request, found))
    return render(request, "curating/object_detail.html", context_of_object(request, found))


def context_of_object(request: SignedInRequest, found: BoundaryObject) -> dict[str, Any]:
    """Return what the page of something in the library shows to this reader."""
    reader = request.reader
    versions = list(versions_of(reader, found).defer("title", "why", "text"))
    readings = list(readings_of(reader, found))
    looks_after = bool(readings) and may_set_aside(reader, readings[0])
    for row in readings:
        row.looks_after = looks_after and not row.is_by(reader.person)
    readers = list(found.space.members().with_roles()) if found.space else []
    takes_part = may_take_part(reader, found) and found.stands
    last = versions[0].number if versions else 1
    form = None
    if takes_part:
        form = ReadingForm(request, reader=reader, boundary_object=found, readers=readers, last=last)
        form.auto_id = "reading_%s"
    columns = columns_of(readings)
    curates = any(row.person_id == found.curator_id for row in readers)
    return {
        **context_of(request, found),
        "object": found,
        "files": versions[0].kept_files if versions else [],
        "versions": versions[:LINES_SHOWN],
        "has_more_versions": len(versions) > LINES_SHOWN,
        "last": last,
        "columns": columns,
        "not_heard": not_heard(readers, columns),
        "last_change": found.changes.exclude(reason="").last(),
        "in_its_place": _readable(request, found.superseded_by_id),
        "uses": list(found.uses.select_related("by")[:30]),
        "takes_part": takes_part,
        "curator_is_here": curates,
        "is_curator": is_curator(reader, found),
        "reading": form,
    }


def _readable(request: SignedInRequest, key: int | None) -> BoundaryObject | None:
    """Return the object of that key where its words are read; one query, and none where there is no key."""
    rows = BoundaryObject.objects.visible_to(request.reader).with_words_for(request.reader)
    return rows.filter(pk=key).first() if key else None


@require_http_methods(["GET", "HEAD", "POST"])
def object_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Add a version; anybody in its space does, with a line on what changed."""
    found = open_object_or_404(request.reader, public_id)
    form = ObjectEditForm(request, boundary_object=found, last=found.kept_versions.first())
    form.keep_files()
    if request.method == "POST" and form.is_valid():
        try:
            is_done = is_saved(
                form,
                lambda: actions.change_object(
                    boundary_object=found,
                    version=form.cleaned_data["version"] or 0,
                    changes=form.said(),
                    change=form.cleaned_data["change"],
                    files=form.said_of_files(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            now = open_object_or_404(request.reader, public_id)
            return conflict(request, now, ObjectEditForm(request, boundary_object=now, last=now.kept_versions.first()))
        if is_done:
            return redirect(f"{found.get_absolute_url()}#versions")
    about: dict[str, Any] = {"object": found, "record": found, "partnership": found.partnership}
    context = about | {"form": form, "draft": form.kept_draft}
    return render(request, "curating/object_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def object_use(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Note where it was used, and on which day."""
    found = open_object_or_404(request.reader, public_id)
    form = UseForm(request, boundary_object=found)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("line", "used_on")}
        key = form.cleaned_data["draft_key"]
        if is_saved(form, lambda: actions.note_use(boundary_object=found, by=request.user, key=key, **typed)):
            return redirect(f"{found.get_absolute_url()}#used")
    context = {"object": found, "partnership": found.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "curating/object_use.html", context, status=422 if form.errors else 200)
