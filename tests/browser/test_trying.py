"""Something is tried in a partnership of three: begun, logged from a note, refused without a belief, and closed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cycles.models import Experiment
from tests import factories as make

from .steps_belonging import choose, fill, follow, goes_to_room, is_at, is_told, press, row_at_home
from .test_convening import day_boxes

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TRIED = "For six weeks nobody is asked for papers at the door"
HUNCH = "If nobody asks for papers first, more people come in on the first asking."
NOTE = "The dog came in before he did, and nobody reached for the form."
BELIEF = "We thought the form protected us. Mostly it saved us from deciding."
SURPRISE = "Nobody could name a thing that it had ever caught."


def three_people(transactional_db):
    """Give a partnership with nothing in it, and its three people."""
    begins = make.make_person(name="Ros")
    partnership = make.make_partnership(by=begins, name="Early Shift")
    others = [make.make_member(partnership=partnership, person=make.make_person(name=name)).person for name in "AB"]
    return partnership, begins, *others


def begins(page, partnership):
    page.goto(partnership.get_absolute_url())
    page.goto(reverse("partnerships:room-open", args=[partnership.slug]))
    page.get_by_role("main").get_by_role("button", name=re.compile("Trying")).click()
    is_at(page, "What we are trying")
    follow(page, "Try something")
    fill(page, "What will you try?", TRIED)
    day_boxes(page, timezone.localdate() - timedelta(days=1))
    press(page, "Begin it")
    expect(page.get_by_role("alert")).to_contain_text("That day has gone by.")
    expect(page.get_by_role("textbox", name="What will you try?", exact=True)).to_have_value(TRIED)
    day_boxes(page, timezone.localdate())
    press(page, "Begin it")
    is_told(page, "Begun.")
    is_at(page, TRIED)
    return page.url


def says_the_hunch(page, address):
    page.goto(address)
    follow(page, "Our hunch")
    fill(page, "Our hunch", HUNCH)
    press(page, "Save")
    expect(page.get_by_role("region", name="Our hunch", exact=True)).to_contain_text(HUNCH)


def logs_a_note(page, note):
    page.goto(note.get_absolute_url())
    follow(page, "Put it into the log of something you are trying")
    choose(page, "A sign of hope")
    press(page, "Put it into the log")
    is_told(page, "It is in the log.")
    expect(page.get_by_role("region", name="Log", exact=True)).to_contain_text(NOTE)


def is_refused_and_then_closes(page, address):
    page.goto(address)
    follow(page, "Close it")
    fill(page, "What surprised you?", SURPRISE)
    choose(page, "Take it to where the rules are made")
    press(page, "Close it")
    expect(page.get_by_role("alert")).to_contain_text("Say what you now believe.")
    expect(page.get_by_role("textbox", name="What surprised you?", exact=True)).to_have_value(SURPRISE)
    expect(page.get_by_role("radio", name="Take it to where the rules are made", exact=True)).to_be_checked()
    assert not Experiment.objects.get().is_closed
    fill(page, "What do you now believe?", BELIEF)
    press(page, "Close it")
    is_told(page, "Closed.")


@pytest.mark.parametrize("javascript", [True, False], ids=["with a script", "without"])
def test_an_experiment_from_its_sentence_to_what_is_believed_now(visit, transactional_db, javascript):
    partnership, ros, first, second = three_people(transactional_db)
    wide = visit(ros, javascript=javascript)
    address = begins(wide, partnership)
    narrow = visit(first, width=390, javascript=javascript)
    says_the_hunch(narrow, address)
    note = make.make_shared_note(by=second, space=make.everyone_of(partnership=partnership), text=NOTE)
    logs_a_note(visit(second, javascript=javascript), note)
    title = f"You meant to look at this again on {timezone.localdate():%A} {timezone.localdate().day}"
    asked = row_at_home(wide, f"{title} {timezone.localdate():%B}")
    asked.get_by_role("link").first.click()
    is_refused_and_then_closes(wide, address)
    for page in (wide, narrow):
        page.goto(address)
        believe = page.locator("#believe")
        expect(believe).to_contain_text(HUNCH)
        expect(believe).to_contain_text(BELIEF)
    wide.goto(partnership.get_absolute_url())
    goes_to_room(wide, "Trying")
    expect(wide.get_by_role("region", name="Closed", exact=True)).to_contain_text(TRIED)
