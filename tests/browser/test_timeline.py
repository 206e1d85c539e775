"""The timeline in a browser: looked at as all pages are, filtered, printed, and a story begun of it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from .looking import look_at, look_at_all, say
from .steps_belonging import follow, is_at, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_from_the_overview_to_a_story(visit, gathered_anew):
    cast = gathered_anew
    slug = cast.partnership.slug
    page = visit(cast.practitioner)
    pages = {"timeline": reverse("curating:timeline", args=[slug])}
    faults = look_at_all(page, pages | {"timeline-story": reverse("curating:timeline-story", args=[slug])})
    page.goto(cast.partnership.get_absolute_url())
    follow(page, "What happened, along time")
    page.get_by_role("checkbox", name="What we are trying").check()
    press(page, "Show these")
    told = page.locator(".timeline")
    expect(told).to_contain_text("Tried by peers")
    expect(told).not_to_contain_text("Session agreed")
    page.emulate_media(media="print")
    expect(page.get_by_text("Made for learning. Not evidence of performance.")).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
    expect(told).to_be_visible()
    page.emulate_media(media="screen")
    follow(page, "Begin a story of it")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Write with what is ticked").first.click()
    faults += look_at(page, "timeline-story-errors")
    page.get_by_role("checkbox", name="Tried by peers").check()
    page.get_by_role("button", name="Write with what is ticked").last.click()
    is_at(page, "Write")
    words = page.get_by_role("textbox", name="Your words").input_value()
    assert words.startswith("What happened in Early Shift\n\n") and "Tried by peers\n(Read in: Early peers)" in words
    say(faults)
