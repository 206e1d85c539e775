"""A tension from an empty partnership of three: written down, checked in on from two roles, read by both alike."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnerships.models import Role
from tests import factories as make

from .steps_belonging import choose, fill, follow, is_at, is_told, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEEDED = "They rang me about the room, the agenda and the biscuits."
ALONE = "We held July without him."
FIRST, SECOND = "Building capacity", "Being needed"


@pytest.fixture
def three(db):
    """Three people who have just begun: a practitioner, a consultant, and who started it."""
    starter = make.make_person(name="Sasha Reed")
    partnership = make.make_partnership(by=starter, name="Bus station", role=Role.MANAGER)
    people = {"practitioner": make.make_person(name="Pat Moss"), "consultant": make.make_person(name="Con Hale")}
    for role, person in people.items():
        make.make_member(partnership=partnership, person=person, role=role)
    return partnership, people


def reverse_of(name, *args):
    return reverse(name, args=args)


def writes_it_down(page, partnership):
    page.goto(reverse_of("conversing:tension-list", partnership.slug))
    expect(page.get_by_role("heading", name="No tension is written down yet")).to_be_visible()
    follow(page, "Write one down")
    fill(page, "One pole", FIRST)
    press(page, "Write it down")
    expect(page.get_by_role("alert")).to_contain_text("Name the other pole")
    expect(page.get_by_role("textbox", name="One pole", exact=True)).to_have_value(FIRST)
    fill(page, "The other pole", SECOND)
    page.get_by_role("checkbox", name="Consultant").check()
    choose(page, "Everyone: 2 people")
    press(page, "Write it down")
    is_told(page, "Written down.")
    return page.url


def checks_in(page, address, lean, words):
    page.goto(address)
    # Among three a role would name its holder, so there is one way to be named, and the page says why.
    expect(page.get_by_role("radio", name="By role only")).to_have_count(0)
    expect(page.get_by_text("You are the only one here whose role is")).to_be_visible()
    page.get_by_label("Where does it feel today?").fill(str(lean))
    fill(page, "Why there?", words)
    press(page, "Check in")
    is_told(page, "Checked in.")


def reads_it(page, address):
    """Give what the picture says, and what its list says: the same check-ins, in the same order."""
    page.goto(address)
    is_at(page, f"{FIRST} ↔ {SECOND}")
    drawn = page.locator(".picture__check-in")
    listed = page.get_by_role("region", name="The same in words").get_by_role("listitem")
    expect(listed).to_have_count(2)
    words = [row.locator(".picture__words").all_text_contents() for row in drawn.all()]
    names = [row.locator(".picture__who").text_content() for row in drawn.all()]
    said = listed.all_text_contents()
    for lines, name, row in zip(words, names, said, strict=True):
        assert name in row and lines[0].split(" …")[0] in " ".join(row.split())
    main = page.get_by_role("article").first.inner_text()
    record_part = main.split("Check in")[0]
    assert "Practitioner" not in record_part and "average" in record_part.replace("no average", "average")
    return names, [" ".join(row.split()) for row in said]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_tension_is_read_alike_from_two_roles(visit, three, script):
    partnership, people = three
    theirs, ours = (visit(people[role], javascript=script) for role in ("consultant", "practitioner"))
    address = writes_it_down(theirs, partnership)
    checks_in(theirs, address, 84, NEEDED)
    checks_in(ours, address, 22, ALONE)
    read = [reads_it(page, address) for page in (theirs, ours)]
    assert read[0][0] == read[1][0] == ["Pat Moss", "Con Hale"]
    without_own = [[row.split("Change it")[0].split("This could")[0] for row in rows] for _names, rows in read]
    assert without_own[0] == without_own[1]
    latest, first = without_own[0]
    assert f"Nearer to {FIRST}: 22 of 100" in latest and f"Nearer to {SECOND}: 84 of 100" in first
