"""Prompts in the browser: taken and left again without losing a word, by keyboard and without a script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reflections.models import Reflection

from . import steps
from .looking import look_at, look_at_all, say
from .test_keyboard import press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FEELING = "Ashamed, a bit."


def answer(page, number):
    return page.locator(f"[name=answer_{number}]")


def test_prompts_are_taken_while_writing_with_the_keyboard_alone(visit, gathered_anew):
    page = visit(gathered_anew.practitioner)
    steps.write(page, steps.FIRST_WORDS)
    tab_to(page, "Use prompts")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Write with prompts")).to_be_focused()
    expect(steps.box(page)).to_have_value(steps.FIRST_WORDS)
    tab_to(page, "Gibbs’ cycle")
    press(page, "Enter")
    expect(answer(page, 0)).to_be_focused()
    expect(steps.box(page)).to_have_value(steps.FIRST_WORDS)
    answer(page, 1).fill(FEELING)
    steps.wait_until_kept(page)

    # Found again as it was left, with the words where they stood.
    page.goto(reverse("home:home"))
    page.get_by_role("link", name="Carry on writing").first.click()
    expect(answer(page, 1)).to_have_value(FEELING)
    expect(steps.box(page)).to_have_value(steps.FIRST_WORDS)

    # The enter key in a line saves, and turns to nothing else.
    page.get_by_text("Add a title", exact=True).click()
    page.locator("[name=title]").fill("Two of them")
    page.locator("[name=title]").press("Enter")
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    expect(page.get_by_role("term")).to_have_text("What did you feel and think, then and afterwards?")
    note = Reflection.objects.get(title="Two of them")
    assert note.text == f"{steps.FIRST_WORDS}\n\n{FEELING}"


def test_prompts_are_taken_and_left_without_a_script(visit, gathered_anew):
    page = visit(gathered_anew.practitioner, width=390, javascript=False)
    steps.write(page, steps.FIRST_WORDS)
    for name, box in (("Use prompts", None), ("What? So what? Now what?", 2), ("Use prompts", None), ("One box", None)):
        page.get_by_role("button", name=name, exact=True).click()
        expect(steps.box(page)).to_have_value(
            f"{steps.FIRST_WORDS}\n\n{FEELING}" if name == "One box" else steps.FIRST_WORDS
        )
        if box:
            answer(page, box).fill(FEELING)
    steps.submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    note = Reflection.objects.latest("pk")
    assert (note.text, note.prompt_set) == (f"{steps.FIRST_WORDS}\n\n{FEELING}", "")


def test_pages_of_prompts(visit, gathered_anew):
    cast = gathered_anew
    page = visit(cast.academic)
    lens, place = [cast["lens"].public_id], [cast.partnership.slug]
    faults = look_at_all(
        page,
        {
            "prompts": reverse("reflections:prompt-list"),
            "a-lens": reverse("reflections:prompt-detail", args=lens),
            "a-card": reverse("reflections:prompt-card", args=lens),
            "change-a-lens": reverse("reflections:prompt-edit", args=[*place, *lens]),
        },
    )
    page.goto(f"{reverse('reflections:reflection-new')}?prompts=gibbs")
    page.get_by_role("button", name="Use prompts").click()
    expect(page.get_by_role("heading", name="Write with prompts")).to_be_visible()
    say(faults + look_at(page, "write-with-prompts"))
