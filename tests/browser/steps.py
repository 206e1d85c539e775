"""What people do in the browser, step by step, in words. Every step works with JavaScript and without."""

import re
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD

SAVED = re.compile(r"^\s*Saved \d\d:\d\d\s*$")
FIRST_WORDS = "The early shift began with the rota again."
SECOND_WORDS = "Nobody asked who had been awake at four: “that’s how it is”, said R — and I let it pass."
TWO_PARAGRAPHS = f"{FIRST_WORDS}\n\n{SECOND_WORDS}"


def seen(page: Page, role: Any, name: str) -> Locator:
    """Find what is on screen by its role and exact name: menus that this width does not show do not count."""
    return page.get_by_role(role, name=name, exact=True).filter(visible=True)


def box(page: Page) -> Locator:
    """Find the box to write in."""
    return page.locator("textarea[name=text]")


def status_line(page: Page) -> Locator:
    """Find the line that says whether the words are kept: below the box, and on a phone once more in the bar."""
    return page.locator(".autosave__text:visible")


def sign_in_by_form(page: Page, person: Any) -> None:
    """Sign in as people do, from the address of home."""
    page.goto(reverse("home:home"))
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="What needs you", level=1)).to_be_visible()


def write(page: Page, words: str = TWO_PARAGRAPHS) -> None:
    """Open Write by its address and type."""
    page.goto(reverse("reflections:reflection-new"))
    box(page).fill(words)


def wait_until_kept(page: Page) -> None:
    """Wait until the status line says that the words are kept."""
    expect(status_line(page)).to_have_text(SAVED)


def submit_note(page: Page) -> None:
    """Press the button of Write, whatever it says; the bar at the thumb has the same on a narrow screen."""
    page.locator("button[data-names-audience]").filter(visible=True).click()


def saved_note(page: Page, words: str) -> str:
    """Write a note for oneself and save it; give its address."""
    write(page, words)
    submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    return page.url


def choose_readers(page: Page, space: str) -> None:
    """Choose a space among the radios."""
    page.get_by_role("radio", name=space, exact=True).check()


def last_button_of_sharing(page: Page) -> Locator:
    """Find the button that shares: the only one that does."""
    return page.get_by_role("main").get_by_role("button", name=re.compile("^Share with"))


def respond(page: Page, verb: str, words: str) -> None:
    """Respond on the page of a note."""
    page.get_by_role("radio", name=verb, exact=True).check()
    box(page).fill(words)
    page.get_by_role("button", name=re.compile("^Respond to")).click()
