"""The list of one's partnerships, and the overview of each."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships import rooms
from partnerships.access import membership_or_404
from partnerships.agreements import standing_of
from partnerships.bar import known, linked
from partnerships.decided import decided
from partnerships.first_steps import Step, steps_of
from partnerships.http import SignedInRequest
from partnerships.models import Membership, Partnership, PhaseChange, Resource, Space
from partnerships.models.intentions import intentions_of
from partnerships.models.partnerships import paths_of
from partnerships.models.phases import standing
from partnerships.permissions import Permission, may, may_start
from partnerships.reader import Reader
from partnerships.shelf import shelf_of
from partnerships.supervision import shown_to

from .spaces import described

# So long after joining, "Start here" comes first and unfolded.
NEW_FOR = timedelta(days=60)


@require_safe
def partnership_list(request: SignedInRequest) -> HttpResponse:
    """Show the partnerships that one is in, nested as they lie."""
    mine = request.reader.memberships
    paths = paths_of(request.reader.partnerships)
    nested = sorted(
        request.reader.partnerships, key=lambda row: [node.name.casefold() for node in [*paths[row.pk], row]]
    )
    rows = [{"partnership": row, "path": known(paths[row.pk], mine), "held": mine[row.pk].held_role} for row in nested]
    context = {"rows": rows, "may_start": may_start(request.user)}
    return render(request, "partnerships/partnership_list.html", context)


@require_safe
def partnership_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership: where it lies, what it is for, what is going on, where one talks, who takes part."""
    membership = membership_or_404(request.reader, slug)
    partnership, mine = membership.partnership, request.reader.memberships
    around = list(Partnership.objects.filter(Q(parent=partnership) | Q(alongside=partnership)).distinct())
    inside = [row for row in around if row.parent_id == partnership.pk]
    resources = list(partnership.resources.all())
    present, ended = intentions_of(partnership)
    found = decided(request.reader, partnership) if ended else {}
    for row in (*present, *ended):
        row.decided = found.get(("intention", row.pk))
    agreed = standing_of(membership)
    context = {
        "partnership": partnership,
        "path": linked(partnership.path(), mine),
        "phases": phase_steps(partnership),
        "steps": _first_steps(request.reader, membership, resources, agreed.current is not None),
        "looks_after_settings": may(membership, Permission.LOOK_AFTER_SETTINGS),
        "talk_on": partnership.talk_on if is_to_come(partnership.talk_on) else None,
        "happenings": rooms.happenings(request.reader, partnership),
        "spaces": described(request, request.reader.spaces_of(partnership)),
        "intentions": present,
        "earlier_intentions": ended,
        "participations": partnership.participations.select_related("organisation"),
        "resources": resources,
        "shelf": shelf_of(request.reader, partnership),
        "is_new_here": membership.started_at > timezone.now() - NEW_FOR,
        "alongside": linked([row for row in around if row not in inside], mine),
        "children": linked([row for row in inside if not row.is_draft], mine),
        "more_rooms": rooms.rooms_to_open(request.reader, partnership),
        "agreement_line": agreed,
        "supervised": shown_to(partnership),
    }
    return render(request, "partnerships/partnership_detail.html", context)


def is_to_come(day: date | None) -> bool:
    """Say whether the day is not over."""
    return day is not None and day >= timezone.localdate()


def phase_steps(partnership: Partnership) -> list[dict[str, Any]]:
    """Return the phases for the picture of them: those that one has been in, the present one, and the others."""
    # One question for both: a row for each change of a phase, and one for a phase that was never entered.
    rows = list(partnership.phases.annotate(change=F("changes"), began_on=F("changes__began_on")))
    phases = list({row.pk: row for row in rows}.values())
    changes = standing(PhaseChange(pk=row.change, phase=row, began_on=row.began_on) for row in rows if row.change)
    began = {change.phase_id: change.began_on for change in changes}
    now = changes[-1].phase_id if changes else None

    def step(pk: int) -> dict[str, Any]:
        if pk == now:
            return {"state": "now", "note": _("since %(day)s") % {"day": _day(began[pk])}}
        return {"state": "past", "note": _month(began[pk])} if pk in began else {"state": "next", "note": ""}

    return [{"name": phase.word, **step(phase.pk)} for phase in phases]


def _day(day: date) -> str:
    return formats.date_format(day, "j F" if day.year == timezone.localdate().year else "j F Y")


def _month(day: date) -> str:
    return formats.date_format(day, "F" if day.year == timezone.localdate().year else "F Y")


def _first_steps(reader: Reader, membership: Membership, resources: list[Resource], has_agreement: bool) -> list[Step]:
    """Return the first steps for who looks after settings, until all are done or they were put away."""
    partnership = membership.partnership
    if partnership.steps_put_away_at or not may(membership, Permission.LOOK_AFTER_SETTINGS):
        return []
    everyone = next(row for row in reader.spaces_of(partnership) if row.kind == Space.Kind.EVERYONE)
    others = reader.others_in(everyone)
    steps = steps_of(partnership, resources=resources, others=others, has_agreement=has_agreement)
    return [] if all(step.is_done for step in steps) else steps
