"""Relationship notes: their author alone finds them, reads them and takes them away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conversing import actions
from conversing.forms import RelationshipNoteEditForm, RelationshipNoteForm
from conversing.models import RelationshipNote
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records import actions as record_actions
from records.access import own_record_or_404
from records.pages import entered
from records.saving import saved_by
from records.stream import page_of
from records.views import conflict


@require_safe
def relationship_note_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show one's own relationship notes about a partnership, the newest first; nobody else's are there for anybody."""
    membership = membership_or_404(request.reader, slug)
    notes = RelationshipNote.objects.visible_to(request.reader).written_by(request.user).private()  # type: ignore[attr-defined]
    notes = notes.filter(partnership=membership.partnership)
    before = request.GET.get("before", "")[:12].replace("\0", "")
    page = page_of(notes, reader=request.reader, before=before, by="created_at")
    context = {
        "partnership": membership.partnership,
        "notes": page.records,
        "older": f"?before={page.older}" if page.older else "",
        "is_learning_partner": membership.held_role.is_learning_partner,
    }
    return render(request, "conversing/relationship_note_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def relationship_note_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a relationship note, as learning partner."""
    membership = membership_or_404(request.reader, slug)
    if not membership.held_role.is_learning_partner:
        raise PermissionDenied("Not its learning partner.")
    partnership = membership.partnership
    form = RelationshipNoteForm(request, about=slug)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["draft_key"]
        made = saved_by(
            form,
            lambda: actions.write_relationship_note(partnership=partnership, by=request.user, key=key, **form.said()),
        )
        if made:
            messages.success(request, _("Saved. Only you can read it."))
            return redirect(made)
    return _form_page(request, {"form": form, "partnership": partnership, "back": _list_of(slug)})


def _list_of(slug: str) -> str:
    return reverse("conversing:relationship-note-list", args=[slug])


def _form_page(request: SignedInRequest, context: dict) -> HttpResponse:
    form = context["form"]
    context |= {"draft": form.kept_draft}
    return render(request, "conversing/relationship_note_form.html", context, status=422 if form.errors else 200)


@require_safe
def relationship_note_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show one's own relationship note, with what one can begin from it: a page of its own, without its words."""
    note = own_record_or_404(request.reader, RelationshipNote, public_id)
    context = {"note": note, "record": note, "partnership": entered(request.reader, note)}
    return render(request, "conversing/relationship_note_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def relationship_note_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change one's own relationship note; when it was saved elsewhere meanwhile, both texts are shown."""
    note = own_record_or_404(request.reader, RelationshipNote, public_id)
    form = RelationshipNoteEditForm(request, note=note)
    if request.method == "POST" and form.is_valid():
        try:
            record_actions.edit(
                note,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                changes=form.said(),
                key=form.cleaned_data["draft_key"],
                form="relationship-note-edit",
            )
        except record_actions.StaleVersion:
            now = own_record_or_404(request.reader, RelationshipNote, public_id)
            return conflict(request, now, RelationshipNoteEditForm(request, note=now))
        return redirect(note)
    partnership = entered(request.reader, note)
    return _form_page(
        request, {"form": form, "note": note, "partnership": partnership, "back": note.get_absolute_url()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def relationship_note_delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Delete one's own relationship note for good, after a page that shows it once more."""
    note = own_record_or_404(request.reader, RelationshipNote, public_id)
    partnership = entered(request.reader, note)
    if request.method == "POST":
        try:
            record_actions.delete(note, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(note)
        messages.success(request, _("Deleted for good."))
        return redirect(_list_of(partnership.slug)) if partnership else redirect("home:home")
    return render(request, "conversing/relationship_note_delete.html", {"note": note, "partnership": partnership})
