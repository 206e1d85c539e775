"""Who takes part, in which role, and how a membership ends."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.step_up import require_step_up
from partnerships import actions
from partnerships.access import member_or_404, membership_or_404
from partnerships.engaged import by_member, engagements, in_words, is_about
from partnerships.forms.people import EndForm, MembershipForm
from partnerships.http import SignedInRequest
from partnerships.models import Membership
from partnerships.models.memberships import current_members
from partnerships.permissions import Permission, may, may_end
from partnerships.supervision import shown_to


@require_safe
def people_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show who takes part: from where, in which role, what they want to learn and can offer. Nothing countable."""
    mine = membership_or_404(request.reader, slug)
    members = list(current_members(mine.partnership).with_roles().order_by("person__name", "pk"))
    looks_after = may(mine, Permission.LOOK_AFTER_PEOPLE)
    lines = engagements(mine.partnership)
    told = by_member(lines, members)
    rows = [
        {
            "member": member,
            "engaged": told.get(member, ""),
            "is_me": member == mine,
            "may_change": looks_after or member == mine,
            "may_end": member == mine or may_end(mine, member),
        }
        for member in members
    ]
    context = {
        "partnership": mine.partnership,
        "rows": rows,
        "one_organisation": _one_organisation(members),
        "engagements": [
            {"who": line.who, "words": in_words(line)}
            for line in lines
            if not any(is_about(line, member) for member in told)
        ],
        "supervised": shown_to(mine.partnership),
        "looks_after_people": looks_after and not mine.partnership.is_draft,
        "hands_over": looks_after or may_prepare_hand_over(mine),
    }
    return render(request, "partnerships/people_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_edit(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Change a member's role, organisation and duties; or, of oneself, the words for it."""
    mine = membership_or_404(request.reader, slug)
    membership = member_or_404(mine.partnership, public_id)
    if membership != mine and not may(mine, Permission.LOOK_AFTER_PEOPLE):
        raise PermissionDenied("Looks after no people.")
    form = MembershipForm(request.POST if request.method == "POST" else None, membership=membership, mine=mine)
    if form.is_forged:
        raise PermissionDenied("Sent what was not offered.")
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        if form.gives_a_duty:
            require_step_up(request)
        try:
            if form.is_about_own_words_only:
                own_words = form.cleaned_data["own_words"]
                actions.change_own_words(membership=membership, own_words=own_words, by=request.user)
            else:
                actions.change_role(membership=membership, by=request.user, **form.changes())
        except ValidationError as error:
            form.add_error(None, error)
            status = 409 if error.code == "stale" else 422
        else:
            messages.success(request, _("Saved. Notes shared before keep the role held then."))
            return redirect("partnerships:people-list", slug)
    context = {"partnership": mine.partnership, "membership": membership, "form": form, "is_me": membership == mine}
    return render(request, "partnerships/membership_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_end(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """End a membership after a page that says what happens; the last steward names the next one there."""
    mine = membership_or_404(request.reader, slug)
    membership = member_or_404(mine.partnership, public_id)
    if not may_end(mine, membership):
        raise PermissionDenied("May not end this membership.")
    form = EndForm(request.POST if request.method == "POST" else None, membership=membership)
    if request.method == "POST" and form.is_valid() and not form.nobody_else:
        if form.is_last_steward:
            require_step_up(request)
        try:
            actions.end_membership(membership=membership, by=request.user, successor=form.successor_chosen())
        except ValidationError as error:
            # As things stand now: who was one of two stewards may be the last by now, and is asked for the next.
            form = EndForm(request.POST, membership=membership)
            form.is_valid()
            form.add_error(None, error)
        except PermissionDenied:
            if Membership.objects.current().filter(pk=mine.pk).exists():
                raise
            messages.error(request, _("Your own membership was ended a moment ago, so nothing was changed."))
            return redirect("partnerships:partnership-list")
        else:
            return _after_the_end(request, mine, membership)
    context = {"partnership": mine.partnership, "membership": membership, "form": form, "is_me": membership == mine}
    status = 422 if request.method == "POST" else 200
    return render(request, "partnerships/membership_end.html", context, status=status)


def may_prepare_hand_over(mine: Membership) -> bool:
    """Say whether the page on handing over is theirs: stewards', and of who is or was learning partner in this stay."""
    return may(mine, Permission.GIVE_DUTIES) or mine.held_roles.filter(is_learning_partner=True).exists()


def _after_the_end(request: SignedInRequest, mine: Membership, ended: Membership) -> HttpResponse:
    """Say what was done, and lead on to where one may still go."""
    names: dict[str, Any] = {"name": ended.person.name, "partnership": ended.partnership.name}
    if ended == mine:
        messages.success(request, _("You have left %(partnership)s. Your own words stay yours.") % names)
        return redirect("partnerships:partnership-list")
    messages.success(request, _("%(name)s is no longer a member here.") % names)
    return redirect("partnerships:people-list", ended.partnership.slug)


def _one_organisation(members: list[Membership]) -> str:
    """Return the organisation that all of several members come from, so that it is said once."""
    organisations = {member.held_role.organisation for member in members}
    only = organisations.pop() if len(organisations) == 1 else None
    return only.name if only and len(members) > 1 else ""
