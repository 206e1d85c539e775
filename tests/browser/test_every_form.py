"""No word is lost, in any form that keeps drafts: each is opened and brought through everything that may go wrong.

The forms are those that are registered; `tests/kept_forms.py` says how each is opened. One page walks through many of
them, so that a form costs little more than a second. The page's clock is wound on, and not waited for. All forms share
one script: every second is saved, and brought through one of the troubles in turn; EVERY_FORM=long brings every form
through all of them. Without a script every eighth is walked here, and all in `tests/desk/test_every_form.py`.
"""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Error, Locator, Page, expect

from desk import drafts
from desk.models import Draft
from tests.accounts.test_second_step import SECRET, code_now
from tests.factories import PASSWORD
from tests.kept_forms import WAYS, main_box, page_of

from . import steps
from .net import WHAT_IS_STORED

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOT_SAVED = re.compile(r"^\s*Could not save, trying again")
SIGNED_OUT = re.compile(r"^\s*Not saved: you are signed out")
SOON = 3000
TWO_MINUTES = 120_000
TRIES_APART = 5000
LONG = os.environ.get("EVERY_FORM") == "long"
FORMS = sorted(WAYS)[:: 1 if LONG else 2]
# In parts, so that all workers share them.
PARTS = pytest.mark.parametrize("forms", [FORMS[part::4] for part in range(4)], ids="1234")
REMEMBER_WHAT_IT_SAYS = """() => {
  const line = document.querySelector(".autosave__text");
  window.said = [];
  new MutationObserver(() => window.said.push(line.textContent)).observe(line, {childList: true, characterData: true});
}"""
COME_BACK = "() => window.dispatchEvent(new Event('focus'))"


def kept_of(person: Any) -> list[str]:
    """Give what is in the person's open drafts, as one text each."""
    return [drafts.words_of(draft) for draft in Draft.objects.of(person).open()]


def is_kept(person: Any, words: str) -> bool:
    return any(words in text for text in kept_of(person))


def draft_with(person: Any, words: str) -> Draft:
    return next(draft for draft in Draft.objects.of(person).open() if words in drafts.words_of(draft))


def box(page: Page, form: str) -> Locator:
    """Find the box of the form's words; one that belongs to a choice stands there once that is made."""
    found = page.get_by_role("main").locator(f"form[data-autosave] [name={main_box(form)}]")
    folded = page.locator("details:not([open])").filter(has=found)
    if folded.count():
        folded.locator("> summary").first.click()
    if not found.is_visible():
        within = page.locator(".option").filter(has=page.locator(f"[name={main_box(form)}]"))
        within.locator("> input").check()
    return found


def type_soon(page: Page, form: str, words: str) -> None:
    """Type, and let three seconds pass."""
    box(page, form).fill(words)
    page.clock.run_for(SOON)


def post(page: Page, name: str, **sent: str) -> None:
    """Send a form of the site as another tab of this browser would."""
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    sent["csrfmiddlewaretoken"] = token
    answer = page.context.request.post(reverse(name), form=sent, max_redirects=0)
    assert answer.status == 302, answer


def sign_in_again(page: Page, person: Any) -> None:
    post(page, "account_login", login=person.email, password=PASSWORD)


def expire(page: Page) -> None:
    """Let the sign-in run out, as after an hour."""
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    assert Session.objects.filter(pk=key).delete()[0]


def walk(
    forms: list[str], cast: Any, visit: Callable[..., Page], cases: Callable[[str, Any, str, Page], None], **how: Any
) -> None:
    """Bring forms through the cases, in one page for each person, and tell of all that failed."""
    pages: dict[int, Page] = {}
    faults = [f"{form}: has no way in tests/kept_forms.py" for form in set(drafts.registered()) - set(WAYS)]
    for form in forms:
        person, about = WAYS[form](cast)
        if person.pk not in pages:
            pages[person.pk] = visit(person, **how)
            pages[person.pk].clock.install()
        page = pages[person.pk]
        try:
            cases(form, person, page_of(form, about), page)
        except (AssertionError, Error, StopIteration) as fault:
            faults.append(f"{form}: {fault}")
            page.unroute_all()
            sign_in_again(page, person)
    assert not faults, "\n\n".join(faults)


@PARTS
def test_with_a_script_no_form_loses_a_word(visit, net, gathered_anew, forms):
    net.allow("403 from", "ERR_CONNECTION_REFUSED")

    def cases(form: str, person: Any, address: str, page: Page) -> None:
        page.goto(address)
        for trouble in TROUBLES if LONG else [TROUBLES[FORMS.index(form) // 4 % len(TROUBLES)]]:
            trouble(form, person, page)
        assert page.evaluate(WHAT_IS_STORED) == []

    walk(forms, gathered_anew, visit, cases)


def found_again_in_two_tabs(form: str, person: Any, page: Page) -> None:
    """A tab with the draft and one where it is opened again do not mix, nor does one with a form of its own."""
    address, words = page.url, f"First words of a {form}."
    type_soon(page, form, words)
    steps.wait_until_kept(page)
    again = page.context.new_page()
    again.goto(drafts.address_of(draft_with(person, words)))
    expect(box(again, form)).to_have_value(words)
    steps.wait_until_kept(again)
    mine, theirs, third = f"Mine, in a {form}.", f"Theirs, in the same {form}.", f"Another {form} by itself."
    for tab, typed in ((page, mine), (again, theirs), (page, f"{mine} And more."), (again, f"{theirs} And more.")):
        type_soon(tab, form, typed)
        steps.wait_until_kept(tab)
    again.goto(address)
    type_soon(again, form, third)
    steps.wait_until_kept(again)
    again.close()
    for typed in (f"{mine} And more.", f"{theirs} And more.", third):
        assert is_kept(person, typed), typed


def a_token_that_is_not_valid_any_more(form: str, person: Any, page: Page) -> None:
    page.context.clear_cookies(name="csrftoken")
    type_soon(page, form, f"With an old token, in a {form}.")
    steps.wait_until_kept(page)
    assert is_kept(person, f"With an old token, in a {form}.")


def signed_out_in_another_tab(form: str, person: Any, page: Page) -> None:
    post(page, "account_logout")
    words = f"After signing out elsewhere, in a {form}."
    page.evaluate(REMEMBER_WHAT_IT_SAYS)
    type_soon(page, form, words)
    expect(steps.status_line(page)).to_have_text(SIGNED_OUT)
    expect(page.get_by_role("link", name="Sign in again").filter(visible=True)).to_have_count(1)
    assert not is_kept(person, words)
    assert not [said for said in page.evaluate("window.said") if steps.SAVED.match(said)]
    sign_in_again(page, person)
    page.evaluate(COME_BACK)
    steps.wait_until_kept(page)
    assert is_kept(person, words)


def run_out(form: str, person: Any, page: Page) -> None:
    expire(page)
    words = f"After the sign-in ran out, in a {form}."
    type_soon(page, form, words)
    expect(steps.status_line(page)).to_have_text(SIGNED_OUT)
    assert not is_kept(person, words)
    sign_in_again(page, person)
    page.clock.run_for(TRIES_APART)
    steps.wait_until_kept(page)
    expect(page.get_by_role("link", name="Sign in again").filter(visible=True)).to_have_count(0)
    assert is_kept(person, words)


def two_minutes_without_a_server(form: str, person: Any, page: Page) -> None:
    page.route("**/drafts/**", lambda route: route.abort("connectionrefused"))
    words = f"While the server was away, in a {form}."
    page.evaluate(REMEMBER_WHAT_IT_SAYS)
    type_soon(page, form, words)
    expect(steps.status_line(page)).to_have_text(NOT_SAVED)
    for _try in range(TWO_MINUTES // TRIES_APART):
        page.clock.run_for(TRIES_APART)
    box(page, form).fill(f"{words} And on.")
    expect(steps.status_line(page)).to_have_text(NOT_SAVED)
    assert not [said for said in page.evaluate("window.said") if steps.SAVED.match(said)]
    expect(box(page, form)).to_have_value(f"{words} And on.")
    page.unroute("**/drafts/**")
    page.clock.run_for(TRIES_APART)
    steps.wait_until_kept(page)
    assert is_kept(person, f"{words} And on.")


TROUBLES = [
    found_again_in_two_tabs,
    a_token_that_is_not_valid_any_more,
    signed_out_in_another_tab,
    run_out,
    two_minutes_without_a_server,
]


def test_without_a_script_no_form_loses_a_word(visit, gathered_anew):
    def cases(form: str, person: Any, address: str, page: Page) -> None:
        page.goto(address)
        words = f"Without a script, in a {form}."
        box(page, form).fill(words)
        page.get_by_role("button", name="Save draft").click()
        expect(box(page, form)).to_have_value(words)
        expect(steps.status_line(page).first).to_have_text(steps.SAVED)
        assert is_kept(person, words)

        expire(page)
        box(page, form).fill(f"{words} And on.")
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_role("heading", name="Not saved yet, and not lost")).to_be_visible()
        given_back = page.locator(f"[name={main_box(form)}]")
        expect(given_back).to_have_value(f"{words} And on.")
        sign_in_again(page, person)
        page.get_by_role("button", name="Save it now").click()
        # Signing in made the page's token worthless, so it asks once more.
        expect(given_back).to_have_value(f"{words} And on.")
        page.get_by_role("button", name="Save it now").click()
        expect(box(page, form)).to_have_value(f"{words} And on.")
        assert is_kept(person, f"{words} And on.")

    walk(sorted(WAYS)[:: 1 if LONG else 8], gathered_anew, visit, cases, javascript=False)


@pytest.mark.parametrize("with_code", [False, True], ids=["password", "code"])
def test_signing_in_again_goes_on_in_place(visit, net, gathered_anew, with_code):
    """By the link beside the status, in a tab of its own; the page saves as soon as one comes back to it."""
    net.allow("403 from")
    person = gathered_anew.practitioner
    if with_code:
        TOTP.activate(person, SECRET)
    page = visit(person)
    page.clock.install()
    page.goto(reverse("reflections:reflection-new"))
    expire(page)
    type_soon(page, "reflection", steps.TWO_PARAGRAPHS)
    expect(steps.status_line(page)).to_have_text(SIGNED_OUT)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again").filter(visible=True).click()
    tab = opened.value
    tab.get_by_label("E-mail address").fill(person.email)
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    if with_code:
        tab.get_by_label("Code", exact=True).fill(code_now(SECRET))
        tab.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_role("heading", name="You are signed in again")).to_be_visible()
    expect(tab.get_by_text("Close this tab and go on writing.")).to_be_visible()
    tab.close()
    page.evaluate(COME_BACK)
    steps.wait_until_kept(page)
    expect(steps.box(page)).to_have_value(steps.TWO_PARAGRAPHS)
    assert is_kept(person, steps.TWO_PARAGRAPHS)
    # The token of every form on the page is a new one: saving goes through at once.
    steps.submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()


def test_a_late_save_puts_nothing_back(visit, gathered_anew):
    """The last words go as the page is left, beside a save that is still on its way and arrives after them."""
    person = gathered_anew.practitioner
    page = visit(person)
    page.clock.install()
    held = []

    def hold_the_first(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.goto(reverse("reflections:reflection-new"))
    page.route("**/drafts/**", hold_the_first)
    type_soon(page, "reflection", "Some words")
    page.wait_for_timeout(0)
    steps.box(page).fill("Some words, and the last ones.")
    with page.expect_response("**/drafts/**"):
        page.evaluate(
            """() => {
              Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
              document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    with page.expect_response("**/drafts/**"):
        held[0].continue_()
    assert is_kept(person, "Some words, and the last ones.")
    steps.wait_until_kept(page)
