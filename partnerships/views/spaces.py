"""The spaces of a partnership: the list, each space, opening one, leaving and closing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import actions, admission_news
from partnerships.access import membership_or_404, space_or_404
from partnerships.admitting import NAMED, OF_EVERYBODY, one_to_one_between
from partnerships.forms.spaces import SpaceForm
from partnerships.http import SignedInRequest
from partnerships.models import Admission, Membership, Partnership, Space
from partnerships.models.memberships import current_members
from partnerships.models.spaces import names_in
from partnerships.permissions import Permission, may
from partnerships.power import power_among

# The kinds of space that members open.
OPENED = (Space.Kind.PEERS, Space.Kind.POWER_LINE, Space.Kind.ONE_TO_ONE)


@require_safe
def space_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the spaces one is in, and the names, purposes and members of the other named ones.

    Nobody shall be blind to where the others talk; of one to ones only the two know.
    """
    membership = membership_or_404(request.reader, slug)
    partnership = membership.partnership
    mine = described(request, request.reader.spaces_of(partnership))
    inside = [row["space"].pk for row in mine]
    others = list(partnership.spaces.filter(kind__in=NAMED, closed_at=None).exclude(pk__in=inside).in_order())
    names = names_in(others)
    about_me = Admission.objects.filter(membership=membership).select_related("space__partnership", "asked_by__person")
    last = {row.space_id: row for row in about_me}
    refused = {row.space_id for row in last.values() if row.holds_back_from_joining}
    context = {
        "partnership": partnership,
        "spaces": [row for row in mine if row["space"].is_open],
        "closed": [row for row in mine if not row["space"].is_open],
        "asked": [row for row in about_me if row.is_pending and row.kind != Admission.Kind.NEW_POWER],
        "others": [
            {"space": space, "names": names[space.pk], "admission": last.get(space.pk), "refused": space.pk in refused}
            for space in others
        ],
    }
    return render(request, "partnerships/space_list.html", context)


@require_safe
def space_detail(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Show a space that one is in: what it is for, everybody who can read there, the power among them, and who may
    come.
    """
    space = space_or_404(request.reader, slug, public_id)
    members = list(space.members().with_roles().order_by("person__name"))
    of_everybody = space.kind in OF_EVERYBODY
    context = {
        "partnership": space.partnership,
        "space": space,
        "name": request.reader.name_of(space),
        "waits_for": request.reader.waits_for(space),
        "members": members,
        "power": power_among(space, members),
        "admissions": [] if of_everybody else admission_news.shown_in(request.reader, space),
        "may_ask": space.kind in NAMED and space.is_open,
        "of_everybody": of_everybody,
    }
    return render(request, "partnerships/space_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def space_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Open a space: choose its kind, say what it is, and ask the first people in."""
    mine = membership_or_404(request.reader, slug)
    partnership = mine.partnership
    others = list(current_members(partnership).exclude(pk=mine.pk).with_roles().order_by("person__name"))
    kind = request.GET.get("kind", "")
    kinds = [kind for kind in OPENED if _may_open(mine, kind)]
    if kind not in OPENED:
        if request.method == "POST" or kind:
            raise Http404
        context = {"partnership": partnership, "kinds": kinds, "others": others}
        return render(request, "partnerships/space_kind.html", context)
    if kind not in kinds:
        raise PermissionDenied("Takes a duty.")
    form = SpaceForm(request.POST if request.method == "POST" else None, kind=kind, mine=mine, others=others)
    if request.method == "POST" and form.is_valid():
        space = _open(request, partnership, form)
        if space:
            return redirect(space)
    context = {"partnership": partnership, "form": form, "kind": Space.Kind(kind), "others": others}
    return render(request, "partnerships/space_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def space_leave(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Leave a space, after a page that says what stays one's own and what goes dark."""
    space = space_or_404(request.reader, slug, public_id)
    if space.kind in OF_EVERYBODY:
        raise PermissionDenied("It follows the memberships.")
    name = request.reader.name_of(space)
    if request.method == "POST":
        actions.leave_space(space=space, by=request.user)
        messages.success(request, _("You have left: %(space)s.") % {"space": name})
        return redirect("partnerships:space-list", slug)
    others = space.members().exclude(person=request.user)
    context = {"partnership": space.partnership, "space": space, "name": name, "is_last": not others.exists()}
    return render(request, "partnerships/space_leave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def space_close(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Close a space, after a page that says what that means."""
    space = space_or_404(request.reader, slug, public_id)
    if space.kind in OF_EVERYBODY:
        raise PermissionDenied("It lasts as long as the partnership.")
    if not space.is_open:
        return redirect(space)
    name = request.reader.name_of(space)
    if request.method == "POST":
        try:
            actions.close_space(space=space, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Closed: %(space)s. What is there can still be read.") % {"space": name})
        return redirect(space)
    waiting = space.admissions.pending().exclude(kind=Admission.Kind.NEW_POWER).exists()
    context = {"partnership": space.partnership, "space": space, "name": name, "waiting": waiting}
    return render(request, "partnerships/space_close.html", context)


def described(request: SignedInRequest, spaces: list[Space]) -> list[dict[str, Any]]:
    """Return what a row on each space shows: its name as this reader knows it, and how many others are in it."""
    reader = request.reader
    return [
        {
            "space": space,
            "name": reader.name_of(space),
            "others": reader.others_in(space),
            "waits_for": reader.waits_for(space),
        }
        for space in spaces
    ]


def _may_open(mine: Membership, kind: Space.Kind) -> bool:
    """Say whether the member may open a space of that kind."""
    return may(mine, Permission.OPEN_POWER_LINE if kind == Space.Kind.POWER_LINE else Permission.OPEN_SPACE)


def _open(request: SignedInRequest, partnership: Partnership, form: SpaceForm) -> Space | None:
    """Open the space of a form that is right; None, with the reason in the form, where that cannot be.

    A one to one that there is already is gone to instead.
    """
    asking = form.asking
    there = one_to_one_between(form.mine, asking[0]) if form.kind == Space.Kind.ONE_TO_ONE else None
    if there and there.members().filter(person=request.user).exists():
        return there
    try:
        if there:
            return actions.open_one_to_one(membership=asking[0], by=request.user)
        space = actions.open_space(
            partnership=partnership,
            kind=form.kind,
            asking=asking,
            still_peers=bool(form.cleaned_data.get("still_peers")),
            by=request.user,
            **form.words(),
        )
    except ValidationError as error:
        form.add_error("name" if error.code == "name" else None, error)
        return None
    messages.success(request, _("Opened. Each of those you asked accepts for themselves, and reads nothing before."))
    return space
