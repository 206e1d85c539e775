"""What is tried: the list, beginning it, its page with its steps, and closing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycles.trying import actions
from cycles.trying.access import can_write_at, experiment_to_write_or_404
from cycles.trying.forms import CloseForm, ExperimentForm, StepForm
from cycles.trying.models import Experiment, Sign
from cycles.trying.reading import experiments_to, log_of
from cycles.trying.steps import BY_KEY, STEPS, Step
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records import links, wholes
from records.access import record_or_404
from records.actions import StaleVersion
from records.pages import frame_of
from records.saving import is_saved
from records.views import conflict

PAGE = 20


@require_safe
def experiment_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what a partnership tries: first what is tried still, then what was closed, a page at a time."""
    partnership = membership_or_404(request.reader, slug).partnership
    rows = experiments_to(request.reader).filter(partnership=partnership)
    before = rows.closed().filter(public_id=request.GET.get("before", "")[:12].replace("\0", "")).first()
    closed = rows.closed().filter(closed_at__lt=before.closed_at) if before else rows.closed()
    found = with_readers(request, closed[: PAGE + 1])
    context = {
        "partnership": partnership,
        "running": [] if before else with_readers(request, rows.running()),
        "closed": found[:PAGE],
        "older": found[PAGE - 1].public_id if len(found) > PAGE else "",
        "is_further": bool(before),
    }
    return render(request, "cycles/trying/experiment_list.html", context)


def with_readers(request: SignedInRequest, records: Any) -> list[Any]:
    """Set on each record who reads it, in words."""
    rows = list(records)
    for row in rows:
        row.who_reads = request.reader.who_reads(row.space)
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def experiment_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin to try something: a sentence, a day to look again, and with whom; `?part-of=` what it is part of."""
    partnership = membership_or_404(request.reader, slug).partnership
    form = ExperimentForm(request, reader=request.reader, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        made: list[Experiment] = []
        if is_saved(
            form,
            lambda: made.append(
                actions.begin_experiment(
                    space=form.chosen(),
                    title=form.cleaned_data["title"],
                    look_again_on=form.cleaned_data["look_again_on"],
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                )
            ),
            boxes={"past": "look_again_on"},
        ):
            wholes.begin_within(made[0], whole=form.cleaned_data["part_of"], by=request.user)
            messages.success(request, _("Begun. The rest can be filled in when it comes, or never."))
            return redirect(made[0])
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft}
    return render(request, "cycles/trying/experiment_new.html", context, status=422 if form.errors else 200)


@require_safe
def experiment_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show what is tried: its steps, its log, and once it is closed, what is believed now beside the hunch."""
    experiment = record_or_404(request.reader, Experiment, public_id)
    frame = frame_of(request, experiment)
    if experiment.words_withheld:
        return render(request, "records/withheld.html", frame)
    can_write = can_write_at(request.reader, experiment)
    lines = log_of(request.reader, experiment)
    context = frame | {
        "experiment": experiment,
        "can_write": can_write,
        **_steps_of(experiment, can_write=can_write and not experiment.is_closed),
        "log": [(sign, [line for line in lines if line.sign == sign]) for sign in (Sign.HOPE, Sign.WORRY, Sign.LOG)],
        "has_log": bool(lines),
        "links": links.around(request.reader, experiment),
    }
    return render(request, "cycles/trying/experiment_detail.html", context)


def _steps_of(experiment: Experiment, *, can_write: bool) -> dict[str, list[Step]]:
    """Return the steps that say something, and those that are still to be filled in by who may."""
    beside = ("again", *AT_THE_CLOSE) if experiment.is_closed else ("again",)
    steps = [step for step in STEPS if step.key not in beside]
    said = [step for step in steps if any(getattr(experiment, name) for name in step.columns)]
    return {"said": said, "unsaid": [step for step in steps if step not in said] if can_write else []}


# Once it is closed, these stand beside what is believed now.
AT_THE_CLOSE = ("hunch", "surprise")


@require_http_methods(["GET", "HEAD", "POST"])
def experiment_step(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    """Fill in or change one step, by anybody in the space; both texts are shown where somebody else saved first."""
    experiment = experiment_to_write_or_404(request.reader, public_id)
    if key not in BY_KEY:
        raise Http404
    step = BY_KEY[key]
    form = StepForm(request, experiment=experiment, step=step)
    if request.method == "POST" and form.is_valid():
        try:
            saved = is_saved(
                form,
                lambda: actions.change_experiment(
                    experiment=experiment,
                    version=form.cleaned_data["version"] or 0,
                    changes=form.changes(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
                boxes={"past": "look_again_on"},
            )
        except StaleVersion:
            now = experiment_to_write_or_404(request.reader, public_id)
            return conflict(request, now, StepForm(request, experiment=now, step=step))
        if saved:
            return redirect(f"{experiment.get_absolute_url()}#{step.key}")
    elif experiment.is_closed and request.method != "POST":
        return redirect(experiment)
    context = _around(experiment, form) | {"step": step, "boxes": list(form.visible_fields())}
    return render(request, "cycles/trying/experiment_step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def experiment_close(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Close what was tried, with what is believed now; or mend these words once it is closed."""
    experiment = experiment_to_write_or_404(request.reader, public_id)
    form = CloseForm(request, experiment=experiment)
    if request.method == "POST" and form.is_valid():
        try:
            saved = is_saved(
                form,
                lambda: actions.close_experiment(
                    experiment=experiment,
                    version=form.cleaned_data["version"] or 0,
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                    **form.words(),
                ),
                boxes={"no_belief": "belief"},
            )
        except StaleVersion:
            now = experiment_to_write_or_404(request.reader, public_id)
            return conflict(request, now, CloseForm(request, experiment=now))
        if saved:
            if not experiment.is_closed:
                messages.success(request, _("Closed. What you now believe stands beside your hunch."))
            return redirect(f"{experiment.get_absolute_url()}#believe")
    context = _around(experiment, form)
    return render(request, "cycles/trying/experiment_close.html", context, status=422 if form.errors else 200)


def _around(experiment: Experiment, form: Any) -> dict[str, Any]:
    return {
        "experiment": experiment,
        "partnership": experiment.partnership,
        "form": form,
        "draft": form.kept_draft,
    }
