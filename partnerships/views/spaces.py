"""The spaces of a partnership."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.access import membership_or_404, space_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Space
from partnerships.models.spaces import names_in


@require_safe
def space_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the spaces one is in, and the names, purposes and members of the other named ones.

    Nobody shall be blind to where the others talk; of one to ones only the two know.
    """
    partnership = membership_or_404(request.reader, slug).partnership
    mine = request.reader.spaces_of(partnership)
    named = partnership.spaces.filter(kind__in=[Space.Kind.PEERS, Space.Kind.POWER_LINE])
    others = list(named.exclude(pk__in=[space.pk for space in mine]).filter(closed_at=None).in_order())
    names = names_in(others)
    context = {
        "partnership": partnership,
        "spaces": described(request, mine),
        "others": [{"space": space, "names": names[space.pk]} for space in others],
    }
    return render(request, "partnerships/space_list.html", context)


@require_safe
def space_detail(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Show a space that one is in: what it is for, who holds power over whom, and everybody who can read there."""
    space = space_or_404(request.reader, slug, public_id)
    context = {
        "partnership": space.partnership,
        "space": space,
        "name": request.reader.name_of(space),
        "who_reads": request.reader.who_reads(space),
        "members": space.members().with_roles().order_by("person__name"),
    }
    return render(request, "partnerships/space_detail.html", context)


def described(request: SignedInRequest, spaces: list[Space]) -> list[dict[str, Any]]:
    """Return what a row on each space shows: its name as this reader knows it, and how many others are in it."""
    reader = request.reader
    return [{"space": space, "name": reader.name_of(space), "others": reader.others_in(space)} for space in spaces]
