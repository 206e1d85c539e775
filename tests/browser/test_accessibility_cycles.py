"""Every page of cycles and activities, as `test_accessibility` looks at all others."""

import pytest
from django.urls import reverse

from .looking import look_at, look_at_all, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def of(name, *things):
    """Give the address of a page about these; a partnership is named by its slug."""
    keys = [getattr(thing, "slug", None) or thing.public_id for thing in things]
    return reverse(f"cycles:{name}", args=keys)


def test_the_pages_of_cycles_and_activities(visit, gathered_anew):
    cast = gathered_anew
    cycle, activity = cast["everyone_cycle"], cast["peers_activity"]
    page = visit(cast.practitioner)
    faults = look_at_all(
        page,
        {
            "cycles": of("cycle-list", cast.partnership),
            "cycle-new": of("cycle-new", cast.partnership),
            "cycle": cycle.get_absolute_url(),
            "cycle-edit": of("cycle-edit", cycle),
            "cycle-move": of("cycle-move", cycle),
            "activities": of("activity-list", cast.partnership),
            "activity-new": of("activity-new", cast.partnership),
            "activity": activity.get_absolute_url(),
            "activity-edit": of("activity-edit", activity),
            "methods": of("method-list", cast.partnership),
            "method-new": of("method-new", cast.partnership),
            "part-of": of("part-of", cast["peers_session"]),
            "grid": of("grid", cast.partnership),
            "grid-cell": reverse("cycles:cell", args=[cast.partnership.slug, 2, "convening"]),
        },
    )
    page.goto(of("cycle-new", cast.partnership))
    page.get_by_role("main").get_by_role("button", name="Begin it").click()
    say(faults + look_at(page, "cycle-new-errors"))
