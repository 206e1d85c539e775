"""Cycles of a partnership: the list, one with its picture, beginning, changing and moving it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycles import actions
from cycles.access import cycle_or_404, require_change
from cycles.forms import CycleEditForm, CycleForm, MoveForm
from cycles.models import Activity, CycleState, LearningCycle, Stage
from cycles.parts import legible
from cycles.picture import picture_of
from cycles.story import story_of
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records.actions import StaleVersion
from records.pages import frame_of
from records.rooms import open_room_of
from records.saving import is_saved
from records.views import conflict

from .begun import begun_with, put_begun_with
from .common import PAGE, asked_id, frame

LATEST_ACTIVITIES = 5


@require_safe
def cycle_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's cycles, the latest first, a page at a time; beside them the latest activities."""
    partnership = membership_or_404(request.reader, slug).partnership
    cycles = LearningCycle.objects.visible_to(request.reader).filter(partnership=partnership)
    rows = cycles.for_list(request.reader).order_by("-shared_at", "-pk")
    before = rows.filter(public_id=asked_id(request, "before")).first()
    if before:
        rows = rows.filter(shared_at__lte=before.shared_at).exclude(shared_at=before.shared_at, pk__gte=before.pk)
    found = list(rows[: PAGE + 1])
    activities = Activity.objects.visible_to(request.reader).filter(partnership=partnership)
    latest = activities.for_list(request.reader).order_by("-began_on", "-pk")[: LATEST_ACTIVITIES + 1]
    context = {
        "partnership": partnership,
        "cycles": with_words(request, found[:PAGE]),
        "older": found[PAGE - 1].public_id if len(found) > PAGE else "",
        "is_further": bool(before),
        "activities": with_readers(request, [] if before else list(latest)[:LATEST_ACTIVITIES]),
        "are_more_activities": len(latest) > LATEST_ACTIVITIES,
    }
    return render(request, "cycles/cycle_list.html", context)


def with_words(request: SignedInRequest, cycles: list[LearningCycle]) -> list[LearningCycle]:
    """Set on each cycle, in words, where it stands and who reads it."""
    for row in with_readers(request, cycles):
        row.stage_in_words = Stage(row.stage).label
        row.state_in_words = CycleState(row.state).label if row.state != CycleState.RUNNING else ""
    return cycles


def with_readers(request: SignedInRequest, rows: list) -> list:
    """Set on each row who reads it."""
    for row in rows:
        row.who_reads = request.reader.who_reads(row.space)
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin a cycle in one of the spaces that one is in; `?with=` names what is part of it from the start."""
    partnership = membership_or_404(request.reader, slug).partnership
    source = begun_with(request, partnership)
    form = CycleForm(
        request, reader=request.reader, partnership=partnership, begun_with=source.public_id if source else ""
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        space = form.spaces[typed["space"]]
        made: list[LearningCycle] = []
        saved = is_saved(
            form,
            lambda: made.append(
                actions.begin_cycle(
                    space=space,
                    stage=typed["stage"],
                    began_on=typed["began_on"],
                    people=[request.user],
                    by=request.user,
                    key=typed["draft_key"],
                    **form.said(),
                )
            ),
        )
        if saved:
            put_begun_with(request, made[0], typed["begun_with"])
            open_room_of("cycles", space=space, by=request.user)
            messages.success(request, _("Begun. Those in its space find it under what is new."))
            return redirect(made[0])
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft, "source": source}
    return render(request, "cycles/cycle_new.html", context, status=422 if form.errors else 200)


@require_safe
def cycle_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a cycle: one picture of its stages and of all that is part of it along time, and the same as a list."""
    cycle = cycle_or_404(request.reader, public_id)
    if cycle.words_withheld:
        return render(request, "records/withheld.html", frame_of(request, cycle))
    story = story_of(request.reader, cycle)
    around = LearningCycle.objects.filter(pk__in=legible(request.reader)).without_texts()
    context = frame(request, cycle) | {
        "cycle": cycle,
        "stage": Stage(cycle.stage).label,
        "state": "" if cycle.state == CycleState.RUNNING else CycleState(cycle.state).label,
        "story": story,
        "picture": picture_of(story, cycle),
        "larger": around.filter(pk=cycle.parent_id or 0).first(),
        "smaller": list(around.filter(parent=cycle.pk).order_by("shared_at", "pk")),
    }
    return render(request, "cycles/cycle_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change what is said of a cycle, and who is in it; when it was saved elsewhere meanwhile, both are shown."""
    cycle = cycle_or_404(request.reader, public_id)
    require_change(request.reader, cycle)
    form = CycleEditForm(request, reader=request.reader, cycle=cycle)
    if request.method == "POST" and form.is_valid():
        try:
            saved = is_saved(
                form,
                lambda: actions.change_cycle(
                    cycle=cycle,
                    version=form.cleaned_data["version"] or 0,
                    changes=form.said(),
                    people=form.chosen(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            now = cycle_or_404(request.reader, public_id)
            return conflict(request, now, CycleEditForm(request, reader=request.reader, cycle=now))
        if saved:
            return redirect(cycle)
    context = {"form": form, "cycle": cycle, "partnership": cycle.partnership, "draft": form.kept_draft}
    return render(request, "cycles/cycle_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_move(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put a cycle at another stage, forward or back; pause it, end it, or take it up again."""
    cycle = cycle_or_404(request.reader, public_id)
    require_change(request.reader, cycle)
    form = MoveForm(request, cycle=cycle)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        names = ("seen", "stage", "state", "moved_on", "note")
        try:
            saved = is_saved(
                form,
                lambda: actions.move_cycle(
                    cycle=cycle, by=request.user, key=typed["draft_key"], **{name: typed[name] for name in names}
                ),
            )
        except StaleVersion:
            form.add_error(None, _("Somebody moved it meanwhile. Look at where it stands now, then move it."))
            form.keep_as_draft()
            form.see_anew(cycle)
            saved, status = False, 409
        else:
            status = 422
        if saved:
            messages.success(request, _("Moved. The page of the cycle shows since when, and why."))
            return redirect(cycle)
    context = {"form": form, "cycle": cycle, "partnership": cycle.partnership, "draft": form.kept_draft}
    return render(request, "cycles/cycle_move.html", context | {"stands": Stage(cycle.stage).label}, status=status)
