"""Every page of sessions, before, while and after they are, as `test_accessibility` looks at all others."""

import pytest
from django.urls import reverse

from .looking import look_at, look_at_all, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def of(name, *things):
    """Give the address of a page about these; a partnership is named by its slug."""
    keys = [getattr(thing, "slug", None) or thing.public_id for thing in things]
    return reverse(f"convening:{name}", args=keys)


def opened(page):
    """Look at the session whose page is open with every fold of it unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    return page


def test_what_its_host_does_before_a_session(visit, gathered_anew):
    cast = gathered_anew
    session, item = cast["peers_session"], cast["agenda_item"]
    page = visit(cast.practitioner)
    faults = look_at_all(
        page,
        {
            "sessions": of("session-list", cast.partnership),
            "convene": of("session-new", cast.partnership),
            "before-as-host": session.get_absolute_url(),
            "session-edit": of("session-edit", session),
            "session-move": of("session-move", session),
            "session-cancel": of("session-cancel", session),
            "session-host": of("session-host", session),
            "session-repeat": of("session-repeat", session),
            "agenda": of("agenda-edit", session),
            "agenda-item-new": of("agenda-item-new", session),
            "agenda-item-edit": of("agenda-item-edit", session, item),
            "agenda-item-remove": of("agenda-item-remove", session, item),
            "agenda-offer-decline": of("agenda-offer-decline", session, cast["offer"]),
            "calendar": reverse("convening:calendar"),
            "calendar-of-a-partnership": of("partnership-calendar", cast.partnership),
        },
    )
    page.goto(of("session-repeat", session))
    page.get_by_role("main").get_by_role("radio").first.check()
    page.get_by_role("main").locator("form[method=post] button").last.click()
    faults += look_at(page, "session-repeat-asked")
    page.goto(of("session-new", cast.partnership))
    page.get_by_role("main").get_by_role("button", name="Convene it").click()
    say(faults + look_at(opened(page), "convene-errors"))


def test_what_those_who_come_do(visit, gathered_anew):
    cast = gathered_anew
    page = visit(cast.fellow)
    faults = look_at_all(
        page,
        {
            "before-as-member": cast["peers_session"].get_absolute_url(),
            "write-for-it": of("contribution-new", cast["peers_session"]),
            "offer": of("agenda-offer-new", cast["peers_session"]),
            "written-unseen": of("contribution-detail", cast["unseen_words"]),
            "written-edit": of("contribution-edit", cast["unseen_words"]),
            "written-delete": of("contribution-delete", cast["unseen_words"]),
            "running-as-member": cast["running_session"].get_absolute_url(),
            "cancelled": cast["cancelled_session"].get_absolute_url(),
            "in-a-series": of("session-move", cast["series_session"]),
            "proposed-as-member": cast["proposed_session"].get_absolute_url(),
            "outcome-object": of("outcome-object", cast["proposed_session"]),
            "agreed-as-member": cast["agreed_session"].get_absolute_url(),
            "commitments": of("commitment-list", cast.partnership),
            "commitment": of("commitment-detail", cast["commitment"]),
            "commitment-let-go": of("commitment-let-go", cast["commitment"]),
            "calendar-feed": reverse("convening:feed-edit"),
        },
    )
    say(faults)


def test_what_its_host_does_while_it_goes_on_and_after(visit, gathered_anew):
    cast = gathered_anew
    noted = cast["noted_session"]
    page = visit(cast.academic)
    faults = look_at_all(
        page,
        {
            "over-as-host": cast["over_session"].get_absolute_url(),
            "noted-as-host": noted.get_absolute_url(),
            "outcome-edit": of("outcome-edit", noted),
            "outcome-propose": of("outcome-propose", noted),
            "outcome-versions": of("outcome-versions", noted),
            "objected-as-host": cast["objected_session"].get_absolute_url(),
            "under-the-rule": cast["house_session"].get_absolute_url(),
            "commit": of("commitment-new", noted),
        },
    )
    page.goto(cast["running_session"].get_absolute_url())
    say(faults + look_at(opened(page), "running-as-host"))


def test_looking_again_and_supervision(visit, gathered_anew):
    cast = gathered_anew
    looking, supervision = cast["looking_session"], cast["supervision_session"]
    intention, decision = cast["looked_intention"], cast["looked_decision"]
    faults = look_at_all(
        visit(cast.learning_partner),
        {
            "looking-again": looking.get_absolute_url(),
            "intention-review": of("intention-review", looking, intention),
            "evidence": of("evidence-new", looking, intention),
            "decide": of("decision-new", looking),
            "decision-object": of("decision-object", looking, decision),
            "decision-carry-out": of("decision-carry-out", looking, decision),
            "tasks": of("task-list", looking),
            "tasks-edit": of("task-edit", looking),
            "supervision-session": supervision.get_absolute_url(),
            "supervision-note": of("supervision-note", supervision),
            "earlier-notes": of("note-list", supervision),
            "agendas": of("agenda-settings", cast.partnership),
            "agenda-of-ones-own": of("agenda-new", cast.partnership),
            "agenda-change": of("agenda-change", cast.partnership, cast["own_agenda"]),
            "agenda-put-away": of("agenda-put-away", cast.partnership, cast["own_agenda"]),
        },
    )
    say(faults)
