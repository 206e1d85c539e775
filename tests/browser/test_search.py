"""Search as people use it: by the one key, by the box, on a phone without JavaScript, with the key switched off."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEARCH = reverse("records:search")


@pytest.fixture
def stage(gathered_anew):
    """Add what is looked for."""
    here = gathered_anew.everyone
    make.make_shared_note(by=gathered_anew.fellow, space=here, title="Herons", text="One <b>heron</b>.")
    return gathered_anew


def test_the_key_leads_to_the_box_and_never_takes_a_letter(stage, visit):
    page = visit(stage.practitioner)
    page.goto(reverse("home:home"))
    page.keyboard.press("/")
    page.wait_for_url(f"**{SEARCH}")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("heron /")
    expect(box).to_have_value("heron /")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Herons")).to_be_visible()
    expect(page.locator("mark")).to_have_text(["Herons", "heron"])
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.press("Control+/")
    page.get_by_label("Kind").select_option("response")
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("heading", name="Nothing that you can read says that")).to_be_visible()
    page.get_by_role("link", name="Take off the filter Responses").click()
    expect(page.get_by_role("link", name="Herons")).to_be_visible()


def test_switched_off_the_key_does_nothing(stage, visit):
    stage.practitioner.slash_searches = False
    stage.practitioner.save()
    page = visit(stage.practitioner)
    page.goto(SEARCH)
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


@pytest.mark.parametrize("dark", [False, True])
def test_without_javascript_on_a_phone(stage, visit, dark):
    page = visit(stage.practitioner, width=390, javascript=False, dark=dark)
    page.goto(SEARCH)
    page.get_by_role("searchbox").fill("heron")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("link", name="Herons")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
