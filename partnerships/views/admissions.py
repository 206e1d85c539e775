"""How somebody comes into a space: asking in, asking to join, and the page on which each answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships import actions, admission_news
from partnerships.access import admission_or_404, membership_or_404, named_space_or_404, space_or_404
from partnerships.admitting import NAMED, partnership_of, question_in, require_no_refusal
from partnerships.forms.spaces import YES, AnswerForm, AskConfirmForm, AskForm
from partnerships.http import SignedInRequest
from partnerships.models import Admission, Membership, Space
from partnerships.models.memberships import current_members
from partnerships.power import power_among


@require_http_methods(["GET", "HEAD", "POST"])
def space_ask(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Ask a member into a space that one is in: choose whom, see what they would read, answer for the power, ask."""
    space = space_or_404(request.reader, slug, public_id)
    if space.kind not in NAMED or not space.is_open:
        raise PermissionDenied("Nobody is asked in here.")
    posted = request.POST if request.method == "POST" else None
    chosen = posted if posted is not None else request.GET
    choice = AskForm(chosen if "member" in chosen else None, others=_who_can_be_asked(space))
    context: dict[str, Any] = {"partnership": space.partnership, "space": space, "form": choice}
    if not _is_ready(choice, space):
        return render(request, "partnerships/space_ask.html", context, status=422 if choice.errors else 200)
    member = choice.others[choice.cleaned_data["member"]]
    question = question_in(space, member)
    form = AskConfirmForm(posted, member=member, question=question)
    if form.is_valid():
        if form.is_question_answered_no:
            messages.info(request, _("%(name)s was not asked.") % {"name": member.person.name})
            return redirect(space)
        try:
            actions.ask_in(space=space, membership=member, still_peers=form.still_peers_is_yes, by=request.user)
        except ValidationError as error:
            form.add_error("still_peers" if error.code == "question" and question else None, error)
        else:
            messages.success(request, _("%(name)s is asked, and all here are told.") % {"name": member.person.name})
            return redirect(space)
    others = space.members().exclude(person=request.user).select_related("person").order_by("person__name")
    context |= {"form": form, "member": member, "question": question, "others": others}
    return render(request, "partnerships/space_ask_confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def space_join(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Ask to come into a space that members know of, after a page that says who would decide."""
    mine = membership_or_404(request.reader, slug)
    space = named_space_or_404(request.reader, slug, public_id)
    if space.pk in request.reader.spaces:
        return redirect(space)
    there = space.admissions.pending().filter(membership=mine).select_related("space__partnership").first()
    if there:
        return redirect(admission_news.address_of(there))
    problem = ""
    if request.method == "POST":
        try:
            actions.ask_to_join(space=space, by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("You have asked. Those inside are told."))
            return redirect("partnerships:space-list", slug)
    refused = space.admissions.filter(membership=mine).refused(Admission.Outcome.STOPPED).last()
    context = {
        "partnership": space.partnership,
        "space": space,
        "members": space.members().with_roles().order_by("person__name"),
        "again_on": refused.can_be_asked_again_on if refused else None,
        "question": question_in(space, mine),
        "problem": problem,
    }
    return render(request, "partnerships/space_join.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def admission_detail(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Answer whether one comes into a space, or whether somebody comes into one's own; and see how it stands."""
    admission = admission_or_404(request.reader, slug, public_id)
    mine = membership_or_404(request.reader, slug)
    is_me = admission.membership_id == mine.pk
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            _answer(request, admission, form, is_me=is_me)
        except ValidationError as error:
            form.add_error(None, error)
            status = 422 if error.code == "question" else 409
            admission = admission_or_404(request.reader, slug, public_id)
        else:
            messages.success(request, _("Your answer is kept."))
            inside = admission.space.members().filter(pk=mine.pk).exists()
            return redirect(admission.space) if inside else redirect("partnerships:space-list", slug)
    elif form.is_bound:
        status = 422
    if is_me and admission.space_id in request.reader.spaces and admission.kind != Admission.Kind.NEW_POWER:
        return redirect(admission.space)
    context = {"form": form, **_page_of(request, admission, mine)}
    template = "partnerships/admission_mine.html" if is_me else "partnerships/admission_detail.html"
    return render(request, template, context, status=status)


def _answer(request: SignedInRequest, admission: Admission, form: AnswerForm, *, is_me: bool) -> None:
    """Let an answer take effect: one's own, or that of somebody inside."""
    says_yes = form.cleaned_data["answer"] == YES
    if is_me and says_yes:
        actions.accept_admission(admission=admission, by=request.user)
    elif is_me:
        actions.decline_admission(admission=admission, by=request.user)
    else:
        actions.answer_admission(
            admission=admission,
            says_yes=says_yes,
            still_peers=form.cleaned_data["still_peers"] == YES,
            by=request.user,
        )


def _page_of(request: SignedInRequest, admission: Admission, mine: Membership) -> dict[str, Any]:
    """Return what the page of a question shows: who reads there, the power among them with the one asked, one's own
    answer.
    """
    space = admission.space
    members = list(space.members().with_roles().order_by("person__name"))
    coming = [row for row in _also_asked(admission) if row not in members]
    return {
        "partnership": space.partnership,
        "space": space,
        "space_name": admission_news.name_before(space),
        "admission": admission,
        "members": members,
        "coming": [row for row in coming if row.pk != mine.pk],
        "power": power_among(space, [*members, *coming]),
        "question": question_in(space, admission.membership),
        "answer": admission.answers.filter(membership=mine).first(),
    }


def _also_asked(admission: Admission) -> list[Membership]:
    """Return the one asked; of a space that has just opened also those who are asked with them."""
    asked = Membership.objects.filter(pk=admission.membership_id)
    if admission.kind == Admission.Kind.FOUNDING:
        founding = admission.space.admissions.pending().filter(kind=Admission.Kind.FOUNDING)
        asked = asked | Membership.objects.filter(pk__in=founding.values("membership"))
    return list(asked.with_roles().order_by("person__name"))


def _who_can_be_asked(space: Space) -> list[Membership]:
    """Return the members of the partnership who are neither inside nor asked already."""
    asked = [row.membership_id for row in space.admissions.pending() if row.is_taken_up]
    members = current_members(partnership_of(space)).exclude(pk__in=space.members().values("pk"))
    return list(members.exclude(pk__in=asked).with_roles().order_by("person__name"))


def _is_ready(choice: AskForm, space: Space) -> bool:
    """Say whether somebody was chosen who can be asked now; the reason why not stands in the form."""
    if not choice.is_valid():
        return False
    outcomes = (Admission.Outcome.STOPPED, Admission.Outcome.DECLINED)
    try:
        require_no_refusal(space, choice.others[choice.cleaned_data["member"]], *outcomes)
    except ValidationError as error:
        choice.add_error("member", error)
    return not choice.errors
