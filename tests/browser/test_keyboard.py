"""The journey with the keyboard alone: everything is reached, in the order of the page, and one sees where one is."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import PASSWORD

from . import steps

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What has the focus: its name, whether the focus shows, whether something stands in front of it.
WHERE = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const shows = (node, pseudo) => {
    const style = node && getComputedStyle(node, pseudo);
    return Boolean(style) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && !/rgba\\(.*, 0\\)|transparent/.test(style.outlineColor);
  };
  const label = element.labels?.[0];
  const stands = element.matches(".choice__box, .verbs__box") ? label : element.querySelector(".fold__name") ?? element;
  const box = stands.getBoundingClientRect();
  const bar = document.querySelector(".write-bar");
  const top = bar && getComputedStyle(bar).display !== "none" && !bar.contains(element)
    ? bar.getBoundingClientRect().top : innerHeight;
  const words = (label?.innerText ?? element.innerText ?? "").trim().replace(/\\s+/g, " ");
  return {
    name: words || element.getAttribute("aria-label") || element.querySelector("img")?.alt || "",
    kind: element.type ?? element.localName,
    shows: shows(stands) || shows(element),
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < top - 4,
    number: [...document.querySelectorAll("*")].indexOf(element),
    region: element.closest("header.header, main, footer, .write-bar, .bar, .skip")?.className ?? "",
  };
}"""


def where(page):
    return page.evaluate(WHERE)


def tab(page, *, back=False):
    """Go one stop on, and give it; the focus must be seen there."""
    page.keyboard.press("Shift+Tab" if back else "Tab")
    stop = where(page)
    if stop:
        assert stop["shows"], f"the focus does not show on {stop}"
        assert stop["seen"], f"the focus is out of sight on {stop}"
    return stop


def tab_to(page, name, *, most=60):
    """Go on until the focus is on something whose name begins so."""
    passed = []
    for _stop in range(most):
        stop = tab(page)
        passed.append(stop and stop["name"])
        if stop and re.match(name, stop["name"]):
            return stop
    raise AssertionError(f"{name} is not reached; passed {passed}")


def press(page, key):
    page.keyboard.press(key)


def type_in(page, label, words):
    tab_to(page, label)
    page.keyboard.type(words)


def choose_with_arrows(page, group_name, name):
    """Go into a group of radios and on to one of them with the arrow keys."""
    tab_to(page, group_name)
    for _arrow in range(12):
        press(page, "ArrowDown")
        stop = where(page)
        assert stop["shows"], stop
        if re.match(name, stop["name"]):
            return
    raise AssertionError(f"{name} is not reached")


def sign_in(page, person):
    page.goto(reverse("home:home"))
    type_in(page, "E-mail address", person.email)
    type_in(page, "Password", PASSWORD)
    press(page, "Enter")
    expect(page.get_by_role("heading", name="What needs you", level=1)).to_be_visible()


def test_write_share_respond_and_undo_with_the_keyboard_alone(visit, gathered_anew):
    cast = gathered_anew
    page = visit()
    sign_in(page, cast.practitioner)
    tab_to(page, "Write$")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Write", exact=True)).to_be_visible()

    expect(steps.box(page)).to_be_focused()
    page.keyboard.type(steps.FIRST_WORDS)
    steps.wait_until_kept(page)
    choose_with_arrows(page, "Only me", "Early peers")
    tab_to(page, "Next: share with 7 people")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Share with Early peers?")).to_be_visible()

    choose_with_arrows(page, "By name", "By role only")
    expect(page.locator("#preview .fact").first).to_have_text("Practitioner")
    assert where(page)["name"] == "By role only", "the swap of the preview took the focus away"
    tab_to(page, "Share with 7 people")
    press(page, "Space")
    expect(page.get_by_text("Shared. Early peers: 7 people.")).to_be_visible()
    address = page.url

    choose_with_arrows(page, "Just say", "Ask")
    type_in(page, "Your response", "Was it the same for you?")
    tab_to(page, "Respond to 7 people")
    press(page, "Enter")
    expect(page.get_by_role("article").get_by_text("Was it the same for you?")).to_be_visible()

    tab_to(page, "Undo sharing")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Undo sharing?")).to_be_visible()
    tab_to(page, "Undo sharing")
    press(page, "Enter")
    expect(page.get_by_text("Only you can read it again.")).to_be_visible()
    assert page.url == address


def test_the_first_stop_skips_to_the_page(visit, gathered_anew):
    page = visit(gathered_anew.practitioner)
    page.goto(reverse("home:home"))
    assert tab(page)["name"] == "Skip to the page"
    press(page, "Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert "main" in tab(page)["region"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_focus_goes_down_the_page_and_is_always_seen(visit, gathered_anew, width):
    cast = gathered_anew
    page = visit(cast.practitioner, width=width)
    for address in (
        reverse("home:home"),
        reverse("reflections:reflection-new"),
        reverse("records:stream", args=[cast.partnership.slug]),
        cast.peers_note.get_absolute_url(),
        f"{reverse('reflections:reflection-share', args=[cast.private_note.public_id])}?space={cast.peers.public_id}",
    ):
        page.goto(address)
        assert page.locator("[tabindex]:not([tabindex='-1'], [tabindex='0'])").count() == 0
        page.locator(".skip").focus()
        stops = [where(page)]
        while (stop := tab(page)) and stop["number"] != stops[0]["number"]:
            stops.append(stop)
        numbers = [stop["number"] for stop in stops]
        assert numbers == sorted(numbers), address
        assert len(set(numbers)) > 8, f"too few stops on {address}: {[stop['name'] for stop in stops]}"
        unnamed = [stop for stop in stops if not stop["name"]]
        assert not unnamed, (address, unnamed)


def test_menus_and_folds_open_with_the_keyboard(visit, gathered_anew):
    page = visit(gathered_anew.practitioner, width=390)
    page.goto(reverse("reflections:reflection-new"))
    tab_to(page, "Menu$")
    press(page, "Enter")
    tab_to(page, "Notebook", most=3)
    tab(page, back=True)
    tab_to(page, "Sign out", most=8)
    tab_to(page, "Add more")
    press(page, "Space")
    tab_to(page, "Day", most=6)


def test_after_an_error_the_focus_is_on_the_summary_and_leads_to_the_field(visit, gathered_anew):
    page = visit(gathered_anew.practitioner)
    page.goto(reverse("reflections:reflection-new"))
    tab_to(page, "Save for me")
    press(page, "Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    tab_to(page, "Write a few words first", most=1)
    press(page, "Enter")
    expect(steps.box(page)).to_be_focused()
    expect(steps.box(page)).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("A few words.")
    tab_to(page, "Save for me")
    press(page, "Enter")
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()


def test_after_an_error_in_a_group_the_summary_leads_into_it(visit, gathered_anew):
    note = gathered_anew.private_note
    page = visit(gathered_anew.practitioner)
    page.goto(f"{reverse('reflections:reflection-share', args=[note.public_id])}?space=")
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to(page, "Choose who shall read it", most=1)
    press(page, "Enter")
    assert where(page)["kind"] == "radio"
    # The first is one person, the second the first space.
    press(page, "ArrowDown")
    tab_to(page, "Next")
    press(page, "Enter")
    expect(page.get_by_role("heading", name=re.compile("^Share with"))).to_be_visible()


def test_an_invitation_is_accepted_with_the_keyboard_alone(visit, gathered_anew):
    page = visit()
    page.goto(reverse("partnerships:invitation-detail", args=[gathered_anew.more["invitation_token"]]))
    tab_to(page, "Go to your answer")
    press(page, "Enter")
    # The name of the invitation stands in its box, and is typed over.
    type_in(page, r"What are you called\?", "Ina Newcomer")
    type_in(page, "A new password", PASSWORD)
    tab_to(page, "Accept the invitation", most=3)
    press(page, "Enter")
    expect(page.get_by_role("heading", name="What reaches me", level=1)).to_be_visible()

    choose_with_arrows(page, "Straight away", "Once a week")
    tab_to(page, "Save and go on")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="What we have agreed on", level=1)).to_be_visible()
    tab_to(page, "I accept it")
    press(page, "Space")
    expect(page.get_by_role("heading", name="Welcome to Early Shift", level=1)).to_be_visible()
    tab_to(page, "Write your first note")
    press(page, "Enter")
    expect(steps.box(page)).to_be_focused()
    page.keyboard.type(steps.FIRST_WORDS)
    tab_to(page, "Save for me")
    press(page, "Enter")
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
