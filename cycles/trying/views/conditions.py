"""What is in the way: the list, raising it, its page with its answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cycles.trying import actions
from cycles.trying.access import can_write_at, condition_to_answer_or_404, condition_to_change_or_404
from cycles.trying.forms import AnswerForm, ConditionEditForm, ConditionForm
from cycles.trying.models import Answer, Condition
from cycles.trying.reading import conditions_to
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records import links
from records.access import record_or_404
from records.actions import StaleVersion
from records.pages import frame_of
from records.saving import is_saved
from records.views import conflict

from .experiments import with_readers

PAGE = 20


@require_safe
def condition_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what is in a partnership's way: what waits for an answer, the oldest first, then what has one."""
    partnership = membership_or_404(request.reader, slug).partnership
    rows = conditions_to(request.reader).filter(partnership=partnership)
    before = rows.answered().filter(public_id=request.GET.get("before", "")[:12].replace("\0", "")).first()
    answered = rows.answered().filter(pk__lt=before.pk) if before else rows.answered()
    found = with_readers(request, answered.order_by("-pk")[: PAGE + 1])
    for row in found:
        row.answer_label = Answer(row.last_answer).label
    context = {
        "partnership": partnership,
        "waiting": [] if before else with_readers(request, rows.unanswered()),
        "answered": found[:PAGE],
        "older": found[PAGE - 1].public_id if len(found) > PAGE else "",
    }
    return render(request, "cycles/trying/condition_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def condition_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what is in the way, and ask somebody for an answer."""
    partnership = membership_or_404(request.reader, slug).partnership
    form = ConditionForm(request, reader=request.reader, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        made: list[Condition] = []
        if is_saved(
            form,
            lambda: made.append(
                actions.raise_condition(
                    space=form.chosen(), by=request.user, key=form.cleaned_data["draft_key"], **form.said()
                )
            ),
            boxes={"not_here": "asked"},
        ):
            messages.success(request, _("Said. Who is asked finds it on their home page."))
            return redirect(made[0])
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft}
    return render(request, "cycles/trying/condition_new.html", context, status=422 if form.errors else 200)


@require_safe
def condition_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show what is in the way, since when, who is asked, and all answers."""
    condition = record_or_404(request.reader, Condition, public_id)
    frame = frame_of(request, condition)
    if condition.words_withheld:
        return render(request, "records/withheld.html", frame)
    can_write = can_write_at(request.reader, condition)
    space = condition.space
    context = frame | {
        "condition": condition,
        "answers": list(condition.answers.select_related("by")),
        "may_answer": can_write and condition.asked_id == request.user.pk,
        "may_change": can_write and frame["mine"],
        "asked_is_here": space is not None and space.members().filter(person=condition.asked_id).exists(),
        "links": links.around(request.reader, condition),
    }
    return render(request, "cycles/trying/condition_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def condition_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change how it is said, and who is asked, by who raised it."""
    condition = condition_to_change_or_404(request.reader, public_id)
    form = ConditionEditForm(request, condition=condition)
    if request.method == "POST" and form.is_valid():
        try:
            saved = is_saved(
                form,
                lambda: actions.change_condition(
                    condition=condition,
                    version=form.cleaned_data["version"] or 0,
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                    **form.said(),
                ),
                boxes={"not_here": "asked"},
            )
        except StaleVersion:
            now = condition_to_change_or_404(request.reader, public_id)
            return conflict(request, now, ConditionEditForm(request, condition=now))
        if saved:
            return redirect(condition)
    context = {"condition": condition, "partnership": condition.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "cycles/trying/condition_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def condition_answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Answer what is in the way, by who was asked; once more where it has changed."""
    condition = condition_to_answer_or_404(request.reader, public_id)
    form = AnswerForm(request, about=public_id)
    if request.method == "POST" and form.is_valid():
        saved = is_saved(
            form,
            lambda: actions.answer_condition(
                condition=condition,
                answer=form.cleaned_data["answer"],
                text=form.cleaned_data["text"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
            ),
            boxes={"no_words": "text"},
        )
        if saved:
            messages.success(request, _("Answered. All in this space read it."))
            return redirect(condition)
    context = {"condition": condition, "partnership": condition.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "cycles/trying/condition_answer.html", context, status=422 if form.errors else 200)
