"""Help with the words, as people go about it: somebody asks, somebody else mends, and one of two changes is taken."""

import pytest
from playwright.sync_api import expect

from records.models import Record
from tests import factories as make

from . import steps
from .steps_belonging import follow, is_at, is_told, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAID = "We recieved nothing.\nThat’s how I says it."
MENDED = "We received nothing.\nThat’s how I say it."


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_somebody_is_asked_helps_and_one_of_two_changes_is_taken(gathered_anew, visit, javascript):
    cast = gathered_anew
    note = make.make_shared_note(by=cast.practitioner, space=cast.peers, text=SAID)
    author = visit(cast.practitioner, width=390, javascript=javascript)
    author.goto(note.get_absolute_url())
    follow(author, "Ask for help with the words")
    press(author, "Ask")
    expect(author.get_by_role("alert")).to_contain_text("Choose who shall help.")
    author.get_by_label("Who?").select_option(label="Academic Q, Academic")
    author.get_by_label("What would you like?").fill("Spelling only, please.")
    press(author, "Ask")
    is_told(author, "Academic Q is asked to help with the words.")

    helper = visit(cast.academic, javascript=javascript)
    helper.goto("/")
    row = helper.get_by_role("listitem").filter(has_text="Practitioner Q asks you to help").filter(has_text="recieved")
    row.get_by_role("link", name="Look and help").click()
    is_at(helper, "Practitioner Q asks you to help with the words")
    expect(helper.get_by_text("Spelling only, please.")).to_be_visible()
    helper.get_by_label("The words").fill(MENDED)
    if javascript:
        steps.wait_until_kept(helper)
    press(helper, "Send to Practitioner Q")
    is_at(helper, "Your changes are with Practitioner Q")
    assert Record.objects.get(pk=note.pk).text == SAID

    author.goto("/")
    row = author.get_by_role("listitem").filter(has_text="Academic Q has suggested changes").filter(has_text="recieved")
    row.get_by_role("link", name="Look at them").click()
    one, other = author.get_by_role("group", name="“received”"), author.get_by_role("group", name="“say”")
    # With the keyboard: the two buttons are one stop, and the arrows choose.
    one.get_by_role("radio", name="Take it").focus()
    author.keyboard.press("Space")
    press(author, "Save what I chose")
    expect(author.get_by_role("alert")).to_contain_text("Take it, or leave yours: “says”")
    expect(one.get_by_role("radio", name="Take it")).to_be_checked()
    other.get_by_role("radio", name="Leave mine").check()
    press(author, "Save what I chose")
    is_told(author, "Saved with what you took.")
    assert Record.objects.get(pk=note.pk).text == SAID.replace("recieved", "received")

    helper.reload()
    is_at(helper, "Answered")
    expect(helper.get_by_text("received")).to_have_count(0)
