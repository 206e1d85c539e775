"""The pages of a partnership: list, overview, people, spaces."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from . import rooms
from .access import membership_or_404, space_or_404
from .http import SignedInRequest
from .models import Partnership, Space
from .models.memberships import current_members
from .models.partnerships import paths_of
from .models.spaces import names_in


@require_safe
def partnership_list(request: SignedInRequest) -> HttpResponse:
    """Show the partnerships that one is in, nested as they lie."""
    mine = request.reader.memberships
    paths = paths_of(request.reader.partnerships)
    nested = sorted(
        request.reader.partnerships, key=lambda row: [node.name.casefold() for node in [*paths[row.pk], row]]
    )
    rows = [{"partnership": row, "path": _known(paths[row.pk], mine), "held": mine[row.pk].held_role} for row in nested]
    return render(request, "partnerships/partnership_list.html", {"rows": rows})


@require_safe
def partnership_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership: where it lies, what it is for, what is going on, where one talks, who takes part."""
    partnership = membership_or_404(request.reader, slug).partnership
    mine = request.reader.memberships
    children = partnership.children.opened()
    context = {
        "partnership": partnership,
        "path": _linked(partnership.path(), mine),
        "happenings": rooms.happenings(request.reader, partnership),
        "spaces": _described(request, request.reader.spaces_of(partnership)),
        "participations": partnership.participations.select_related("organisation"),
        "children": _linked(children, mine),
    }
    return render(request, "partnerships/partnership_detail.html", context)


@require_safe
def people_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show who takes part: from where, in which role, what they want to learn and can offer. Nothing countable."""
    partnership = membership_or_404(request.reader, slug).partnership
    members = current_members(partnership).with_roles().order_by("person__name")
    return render(request, "partnerships/people_list.html", {"partnership": partnership, "members": members})


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
        "spaces": _described(request, mine),
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


def _described(request: SignedInRequest, spaces: list[Space]) -> list[dict[str, Any]]:
    reader = request.reader
    return [{"space": space, "name": reader.name_of(space), "others": reader.others_in(space)} for space in spaces]


def _linked(partnerships, mine) -> list[dict[str, str]]:
    """Name partnerships, with an address for those that one may enter; the others stay plain text."""
    return [
        {
            "title": row.name,
            "url": reverse("partnerships:partnership-detail", args=[row.slug]) if row.pk in mine else "",
        }
        for row in _known(partnerships, mine)
    ]


def _known(partnerships, mine) -> list[Partnership]:
    """Leave out drafts of others: that one is being started is nobody else's to know."""
    return [row for row in partnerships if not row.is_draft or row.pk in mine]


def bar_of(request: SignedInRequest, partnership: Partnership, *, overview: bool, room: str) -> dict[str, Any]:
    """Return what the partnership's bar shows: name, path and rooms, the one that the page belongs to marked."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    sections = [
        {
            "label": row.label,
            "url": reverse(row.url_name, args=[partnership.slug]),
            "current": row.url_name in (here, room),
            "aria_current": "page" if row.url_name == here else "true",
        }
        for row in rooms.all_rooms()
    ]
    mine = request.reader.memberships
    return {
        "name": partnership.name,
        "url": partnership.get_absolute_url(),
        "path": [] if overview else _linked(reversed(partnership.path()), mine),
        "sections": sections,
    }
