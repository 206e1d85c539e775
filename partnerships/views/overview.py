"""The list of one's partnerships, and the overview of each."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships import rooms
from partnerships.access import membership_or_404
from partnerships.bar import known, linked
from partnerships.http import SignedInRequest
from partnerships.models.partnerships import paths_of

from .spaces import described


@require_safe
def partnership_list(request: SignedInRequest) -> HttpResponse:
    """Show the partnerships that one is in, nested as they lie."""
    mine = request.reader.memberships
    paths = paths_of(request.reader.partnerships)
    nested = sorted(
        request.reader.partnerships, key=lambda row: [node.name.casefold() for node in [*paths[row.pk], row]]
    )
    rows = [{"partnership": row, "path": known(paths[row.pk], mine), "held": mine[row.pk].held_role} for row in nested]
    return render(request, "partnerships/partnership_list.html", {"rows": rows})


@require_safe
def partnership_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership: where it lies, what it is for, what is going on, where one talks, who takes part."""
    partnership = membership_or_404(request.reader, slug).partnership
    mine = request.reader.memberships
    children = partnership.children.opened()
    context = {
        "partnership": partnership,
        "path": linked(partnership.path(), mine),
        "happenings": rooms.happenings(request.reader, partnership),
        "spaces": described(request, request.reader.spaces_of(partnership)),
        "participations": partnership.participations.select_related("organisation"),
        "children": linked(children, mine),
    }
    return render(request, "partnerships/partnership_detail.html", context)
