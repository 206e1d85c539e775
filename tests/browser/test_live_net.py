"""The live page where the network is slow, gone or silent, and where a browser or its server dies: it comes back by
itself, at the same second, and what is typed stays.
"""

import re
import threading
import time
from contextlib import contextmanager

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from convening import actions
from convening.models import Session
from tests.scenery.live import stepping
from tests.scenery.live_writing import open_writing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LATENCY = 0.4
SEEN_WITHIN = 2.0
# A question that gets no answer is given up after three seconds, and asked again at once.
BACK_WITHIN = 3.0
QUESTION = "What do we notice?"
TYPED = "Nobody on the ward knew that"
NO_CONNECTION = "No connection. What you type stays here, and we are trying again."
# All that was said aloud, in its order.
LISTEN = """() => {
  window.said = [];
  const status = document.getElementById("status");
  new MutationObserver(() => status.textContent && window.said.push(status.textContent))
    .observe(status, { childList: true });
}"""
CARET = "document.activeElement.selectionStart"


@pytest.fixture
def session(gathered_anew):
    """Give a session that goes on, in its first step."""
    session, steps = stepping(by=gathered_anew.practitioner, space=gathered_anew.peers)
    actions.go_to_step(session=session, step=steps[0].public_id, by=gathered_anew.practitioner)
    return session


@pytest.fixture
def writing(session, gathered_anew):
    """Have all write on something."""
    return open_writing(session, by=gathered_anew.practitioner, question=QUESTION)


@pytest.fixture
def opened(visit, session):
    """Open the live page as somebody."""

    def enter(person, **options):
        page = visit(person, **options)
        page.goto(reverse("convening:session-live", args=[session.public_id]))
        return page

    return enter


def box(page):
    return page.get_by_role("textbox", name=QUESTION)


def is_saved(page):
    expect(page.locator("#note-form .autosave__text")).to_contain_text("Saved")


def step(page):
    return page.get_by_role("heading", level=1)


def goes_on(host):
    """Have the host go to the next step; give what it is called."""
    button = host.locator("#step-after")
    name = button.inner_text().partition(": ")[2]
    button.click()
    expect(step(host)).to_have_text(name)
    return name


def sees(page, name, *, within):
    """Wait until the page shows that step; it must come soon enough."""
    began = time.monotonic()
    expect(step(page)).to_have_text(name, timeout=15_000)
    assert time.monotonic() - began < within


def seconds_left(page):
    """Give how many seconds the timer of a page says are left, and when it said so."""
    minutes, seconds = page.locator(".timer").inner_text().split(":")
    return int(minutes) * 60 + int(seconds) + time.monotonic()


@contextmanager
def hanging(gate):
    """Let the server take what comes, and answer nothing until the block is over."""
    go_on, answers = threading.Event(), gate.application

    def silent(environ, start_response):
        go_on.wait(60)
        return answers(environ, start_response)

    gate.application = silent
    try:
        yield
    finally:
        gate.application = answers
        go_on.set()


def test_a_slow_network_brings_a_change_and_takes_nothing_that_is_typed(writing, opened, gathered_anew):
    host, page = opened(gathered_anew.practitioner), opened(gathered_anew.fellow, width=390)
    network = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": LATENCY * 1000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    network.send("Network.emulateNetworkConditions", slow)
    box(page).press_sequentially(TYPED)
    for _key in range(4):
        page.keyboard.press("ArrowLeft")
    name = goes_on(host)
    sees(page, name, within=SEEN_WITHIN + LATENCY)
    expect(box(page)).to_be_focused()
    assert page.evaluate(CARET) == len(TYPED) - 4
    page.keyboard.type("all ")
    expect(box(page)).to_have_value("Nobody on the ward knew all that")


def test_two_minutes_without_a_network_cost_nothing(writing, opened, visit, session, net, gathered_anew):
    # Two minutes pass at once here, so some questions are given up that a network would have answered.
    net.allow("Failed to fetch", "ERR_INTERNET_DISCONNECTED", "htmx:error: timeout")
    host, page = opened(gathered_anew.practitioner), visit(gathered_anew.fellow)
    page.clock.install()
    page.goto(reverse("convening:session-live", args=[session.public_id]))
    page.evaluate(LISTEN)
    lost = page.locator(".live__lost")
    expect(lost).to_be_hidden()
    page.context.set_offline(True)
    expect(lost).to_be_visible()
    box(page).press_sequentially(TYPED)
    page.clock.run_for(120_000)
    name = goes_on(host)
    page.context.set_offline(False)
    sees(page, name, within=SEEN_WITHIN + 1)
    expect(lost).to_be_hidden()
    expect(box(page)).to_have_value(TYPED)
    expect(box(page)).to_be_focused()
    page.clock.run_for(1000)
    said = page.evaluate("window.said")
    assert said.count(NO_CONNECTION) == 1, said
    is_saved(page)


def test_a_server_that_says_nothing_is_asked_again_and_the_page_goes_on(writing, opened, net, gate, gathered_anew):
    net.allow("htmx:error: timeout")
    host, page = opened(gathered_anew.practitioner), opened(gathered_anew.fellow)
    box(page).fill(TYPED)
    name = goes_on(host)
    with hanging(gate):
        lost = page.locator(".live__lost")
        expect(lost).to_be_visible()
    began = time.monotonic()
    expect(lost).to_be_hidden()
    sees(page, name, within=BACK_WITHIN)
    assert time.monotonic() - began < BACK_WITHIN
    expect(box(page)).to_have_value(TYPED)
    is_saved(page)


def test_all_browsers_show_the_same_second(opened, gathered_anew):
    first = opened(gathered_anew.practitioner)
    time.sleep(2.2)
    late = opened(gathered_anew.fellow)
    without = opened(gathered_anew.academic, javascript=False)
    first.reload()
    again = seconds_left(first)
    ends = [again, seconds_left(late), seconds_left(without)]
    assert max(ends) - min(ends) <= 2, ends
    time.sleep(2.2)
    assert abs(seconds_left(late) - ends[1]) <= 1.2, "it counts on by itself"
    without.reload()
    assert abs(seconds_left(without) - ends[2]) <= 2


def test_the_host_is_gone_and_somebody_else_goes_on(opened, session, gathered_anew):
    host, page = opened(gathered_anew.practitioner), opened(gathered_anew.fellow)
    other = opened(gathered_anew.academic)
    host.goto("about:blank")
    page.get_by_role("button", name="Host it yourself").click()
    page.wait_for_url(re.compile(session.public_id))
    page.goto(reverse("convening:session-live", args=[session.public_id]))
    name = goes_on(page)
    sees(other, name, within=SEEN_WITHIN)
    assert Session.objects.get(pk=session.pk).host == gathered_anew.fellow


def test_a_change_is_told_once_and_takes_the_focus_from_nobody(opened, gathered_anew):
    host, page = opened(gathered_anew.practitioner), opened(gathered_anew.practitioner, width=390)
    page.evaluate(LISTEN)
    page.locator("#more-5").focus()
    name = goes_on(host)
    sees(page, name, within=SEEN_WITHIN)
    expect(page.locator("#more-5")).to_be_focused()
    # Long enough for the timer to have gone on.
    time.sleep(2.5)
    assert page.evaluate("window.said") == [f"Now: {name}"]
    page.keyboard.press("Enter")
    expect(page.locator(".band__time")).to_contain_text("left of 5 minutes")
    expect(page.locator("#more-5")).to_be_focused()
