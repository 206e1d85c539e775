"""One learning cycle in an empty partnership of three: begun, moved on, gone back a stage, and legible still."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from cycles.models import LearningCycle
from tests import factories as make

from .steps_belonging import choose, fill, follow, is_at, is_told, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "What happens before somebody says no?"
WHY = "We had drawn a form before anybody had asked them."


@pytest.fixture
def three(transactional_db):
    """Give the people of a partnership in which nothing has happened yet."""
    people = [make.make_person(name=name) for name in ("Ros T", "Idris K", "Bea N")]
    partnership = make.make_partnership(by=people[0], name="Early walks")
    for person in people[1:]:
        make.make_member(partnership=partnership, person=person)
    return people, partnership


def opens_the_room(page, partnership):
    page.goto(partnership.get_absolute_url())
    follow(page, "More rooms")
    press(page, "Open Cycles")
    is_at(page, "Cycles")


def begins(page, partnership):
    opens_the_room(page, partnership)
    expect(page.get_by_role("heading", name="No cycle has begun yet")).to_be_visible()
    follow(page, "Begin a cycle")
    press(page, "Begin it")
    expect(page.get_by_role("alert")).to_contain_text("Write the question.")
    fill(page, "What do we want to find out?", QUESTION)
    press(page, "Begin it")
    is_told(page, "Begun.")
    is_at(page, QUESTION)
    return page.url


def moves(page, address, stage, why=""):
    page.goto(address)
    follow(page, "Move it")
    choose(page, stage)
    if why:
        press(page, "Move it")
        expect(page.get_by_role("alert")).to_contain_text("Say in a line why it goes back.")
        fill(page, "Why", why)
    press(page, "Move it")
    is_told(page, "Moved.")


def steps_drawn(page):
    """Give the numbers in the picture with the stage beside whose line each stands, from left to right."""
    labels = page.locator("svg.cycle .cycle__label").evaluate_all(
        "all => all.map(e => [e.textContent, e.y.baseVal[0].value])"
    )
    numbers = page.locator("svg.cycle .cycle__number").evaluate_all(
        "all => all.map(e => [e.textContent, +e.getAttribute('y'), e.getBoundingClientRect().x])"
    )
    stages = sorted(labels, key=lambda row: row[1])
    found = []
    for number, y, across in numbers:
        stage = [label for label, above in stages if above < y][-1]
        found.append((across, number, stage))
    return [(number, stage) for _across, number, stage in sorted(found)]


def steps_listed(page):
    lines = page.locator(".cycle-step").all_inner_texts()
    return [re.sub(r"\s+", " ", line).strip() for line in lines]


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without"])
def test_a_cycle_goes_back_a_stage_and_stays_legible(visit, three, javascript):
    people, partnership = three
    begun_at = timezone.now()
    with time_machine.travel(begun_at, tick=True):
        address = begins(visit(people[0], javascript=javascript), partnership)
    with time_machine.travel(begun_at + timedelta(days=30), tick=True):
        moves(visit(people[1], width=390, javascript=javascript), address, "Co-design")
    with time_machine.travel(begun_at + timedelta(days=50), tick=True):
        moves(visit(people[2], javascript=javascript), address, "Understand", WHY)
    with time_machine.travel(begun_at + timedelta(days=70), tick=True):
        for width in (1280, 390):
            page = visit(people[1], width=width, javascript=javascript)
            page.goto(address)
            assert steps_drawn(page) == [("1", "Understand"), ("2", "Co-design"), ("3", "Understand")]
            assert steps_listed(page) == [
                "1 Began with: Understand",
                "2 On to: Co-design",
                "3 Back to: Understand",
            ]
            expect(page.get_by_role("main")).to_contain_text(WHY)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert LearningCycle.objects.get().moves.count() == 3
