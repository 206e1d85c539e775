"""Patterns of a partnership: writing one down, its page, changing it, and how it stands."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from landscape import actions
from landscape.access import may_take_part, open_pattern_or_404, pattern_or_404, record_to_cite_or_404
from landscape.forms import PatternEditForm, PatternForm, StateForm
from landscape.models import Pattern
from landscape.reading import sources_of, steps_of
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Partnership
from records.actions import AlreadySent, StaleVersion
from records.beside import lines_on
from records.models import Record
from records.pages import frame_of, frame_of_a_spaces
from records.saving import saved_by
from records.stream import page_of, with_readers
from records.views import conflict


@require_safe
def pattern_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's patterns, the newest first."""
    partnership = membership_or_404(request.reader, slug).partnership
    patterns = Pattern.objects.visible_to(request.reader).filter(partnership=partnership).standing()
    before = request.GET.get("before", "")[:12].replace("\0", "")
    page = page_of(patterns.with_words_for(request.reader), reader=request.reader, before=before)
    context = {
        "partnership": partnership,
        "patterns": with_readers(request.reader, page.records),
        "older": f"?before={page.older}" if page.older else "",
    }
    return render(request, "landscape/pattern_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pattern_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a pattern down; `?from=` is a record with which it begins, as the first source."""
    partnership = membership_or_404(request.reader, slug).partnership
    form = PatternForm(
        request, reader=request.reader, partnership=partnership, begun_with=request.GET.get("from", "")[:12]
    )
    form.begin_with(_first_source(request, form, partnership))
    if request.method == "POST" and form.is_valid():
        space = form.spaces[form.cleaned_data["space"]]
        key = form.cleaned_data["draft_key"]
        made = saved_by(
            form,
            lambda: actions.write_pattern(
                space=space, begun_with=form.first_source, by=request.user, key=key, **form.said()
            ),
        )
        if made:
            messages.success(request, _("Written down. What does not fit?"))
            return redirect(made)
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft, "source": form.first_source}
    return render(request, "landscape/pattern_new.html", context, status=422 if form.errors else 200)


def _first_source(request: SignedInRequest, form: PatternForm, partnership: Partnership) -> Record | None:
    """Return what the form begins with. Where that is not read here any more, the pattern is written without it."""
    if not form.asks_for:
        return None
    try:
        record = record_to_cite_or_404(request.reader, form.asks_for)
    except Http404:
        return None
    return record if record.partnership_id == partnership.pk else None


@require_safe
def pattern_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a pattern: what agrees and what disagrees beside each other, what was looked for, and how it stands."""
    pattern = pattern_or_404(request.reader, public_id)
    if pattern.words_withheld:
        return render(request, "records/withheld.html", frame_of(request, pattern))
    context: dict[str, Any] = frame_of_a_spaces(request, pattern)
    sources = sources_of(request.reader, pattern, context["links"])
    changes = list(pattern.changes.all())
    context |= {
        "pattern": pattern,
        "sources": sources,
        "nobody_looked": not (sources.disagreeing or pattern.looked_for or pattern.is_let_go),
        # What it grew from stands among its sources.
        "onward": {"grown": context["links"].grown},
        "beside": lines_on(request.reader, pattern),
        "steps": steps_of(pattern, changes),
        "last_change": next((row for row in reversed(changes) if row.reason), None),
        "takes_part": may_take_part(request.reader, pattern) and pattern.stands,
    }
    return render(request, "landscape/pattern_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pattern_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change what a pattern says; anybody in its space does, and what it said before is kept."""
    pattern = open_pattern_or_404(request.reader, public_id)
    form = PatternEditForm(request, pattern=pattern)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_pattern(
                pattern=pattern,
                version=form.cleaned_data["version"] or 0,
                changes=form.said(),
                by=request.user,
                key=form.cleaned_data["draft_key"],
            )
        except StaleVersion:
            now = open_pattern_or_404(request.reader, public_id)
            return conflict(request, now, PatternEditForm(request, pattern=now))
        except AlreadySent:
            form.begin_anew()
        else:
            return redirect(pattern)
    context = {
        "pattern": pattern,
        "record": pattern,
        "partnership": pattern.partnership,
        "form": form,
        "draft": form.kept_draft,
    }
    return render(request, "landscape/pattern_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pattern_state(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say how a pattern stands from today on."""
    pattern = open_pattern_or_404(request.reader, public_id)
    form = StateForm(request, pattern=pattern)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("seen", "reason")}
        key = form.cleaned_data["draft_key"]
        try:
            actions.change_state(pattern=pattern, to=form.cleaned_data["state"], by=request.user, key=key, **chosen)
        except AlreadySent:
            form.begin_anew()
            status = 422
        except ValidationError as error:
            form.add_error(None, error)
            form.see_anew(pattern_or_404(request.reader, public_id).state)
            form.keep_as_draft()
            status = 409
        else:
            return redirect(f"{pattern.get_absolute_url()}#standing")
    context = {"pattern": pattern, "partnership": pattern.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "landscape/pattern_state.html", context, status=status)
