"""No word is lost, and the status line says nothing but the truth."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from desk.models import Draft
from records.models import Record

from . import steps
from .steps import seen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOT_SAVED = re.compile(r"^\s*Not saved\. Keep this page open")
SIGNED_OUT = re.compile(r"^\s*Not saved: you are signed out")
REMEMBER_WHAT_IT_SAYS = """() => {
  const line = document.querySelector(".autosave__text");
  window.said = [];
  new MutationObserver(() => window.said.push(line.textContent)).observe(line, {childList: true, characterData: true});
}"""
MINE = "Mine, typed while the other window was open."
THEIRS = "Saved first, in the other window."


def drafts_of(person):
    return ["".join(draft.data.get("text", [])) for draft in Draft.objects.of(person).open()]


def notes_of(person):
    return set(Record.objects.filter(author=person, kind="reflection").values_list("text", flat=True))


def listen(page):
    page.evaluate(REMEMBER_WHAT_IT_SAYS)


def said(page):
    return page.evaluate("window.said")


def sign_out(page):
    page.goto(reverse("home:home"))
    seen(page, "button", "Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def press_save(page):
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=re.compile("^Save")).click()


def another_window(page):
    return page.context.new_page()


def test_without_a_network_it_says_so_and_saves_when_it_is_back(visit, net, gathered_anew):
    net.allow("ERR_INTERNET_DISCONNECTED")
    person = gathered_anew.practitioner
    page = visit(person)
    steps.write(page, steps.FIRST_WORDS)
    steps.wait_until_kept(page)
    page.context.set_offline(True)
    listen(page)
    steps.box(page).press("End")
    steps.box(page).press_sequentially(" And then the phone went dead.")
    expect(steps.status_line(page)).to_have_text(NOT_SAVED)
    assert not any(steps.SAVED.match(words) for words in said(page))
    page.context.set_offline(False)
    steps.wait_until_kept(page)
    expect(steps.box(page)).to_have_value(f"{steps.FIRST_WORDS} And then the phone went dead.")
    assert f"{steps.FIRST_WORDS} And then the phone went dead." in drafts_of(person)


def test_an_answer_that_never_comes_is_not_taken_for_saved(visit, net, gathered_anew):
    net.allow("ERR_CONNECTION_RESET")
    page = visit(gathered_anew.practitioner)
    page.route("**/drafts/**", lambda route: route.abort("connectionreset"))
    steps.write(page)
    expect(steps.status_line(page)).to_have_text(NOT_SAVED)
    page.unroute("**/drafts/**")
    steps.submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    assert steps.TWO_PARAGRAPHS in notes_of(gathered_anew.practitioner)


def test_signed_out_in_another_window_it_never_says_saved(visit, net, gathered_anew):
    net.allow("403 from")
    person = gathered_anew.practitioner
    page = visit(person)
    page.goto(reverse("reflections:reflection-new"))
    other = another_window(page)
    sign_out(other)
    listen(page)
    steps.box(page).fill(steps.TWO_PARAGRAPHS)
    expect(steps.status_line(page)).to_have_text(SIGNED_OUT)
    assert not any(steps.SAVED.match(words) for words in said(page))
    assert steps.TWO_PARAGRAPHS not in drafts_of(person)
    # "Sign in in another tab, and it saves by itself."
    steps.sign_in_by_form(other, person)
    steps.wait_until_kept(page)
    expect(steps.box(page)).to_have_value(steps.TWO_PARAGRAPHS)
    assert steps.TWO_PARAGRAPHS in drafts_of(person)


def test_words_typed_by_one_never_become_the_draft_of_another(visit, net, gathered_anew):
    net.allow("403 from")
    cast = gathered_anew
    page = visit(cast.practitioner)
    page.goto(reverse("reflections:reflection-new"))
    other = another_window(page)
    sign_out(other)
    steps.box(page).fill(steps.TWO_PARAGRAPHS)
    expect(steps.status_line(page)).to_have_text(SIGNED_OUT)
    steps.sign_in_by_form(other, cast.manager)
    with page.expect_response("**/drafts/**") as answered:
        steps.box(page).press_sequentially("!")
    assert answered.value.status != 200
    expect(steps.status_line(page)).not_to_have_text(steps.SAVED)
    assert drafts_of(cast.manager) == []


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_saving_while_signed_out_loses_nothing(visit, gathered_anew, javascript):
    person = gathered_anew.practitioner
    page = visit(person, javascript=javascript)
    page.goto(reverse("reflections:reflection-new"))
    other = another_window(page)
    sign_out(other)
    steps.box(page).fill(steps.TWO_PARAGRAPHS)
    steps.submit_note(page)
    # Whatever page comes now, it holds the words, so that they can be saved after signing in.
    expect(page.locator("[name=text]")).to_have_value(steps.TWO_PARAGRAPHS)
    steps.sign_in_by_form(other, person)
    press_save(page)
    if page.get_by_text("Not saved yet, and not lost").is_visible():
        # Signing in made the page's token worthless, so it asks once more.
        expect(page.locator("[name=text]")).to_have_value(steps.TWO_PARAGRAPHS)
        press_save(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    assert steps.TWO_PARAGRAPHS in notes_of(person)


def test_two_windows_never_mix(visit, gathered_anew):
    person = gathered_anew.practitioner
    first = visit(person)
    second = another_window(first)
    steps.write(first, "One thing.")
    steps.write(second, "Another thing.")
    for page in (first, second):
        steps.wait_until_kept(page)
    assert {"One thing.", "Another thing."} <= set(drafts_of(person))
    for page in (first, second):
        steps.submit_note(page)
        expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    assert {"One thing.", "Another thing."} <= notes_of(person)


def test_a_change_made_in_two_windows_shows_both_texts_and_can_be_saved(visit, gathered_anew):
    person = gathered_anew.practitioner
    first = visit(person)
    address = steps.saved_note(first, steps.FIRST_WORDS)
    second = another_window(first)
    for page, words in ((first, THEIRS), (second, MINE)):
        page.goto(f"{address}edit/")
        steps.box(page).fill(words)
        steps.wait_until_kept(page)
    first.get_by_role("main").get_by_role("button", name="Save the change").click()
    expect(first.get_by_role("article")).to_contain_text(THEIRS)

    second.get_by_role("main").get_by_role("button", name="Save the change").click()
    expect(second.get_by_role("heading", name="Saved elsewhere meanwhile")).to_be_visible()
    expect(second.get_by_role("region", name="Saved now")).to_contain_text(THEIRS)
    expect(steps.box(second)).to_have_value(MINE)
    second.get_by_role("button", name="Save mine instead").click()
    expect(second.get_by_role("article")).to_contain_text(MINE)
    assert {MINE, THEIRS} & notes_of(person) == {MINE}


def test_back_after_saving_and_typing_on_loses_nothing(visit, gathered_anew):
    person = gathered_anew.practitioner
    page = visit(person)
    steps.saved_note(page, steps.FIRST_WORDS)
    page.go_back()
    expect(seen(page, "heading", "Write")).to_be_visible()
    steps.box(page).fill(steps.SECOND_WORDS)
    # Either this is a new note, kept as one; or it is told that the first was saved, and not that this is.
    expect(steps.status_line(page)).to_have_text(re.compile(r"^\s*(Saved \d\d:\d\d|Not kept: you saved this before)"))
    is_new = steps.SAVED.match(steps.status_line(page).inner_text())
    assert bool(is_new) == (steps.SECOND_WORDS in drafts_of(person))
    steps.submit_note(page)
    if not is_new:
        expect(page.get_by_text("You saved this before")).to_be_visible()
        expect(steps.box(page)).to_have_value(steps.SECOND_WORDS)
        steps.submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    assert {steps.FIRST_WORDS, steps.SECOND_WORDS} <= notes_of(person)


def test_leaving_the_page_in_the_middle_of_a_word_keeps_it(visit, gate, gathered_anew):
    person = gathered_anew.practitioner
    page = visit(person)
    page.goto(reverse("reflections:reflection-new"))
    steps.box(page).fill("In the middle of a wor")
    seen(page, "link", "Home").click()
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
    # The words and the next page were asked for at the same moment.
    gate.wait_until_empty()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("In the middle of a wor")


def test_an_error_keeps_what_was_typed(visit, gathered_anew):
    page = visit(gathered_anew.practitioner)
    steps.write(page)
    page.get_by_text("Add more").click()
    page.get_by_label("Day", exact=True).fill("31")
    page.get_by_label("Month", exact=True).fill("2")
    page.get_by_label("Year", exact=True).fill("2026")
    steps.submit_note(page)
    expect(page.get_by_role("alert")).to_contain_text("There is no such day.")
    expect(steps.box(page)).to_have_value(steps.TWO_PARAGRAPHS)
    expect(page.get_by_label("Day", exact=True)).to_have_value("31")
    # Typing on is kept too: a form that was refused is still the same form.
    steps.box(page).fill(steps.FIRST_WORDS)
    steps.wait_until_kept(page)
    assert steps.FIRST_WORDS in drafts_of(gathered_anew.practitioner)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_after_signing_out_back_shows_nothing_of_mine(visit, gathered_anew, javascript):
    cast = gathered_anew
    page = visit(cast.practitioner, javascript=javascript)
    page.goto(cast.private_note.get_absolute_url())
    expect(page.get_by_text("private words")).to_be_visible()
    page.goto(reverse("home:home"))
    expect(page.get_by_text("draft words")).to_be_visible()
    seen(page, "button", "Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    for _page_before in ("home", "the note"):
        page.go_back()
        expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        for mine in ("draft words", "private words", cast.practitioner.name):
            assert mine not in page.content()
