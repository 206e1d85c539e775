"""Agendas to begin with: the list in the settings, and a partnership's own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from convening import actions
from convening.agenda import BUILT_IN, agenda_or_404, find, may_change, own_agendas
from convening.agenda.reading import rows_to_keep
from convening.forms import AgendaTemplateEditForm, AgendaTemplateForm, AgendaUseForm
from convening.forms.agenda_templates import rows_of
from convening.models import Session
from desk.conflicts import overtaken
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Partnership
from records.actions import AlreadySent, StaleVersion


@require_safe
def agenda_settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show all members what sessions are begun with here: the partnership's own, those put away, and built-in ones."""
    membership = membership_or_404(request.reader, slug)
    partnership = membership.partnership
    context = {
        "partnership": partnership,
        "own": own_agendas(request.reader, partnership),
        "put_away": own_agendas(request.reader, partnership, put_away=True),
        "built_in": BUILT_IN,
        "may_change": may_change(membership),
    }
    return render(request, "convening/agenda_settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add an agenda of the partnership's own; `?like=` begins with one that is there, `?session=` with a session's."""
    membership = membership_or_404(request.reader, slug)
    if not may_change(membership):
        raise PermissionDenied("May not add an agenda.")
    partnership = membership.partnership
    rows, initial, session = _begun(request, partnership)
    form = AgendaTemplateForm(request, reader=request.reader, partnership=partnership, rows=rows, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_agenda(
                partnership=partnership, words=form.words(), by=request.user, key=form.cleaned_data["draft_key"]
            )
        except AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. All members can begin a session with it."))
            return redirect("convening:agenda-settings", slug)
    return _form_page(request, partnership, form, {"from_session": session}, status=422 if form.errors else 200)


def _begun(request: SignedInRequest, partnership: Partnership) -> tuple[list, dict[str, Any], Session | None]:
    """Return what the form begins with, where the address names an agenda or a session of this partnership."""
    like = find(request.reader, partnership, request.GET.get("like", ""))
    if like:
        name = _("%(name)s, our way") % {"name": like.name}
        return rows_of(like), {"name": name, "line": str(like.line), "source": str(like.source)}, None
    public_id = request.GET.get("session", "")[:12].replace("\0", "")
    readable = Session.objects.visible_to(request.reader).with_words_for(request.reader).standing()
    session = readable.filter(public_id=public_id, partnership=partnership).first() if public_id else None
    if session and session.space_id in request.reader.spaces:
        return rows_to_keep(session), {}, session
    return [], {}, None


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_change(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Change an agenda of the partnership's own; both are shown where somebody changed it meanwhile."""
    agenda, template, membership = agenda_or_404(request.reader, slug, public_id)
    if not may_change(membership):
        raise PermissionDenied("May not change an agenda.")
    partnership = membership.partnership
    form = AgendaTemplateEditForm(request, reader=request.reader, partnership=partnership, template=template)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_agenda(
                template=template,
                version=form.cleaned_data["version"] or 0,
                words=form.words(),
                by=request.user,
                key=form.cleaned_data["draft_key"],
            )
        except StaleVersion:
            agenda, template, _membership = agenda_or_404(request.reader, slug, public_id)
            anew = AgendaTemplateEditForm(request, reader=request.reader, partnership=partnership, template=template)
            stale = overtaken(anew, version=template.version) | {"agenda": agenda}
            return _form_page(request, partnership, anew, stale, status=409)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Sessions that were begun with it stay as they are."))
            return redirect("convening:agenda-settings", slug)
    return _form_page(request, partnership, form, {"agenda": agenda}, status=422 if form.errors else 200)


def _form_page(
    request: SignedInRequest, partnership: Partnership, form: AgendaTemplateForm, page: dict, *, status: int
) -> HttpResponse:
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft} | page
    return render(request, "convening/agenda_change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_put_away(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Put an own agenda away, after a page that says what that means; or take it out again."""
    agenda, template, membership = agenda_or_404(request.reader, slug, public_id)
    if not may_change(membership):
        raise PermissionDenied("May not put an agenda away.")
    form = AgendaUseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["use"] == "again":
            actions.use_agenda_again(template=template, by=request.user)
            messages.success(request, _("In use again. All members can begin a session with it."))
        else:
            actions.put_agenda_away(template=template, by=request.user)
            messages.success(request, _("Put away. What was begun with it stays as it is."))
        return redirect("convening:agenda-settings", slug)
    context = {"partnership": membership.partnership, "agenda": agenda}
    return render(request, "convening/agenda_put_away.html", context, status=422 if form.errors else 200)
