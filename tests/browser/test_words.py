"""No word is lost, and the status line says nothing but the truth.

What holds for every form that keeps drafts is tried with each of them in `test_every_form.py`.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from desk.models import Draft
from records.models import Record

from . import steps
from .steps import seen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOMEBODY_ELSE = re.compile(r"^\s*Not saved: somebody else is signed in here now")
SIGNED_OUT = re.compile(r"^\s*Not saved: you are signed out")
MINE = "Mine, typed while the other window was open."
THEIRS = "Saved first, in the other window."


def drafts_of(person):
    return ["".join(draft.data.get("text", [])) for draft in Draft.objects.of(person).open()]


def notes_of(person):
    return set(Record.objects.filter(author=person, kind="reflection").values_list("text", flat=True))


def sign_out(page):
    page.goto(reverse("home:home"))
    seen(page, "button", "Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def press_save(page):
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=re.compile("^Save")).click()


def another_window(page):
    return page.context.new_page()


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
    expect(steps.status_line(page)).to_have_text(SOMEBODY_ELSE)
    steps.box(page).press_sequentially("!")
    expect(steps.status_line(page)).to_have_text(SOMEBODY_ELSE)
    assert drafts_of(cast.manager) == []
    # Who typed them comes back.
    sign_out(other)
    steps.sign_in_by_form(other, cast.practitioner)
    steps.wait_until_kept(page)
    assert f"{steps.TWO_PARAGRAPHS}!" in drafts_of(cast.practitioner)
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


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
@pytest.mark.parametrize("takes", ["mine", "theirs", "both"])
def test_a_change_made_in_two_windows_shows_both_texts_and_loses_neither(visit, gathered_anew, javascript, takes):
    person = gathered_anew.practitioner
    first = visit(person, javascript=javascript)
    address = f"{gathered_anew.private_note.get_absolute_url()}edit/"
    second = another_window(first)
    for page, words in ((first, THEIRS), (second, MINE)):
        page.goto(address)
        steps.box(page).fill(words)
    first.get_by_role("main").get_by_role("button", name="Save the change").click()
    expect(first.get_by_role("article")).to_contain_text(THEIRS)

    second.get_by_role("main").get_by_role("button", name="Save the change").click()
    expect(second.get_by_role("heading", name="Saved elsewhere meanwhile")).to_be_visible()
    expect(second.get_by_role("region", name="Saved now")).to_contain_text(THEIRS)
    expect(second.get_by_role("region", name="What differs").locator("ins").first).to_be_visible()
    expect(steps.box(second)).to_have_value(MINE)
    assert MINE in drafts_of(person), "until it is saved or thrown away"
    if takes == "theirs":
        second.get_by_role("link", name="Keep what is saved").click()
        expect(second.get_by_role("article")).to_contain_text(THEIRS)
        assert MINE in drafts_of(person)
        return
    if takes == "both":
        steps.box(second).fill(f"{THEIRS} {MINE}")
    second.get_by_role("main").get_by_role("button", name="Save mine instead").last.click()
    expect(second.get_by_role("article")).to_contain_text(f"{THEIRS} {MINE}" if takes == "both" else MINE)
    assert MINE not in drafts_of(person)


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
    happened_on = page.get_by_role("group", name="When did it happen?")
    for box, typed in (("Day", "31"), ("Month", "2"), ("Year", "2026")):
        happened_on.get_by_label(box, exact=True).fill(typed)
    steps.submit_note(page)
    expect(page.get_by_role("alert")).to_contain_text("There is no such day.")
    expect(steps.box(page)).to_have_value(steps.TWO_PARAGRAPHS)
    expect(happened_on.get_by_label("Day", exact=True)).to_have_value("31")
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


def test_an_answer_that_is_an_error_takes_no_box_away(visit, net, gathered_anew):
    """The database is away for a moment as somebody turns to prompts: the words stay in their box and their draft."""
    net.allow("503 from")
    page = visit(gathered_anew.practitioner)
    page.goto(reverse("reflections:reflection-new"))
    closed = re.compile(r"/reflections/new/")
    page.route(closed, lambda route: route.fulfill(status=503, content_type="text/html", body="<h1>Closed</h1>"))
    steps.box(page).fill(MINE)
    page.get_by_role("button", name="Use prompts").click()
    expect(page.get_by_role("alert").get_by_text("Nothing that you typed is gone")).to_be_visible()
    expect(steps.box(page)).to_have_value(MINE)
    expect(steps.status_line(page)).to_have_text(steps.SAVED)
    page.unroute(closed)
    steps.box(page).press_sequentially(" And on.")
    page.get_by_role("button", name="Use prompts").click()
    expect(page.get_by_role("heading", name="Write with prompts")).to_be_visible()
    assert drafts_of(gathered_anew.practitioner)[0].startswith(MINE)


def test_turning_to_prompts_while_signed_out_stays_on_the_page(visit, gathered_anew):
    cast = gathered_anew
    page = visit(cast.practitioner)
    page.goto(reverse("reflections:reflection-new"))
    other = another_window(page)
    sign_out(other)
    page.bring_to_front()
    page.get_by_role("button", name="Use prompts").click()
    expect(steps.status_line(page)).to_have_text(SIGNED_OUT)
    steps.sign_in_by_form(other, cast.practitioner)
    page.bring_to_front()
    expect(steps.status_line(page)).to_have_text(steps.SAVED)


def test_after_a_submit_that_was_stopped_saving_goes_on(visit, gathered_anew):
    page = visit(gathered_anew.practitioner)
    page.goto(reverse("reflections:reflection-new"))
    # Stopped on the way: the page stays.
    page.route(re.compile(r"/reflections/new/"), lambda route: route.abort("aborted"))
    steps.box(page).fill(MINE)
    steps.submit_note(page)
    steps.box(page).press_sequentially(" And on.")
    expect(steps.status_line(page)).to_have_text(steps.SAVED)
    assert f"{MINE} And on." in drafts_of(gathered_anew.practitioner)


def test_without_a_script_the_enter_key_saves_the_change(visit, gathered_anew):
    cast = gathered_anew
    page = visit(cast.practitioner, javascript=False)
    page.goto(reverse("reflections:reflection-edit", args=[cast.private_note.public_id]))
    page.get_by_label("Title").fill("Another title")
    with page.expect_navigation():
        page.get_by_label("Title").press("Enter")
    expect(page.get_by_role("heading", name="Another title")).to_be_visible()
