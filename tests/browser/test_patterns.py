"""A pattern from an empty partnership of three: written down, with what fits and what does not, and read."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnerships.models import Role
from tests import factories as make

from .steps_belonging import choose, fill, follow, is_at, is_told, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SENTENCE = "People bend the rule quietly, and say so once somebody senior has"
FITS, DOES_NOT = "I put six months. It was nine weeks.", "They opened the door at twenty to one."
WHY_NOT = "Nobody senior had said a thing."


@pytest.fixture
def three(db):
    """Three people who have just begun: an academic, a practitioner and who started it; two of them wrote a note."""
    starter = make.make_person(name="Sasha Reed")
    partnership = make.make_partnership(by=starter, name="Bus station", role=Role.MANAGER)
    people = {"academic": make.make_person(name="Noor Vale"), "practitioner": make.make_person(name="Pat Moss")}
    for role, person in people.items():
        make.make_member(partnership=partnership, person=person, role=role)
    everyone = make.everyone_of(partnership=partnership)
    make.make_shared_note(by=people["practitioner"], space=everyone, title="Six months, it says", text=FITS)
    make.make_shared_note(by=starter, space=everyone, title="At the shelter", text=DOES_NOT)
    return partnership, people


def writes_it_down(page, partnership):
    page.goto(reverse("landscape:pattern-list", args=[partnership.slug]))
    expect(page.get_by_role("heading", name="No pattern is written down yet")).to_be_visible()
    follow(page, "Write one down")
    fill(page, "Memo", "Might be trust. Might be safety in numbers.")
    press(page, "Write it down")
    expect(page.get_by_role("alert")).to_contain_text("Say in a sentence")
    expect(page.get_by_role("textbox", name="Memo", exact=True)).to_have_value(
        "Might be trust. Might be safety in numbers."
    )
    expect(page.get_by_role("radio", name="Beyond us")).to_be_checked()
    fill(page, "What comes up again, in a sentence", SENTENCE)
    press(page, "Write it down")
    is_told(page, "Written down. What does not fit?")
    expect(page.get_by_text("Nobody has looked yet for what does not fit.")).to_be_visible()
    return page.url


def adds_what_fits_from_its_page(page, address):
    page.goto(address)
    follow(page, "Add what fits")
    fill_search(page, "six months")
    choice(page, "Six months, it says").click()
    press(page, "Add it")
    is_told(page, "It is a source now.")


def choice(page, what):
    """Find the link that chooses this, among those that all say "Choose"."""
    return page.get_by_role("link", name=re.compile(rf"^Choose\s*: {re.escape(what)}$"))


def fill_search(page, words):
    page.get_by_role("searchbox", name="Words in it").fill(words)
    press(page, "Show these")
    expect(choice(page, "At the shelter")).to_have_count(0)


def adds_what_does_not_from_the_note(page, partnership):
    page.goto(reverse("records:stream", args=[partnership.slug]))
    follow(page, "At the shelter")
    follow(page, "Make it a source of a pattern")
    choice(page, SENTENCE).click()
    choose(page, "It does not fit")
    press(page, "Add it")
    expect(page.get_by_role("alert")).to_contain_text("Say in a line what does not fit")
    page.get_by_label("In a line: what in it fits, or does not?").fill(WHY_NOT)
    press(page, "Add it")
    is_told(page, "It is a source now.")


def reads_both(page, address):
    """See what fits and what does not in columns of one size, side by side; give what each says."""
    page.goto(address)
    is_at(page, SENTENCE)
    expect(page.get_by_text("Nobody has looked yet")).to_have_count(0)
    fits, not_fitting = page.locator(".stance").all()
    expect(fits).to_contain_text(FITS)
    expect(not_fitting).to_contain_text(DOES_NOT)
    expect(not_fitting).to_contain_text(WHY_NOT)
    one, other = fits.bounding_box(), not_fitting.bounding_box()
    assert one and other and (one["y"], one["width"]) == (other["y"], other["width"])


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_pattern_keeps_what_does_not_fit_beside_what_does(visit, three, script):
    partnership, people = three
    hers, ours = (visit(people[role], javascript=script) for role in ("academic", "practitioner"))
    address = writes_it_down(hers, partnership)
    adds_what_fits_from_its_page(hers, address)
    adds_what_does_not_from_the_note(ours, partnership)
    for page in (hers, ours):
        reads_both(page, address)
    follow(ours, "At the shelter")
    expect(ours.get_by_role("complementary").or_(ours.locator(".aside-note")).first).to_contain_text(SENTENCE)
