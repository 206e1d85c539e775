"""Activities of a partnership: the list, one with its method and what came of it, beginning and changing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycles import actions
from cycles.access import activity_or_404, require_change
from cycles.forms import ActivityEditForm, ActivityForm
from cycles.methods import method_of
from cycles.models import Activity
from cycles.parts import parts_of
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records import wholes
from records.actions import StaleVersion
from records.models import Record
from records.pages import frame_of
from records.rooms import open_room_of
from records.saving import is_saved
from records.views import conflict

from .begun import begun_with, put_begun_with
from .common import PAGE, asked_id, frame
from .cycles import with_readers

MOST_PARTS = 60


@require_safe
def activity_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's activities, the latest first, a page at a time."""
    partnership = membership_or_404(request.reader, slug).partnership
    activities = Activity.objects.visible_to(request.reader).filter(partnership=partnership)
    rows = activities.for_list(request.reader).order_by("-began_on", "-pk")
    before = rows.filter(public_id=asked_id(request, "before")).first()
    if before:
        rows = rows.filter(began_on__lte=before.began_on).exclude(began_on=before.began_on, pk__gte=before.pk)
    found = list(rows[: PAGE + 1])
    context = {
        "partnership": partnership,
        "activities": with_readers(request, found[:PAGE]),
        "older": found[PAGE - 1].public_id if len(found) > PAGE else "",
        "is_further": bool(before),
    }
    return render(request, "cycles/activity_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin an activity; `?with=` names what is part of it from the start, `?part-of=` what it is part of."""
    partnership = membership_or_404(request.reader, slug).partnership
    source = begun_with(request, partnership)
    sought = request.POST.get("part_of", asked_id(request, "part-of"))
    whole = wholes.whole_for(request.reader, sought, slug=partnership.slug)
    form = ActivityForm(
        request,
        reader=request.reader,
        partnership=partnership,
        begun_with=source.public_id if source else "",
        part_of=whole.public_id if whole else "",
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        space = form.spaces[typed["space"]]
        made: list[Activity] = []
        saved = is_saved(
            form,
            lambda: made.append(
                actions.begin_activity(
                    space=space,
                    facilitators=[request.user],
                    participants=[],
                    by=request.user,
                    key=typed["draft_key"],
                    **form.said(),
                )
            ),
        )
        if saved:
            put_begun_with(request, made[0], typed["begun_with"])
            wholes.begin_within(made[0], whole=typed["part_of"], by=request.user)
            open_room_of("cycles", space=space, by=request.user)
            messages.success(request, _("Begun. Say what came of it when you know."))
            return redirect(made[0])
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft, "source": source, "whole": whole}
    return render(request, "cycles/activity_new.html", context, status=422 if form.errors else 200)


@require_safe
def activity_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show an activity: who, how, what came of it, and what is part of it."""
    activity = activity_or_404(request.reader, public_id)
    if activity.words_withheld:
        return render(request, "records/withheld.html", frame_of(request, activity))
    parts = parts_of(request.reader, [activity.pk]).values("record")
    rows = (
        Record.objects.filter(pk__in=parts)
        .for_rows_with_words(request.reader)
        .order_by("shared_at", "created_at", "pk")
    )
    context = frame(request, activity) | {
        "activity": activity,
        "method": method_of(activity),
        "parts": list(rows[:MOST_PARTS]),
    }
    return render(request, "cycles/activity_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change what is said of an activity; when it was saved elsewhere meanwhile, both are shown."""
    activity = activity_or_404(request.reader, public_id)
    require_change(request.reader, activity)
    form = ActivityEditForm(request, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            saved = is_saved(
                form,
                lambda: actions.change_activity(
                    activity=activity,
                    version=form.cleaned_data["version"] or 0,
                    changes=form.said(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                    **form.people(),
                ),
            )
        except StaleVersion:
            now = activity_or_404(request.reader, public_id)
            return conflict(request, now, ActivityEditForm(request, activity=now))
        if saved:
            return redirect(activity)
    context = {"form": form, "activity": activity, "partnership": activity.partnership, "draft": form.kept_draft}
    return render(request, "cycles/activity_edit.html", context, status=422 if form.errors else 200)
