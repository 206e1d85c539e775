"""Something in the library of a partnership of three: how it reads to two organisations and a role, side by side."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnerships.models import Role
from tests import factories as make
from tests.curating.made import PDF

from .looking import look_at_all, say
from .steps_belonging import choose, fill, follow, is_at, is_told, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE, WHY = "Fourteen doors", "Nobody had seen more than three of them."
READINGS = {
    "council": ("For my organisation, Bridge Council, with my name", "Bridge Council", "We pay for nine of these."),
    "hostel": ("For my organisation, Quay Hostel, with my name", "Quay Hostel", "We are door eleven."),
    "starter": ("For my role, Expert by experience, with my name", "Expert by experience", "I was at all of them."),
}


@pytest.fixture
def three(db):
    """Three people who have just begun: two from an organisation each, and who started it."""
    starter = make.make_person(name="Sasha Reed")
    partnership = make.make_partnership(by=starter, name="Bus station", role=Role.EXPERT)
    people = {
        "starter": starter,
        "council": make.make_person(name="Pat Moss"),
        "hostel": make.make_person(name="Con Hale"),
    }
    organisations = {"council": "Bridge Council", "hostel": "Quay Hostel"}
    roles = {"council": Role.COMMISSIONER, "hostel": Role.MANAGER}
    for key, name in organisations.items():
        organisation = make.make_organisation(name=name)
        make.make_member(partnership=partnership, person=people[key], role=roles[key], organisation=organisation)
    return partnership, people


def brings_it_in(page, partnership):
    page.goto(reverse("curating:library-list", args=[partnership.slug]))
    expect(page.get_by_role("heading", name="Nothing is in the library yet")).to_be_visible()
    follow(page, "Bring something in")
    fill(page, "What is it called?", TITLE)
    choose(page, "Map of the system")
    page.get_by_label("Documents").set_input_files({"name": "Doors.pdf", "mimeType": "text/html", "buffer": PDF})
    press(page, "Bring it in")
    expect(page.get_by_role("alert")).to_contain_text("Say in one sentence why it matters.")
    expect(page.get_by_role("textbox", name="What is it called?", exact=True)).to_have_value(TITLE)
    expect(page.get_by_role("link", name="Doors")).to_be_visible()
    fill(page, "Why does it matter?", WHY)
    press(page, "Bring it in")
    is_told(page, "It is in the library.")
    return page.url


def reads_it(page, address, who):
    way, heading, words = READINGS[who]
    page.goto(address)
    is_at(page, TITLE)
    # Among three there is nobody to hide among, and the page says so.
    expect(page.get_by_role("radio", name="without my name")).to_have_count(0)
    fill(page, "How does it read to us?", words)
    choose(page, way)
    press(page, "Put it beside the others")
    is_told(page, "It stands beside the others.")
    expect(page.get_by_role("region", name=heading)).to_contain_text(words)


def columns_on(page, address):
    """Give the columns as this reader sees them: heading and words, and where they stand."""
    page.goto(address)
    sides = [page.get_by_role("region", name=heading, exact=True) for _way, heading, _words in READINGS.values()]
    for side, (_way, _heading, words) in zip(sides, READINGS.values(), strict=True):
        expect(side).to_contain_text(words)
    read = [(side.get_by_role("heading").text_content(), side.locator(".words").text_content()) for side in sides]
    return read, [side.bounding_box() for side in sides]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_two_organisations_and_a_role_read_it_side_by_side(visit, three, script):
    partnership, people = three
    pages = {key: visit(person, javascript=script) for key, person in people.items()}
    address = brings_it_in(pages["starter"], partnership)
    for key in ("council", "hostel", "starter"):
        reads_it(pages[key], address, key)
    seen = [columns_on(page, address) for page in pages.values()]
    assert seen[0][0] == seen[1][0] == seen[2][0]
    first, second, third = seen[0][1]
    assert first["y"] == second["y"] == third["y"] and first["x"] < second["x"] < third["x"]
    narrow = columns_on(visit(people["hostel"], width=390, javascript=script), address)[1]
    assert narrow[0]["x"] == narrow[1]["x"] and narrow[0]["y"] < narrow[1]["y"] < narrow[2]["y"]
    with pages["hostel"].expect_download() as kept:
        pages["hostel"].get_by_role("link", name="Doors").click()
    assert kept.value.suggested_filename == "Doors.pdf"


def test_the_pages_of_the_library(visit, gathered_anew):
    cast = gathered_anew
    found, page = cast["library_object"], visit(cast.practitioner)
    of_it = ("object-edit", "object-use", "object-state", "object-curator", "version-list", "reading-new")
    faults = look_at_all(
        page,
        {
            "library": reverse("curating:library-list", args=[cast.partnership.slug]),
            "library-new": reverse("curating:library-new", args=[cast.partnership.slug]),
            "object": found.get_absolute_url(),
            **{name: reverse(f"curating:{name}", args=[found.public_id]) for name in of_it},
            "version": reverse("curating:version-detail", args=[found.public_id, 2]),
            "file-delete": reverse("curating:file-delete", args=[found.public_id, cast["library_file"].public_id]),
            "reading": cast["role_reading"].get_absolute_url(),
        },
    )
    say(faults)
