"""Writing a note, reading it, changing it, deleting it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desk.drafts import can_be_about
from learnpartner.htmx import render_page
from partnerships.http import SignedInRequest
from partnerships.models import Space
from records import actions as record_actions
from records import wholes
from records.access import may_edit, own_record_or_404, record_or_404
from records.pages import context_of, frame_of, who_reads
from records.views import conflict
from reflections import actions
from reflections.forms import ReflectionEditForm, ReflectionForm
from reflections.models import Reflection
from reflections.prompts.finding import address_of, offered_to_writer


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_new(request: SignedInRequest) -> HttpResponse:
    """Write a note. It is saved for oneself; with readers chosen, the next page is the one that shares.

    `?one=` is somebody's membership, to begin with that person as the reader, and `?space=` a space, to begin with its
    people; `?prompts=` the prompts to begin with; `?part-of=` what it is part of; `?from=` what it grows from, and
    `?quote=` the words in that which it begins with; `?begin=` the page whose words it begins with.
    """
    slug = request.GET.get("partnership", "")
    # One that was left meanwhile is no hindrance: a draft that began there must be found again.
    partnership = next((row for row in request.reader.partnerships if row.slug == slug), None)
    about = slug if can_be_about(ReflectionForm.draft_form, slug) else ""
    begun = {name: request.GET.get(name, "") for name in ("one", "space")}
    form = ReflectionForm(request, reader=request.reader, about=about, **begun)
    if "quote" in request.GET and not form.begin_with(request.GET["quote"]):
        raise Http404
    if "begin" in request.GET and not form.begin_as(request.GET["begin"], request.GET):
        raise Http404
    form.keep_files()
    if request.method == "POST" and form.is_valid():
        try:
            note = actions.write(
                by=request.user,
                key=form.cleaned_data["draft_key"],
                parts=form.parts(),
                partnership=partnership,
                **form.words(),
            )
        except record_actions.AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            wholes.begin_within(note, whole=form.cleaned_data["part_of"], by=request.user)
            if form.is_without_source:
                messages.info(request, _("What it came from is no longer shared with you, so nothing leads there."))
            if form.chosen:
                share = reverse("reflections:reflection-share", args=[note.public_id])
                return redirect(f"{share}?{urlencode(form.chosen)}")
            messages.success(request, _("Saved. Only you can read it."))
            return redirect(note)
    context = {
        "form": form,
        "partnership": partnership,
        "draft": form.kept_draft,
        "offered": offered_to_writer(request.reader, partnership) if form.is_choosing else [],
    }
    status = 422 if form.errors else 200
    return render_page(request, "reflections/reflection_new.html", context, partials={"writing"}, status=status)


@require_safe
def reflection_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a note with its responses; to whom its words are withheld from, what became of it."""
    note = record_or_404(request.reader, Reflection, public_id)
    if note.words_withheld:
        return render(request, "records/withheld.html", frame_of(request, note))
    context = context_of(request, note) | {"prompts_address": address_of(request.reader, note)}
    if note.space and note.space.kind == Space.Kind.WIDER_FIELD:
        context["menu"] = "landscape"
    return render(request, "reflections/reflection_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change one's own note; when it was saved elsewhere meanwhile, both texts are shown."""
    note = own_record_or_404(request.reader, Reflection, public_id)
    if not may_edit(request.reader, note):
        raise PermissionDenied("No longer in its space.")
    form = ReflectionEditForm(request, reflection=note)
    form.keep_files()
    if request.method == "POST" and form.is_valid():
        try:
            record_actions.edit(
                note,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                changes=form.words(),
                parts=form.parts(),
                key=form.cleaned_data["draft_key"],
                form=form.draft_form,
            )
        except record_actions.StaleVersion:
            saved = own_record_or_404(request.reader, Reflection, public_id)
            return conflict(request, saved, ReflectionEditForm(request, reflection=saved))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(note)
    context = {"form": form, "record": note, "draft": form.kept_draft, "who_reads": who_reads(request.reader, note)}
    return render(request, "reflections/reflection_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Delete a private note for good, after a page that shows it once more."""
    note = own_record_or_404(request.reader, Reflection, public_id)
    if not note.is_private:
        raise Http404
    if request.method == "POST":
        try:
            record_actions.delete(note, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(note)
        messages.success(request, _("Deleted for good."))
        return redirect("reflections:notebook")
    return render(request, "reflections/reflection_delete.html", {"record": note})
