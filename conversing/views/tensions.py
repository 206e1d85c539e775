"""Tensions of a partnership: writing one down, its page, and how it stands."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conversing import actions
from conversing.access import check_ins_on, may_take_part, open_tension_or_404, tension_or_404
from conversing.forms import CheckInForm, StateForm, TensionEditForm, TensionForm
from conversing.models import Tension
from conversing.tensions import suggestions
from conversing.tensions.picture import picture_of
from conversing.tensions.standing import steps_of
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Role
from records.actions import AlreadySent, StaleVersion
from records.folding import may_set_aside
from records.pages import context_of, frame_of
from records.saving import saved_by
from records.stream import page_of, with_readers
from records.views import conflict


@require_safe
def tension_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's tensions, the newest first, and what one can start from."""
    partnership = membership_or_404(request.reader, slug).partnership
    tensions = Tension.objects.visible_to(request.reader).filter(partnership=partnership).standing()
    rows = tensions.with_words_for(request.reader).with_last_look()  # type: ignore[attr-defined]
    before = request.GET.get("before", "")[:12].replace("\0", "")
    page = page_of(rows, reader=request.reader, before=before)
    context = {
        "partnership": partnership,
        "tensions": with_readers(request.reader, page.records),
        "older": f"?before={page.older}" if page.older else "",
        "suggestions": suggestions.SUGGESTIONS,
    }
    return render(request, "conversing/tension_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tension_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a tension down; `?from=` begins with one of the suggestions."""
    partnership = membership_or_404(request.reader, slug).partnership
    suggestion = suggestions.find(request.GET.get("from", ""))
    begun = suggestion.initial() if suggestion else None
    form = TensionForm(request, reader=request.reader, partnership=partnership, begun=begun)
    if request.method == "POST" and form.is_valid():
        space = form.spaces[form.cleaned_data["space"]]
        key = form.cleaned_data["draft_key"]
        made = saved_by(form, lambda: actions.open_tension(space=space, by=request.user, key=key, **form.said()))
        if made:
            messages.success(request, _("Written down. Where does it feel to you today?"))
            return redirect(made)
    context = {
        "partnership": partnership,
        "form": form,
        "draft": form.kept_draft,
        "suggestion": suggestion,
        "suggestions": suggestions.SUGGESTIONS,
    }
    return render(request, "conversing/tension_new.html", context, status=422 if form.errors else 200)


@require_safe
def tension_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a tension: its poles, all check-ins as one picture and as a list, and how it stands."""
    tension = tension_or_404(request.reader, public_id)
    if tension.words_withheld:
        return render(request, "records/withheld.html", frame_of(request, tension))
    return render(request, "conversing/tension_detail.html", context_of_tension(request, tension))


def context_of_tension(request: SignedInRequest, tension: Tension, **changed: Any) -> dict[str, Any]:
    """Return what the page of a tension shows to this reader; `changed` are forms to be shown again."""
    reader = request.reader
    check_ins = list(check_ins_on(reader, tension))
    looks_after = bool(check_ins) and may_set_aside(reader, check_ins[0])
    for row in check_ins:
        row.looks_after = looks_after and not row.is_by(reader.person)
    takes_part = may_take_part(reader, tension) and tension.stands
    form = CheckInForm(request, reader=reader, tension=tension) if takes_part else None
    if form:
        form.auto_id = "checking_%s"
    first, second = tension.poles
    word = tension.partnership.word_for if tension.partnership else lambda _key, default: default
    return {
        **context_of(request, tension),
        "tension": tension,
        "first": first,
        "second": second,
        "felt_by": [word(f"role:{key}", str(Role(key).label)) for key in tension.felt_by if key in Role.values],
        "sides": sides_of(tension),
        "steps": steps_of(tension),
        "last_change": tension.changes.exclude(reason="").last(),
        "check_ins": check_ins,
        "picture": picture_of(check_ins),
        "takes_part": takes_part,
        "checking_in": form,
        **changed,
    }


def sides_of(tension: Tension) -> list[dict[str, str]]:
    """Return what is said of both poles, row by row, without rows in which nothing is."""
    rows = [
        {"label": label, "first": getattr(tension, f"{key}_first"), "second": getattr(tension, f"{key}_second")}
        for label, key in ((_("What it gives"), "gives"), (_("What it costs"), "costs"), (_("Early signs"), "signs"))
    ]
    return [row for row in rows if row["first"] or row["second"]]


@require_http_methods(["GET", "HEAD", "POST"])
def tension_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change what is said of a tension; anybody in its space does, and what it said before is kept."""
    tension = open_tension_or_404(request.reader, public_id)
    form = TensionEditForm(request, tension=tension)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_tension(
                tension=tension,
                version=form.cleaned_data["version"] or 0,
                changes=form.said(),
                by=request.user,
                key=form.cleaned_data["draft_key"],
            )
        except StaleVersion:
            now = open_tension_or_404(request.reader, public_id)
            return conflict(request, now, TensionEditForm(request, tension=now))
        except AlreadySent:
            form.begin_anew()
        else:
            return redirect(tension)
    context = {
        "tension": tension,
        "record": tension,
        "partnership": tension.partnership,
        "form": form,
        "draft": form.kept_draft,
    }
    return render(request, "conversing/tension_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def tension_state(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say how a tension stands from today on."""
    tension = open_tension_or_404(request.reader, public_id)
    form = StateForm(request, tension=tension)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("seen", "reason")}
        try:
            actions.change_state(
                tension=tension,
                to=form.cleaned_data["state"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
                **chosen,
            )
        except AlreadySent:
            form.begin_anew()
            status = 422
        except ValidationError as error:
            form.add_error(None, error)
            form.see_anew(tension_or_404(request.reader, public_id).state)
            form.keep_as_draft()
            status = 409
        else:
            return redirect(f"{tension.get_absolute_url()}#standing")
    context = {"tension": tension, "partnership": tension.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "conversing/tension_state.html", context, status=status)
