"""One session from its offer to its last commitment: its host and a member on a phone, with a script and without."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from convening.models import Session
from tests import factories as make

from .steps_belonging import choose, fill, follow, goes_to_room, is_at, is_told, press, row_at_home

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Leaving hospital without a home"
WROTE = "Where he slept the night before they took him in."
LEARNED = "Nobody on the ward knew that anybody was coming for him."
AMENDED = "Nobody on the ward had been told that anybody was coming for him."
PROMISED = "Ring the ward before noon"


def day_boxes(page, day):
    """Fill the three boxes of a date."""
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(label, exact=True).fill(str(number))


def button(page, name):
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def open_fold(page, name):
    """Open a folded part, where it is not open yet."""
    fold = page.locator("details", has=page.locator("summary", has_text=name)).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def convenes(page, cast):
    page.goto(cast.partnership.get_absolute_url())
    goes_to_room(page, "Sessions")
    follow(page, "Convene a session")
    fill(page, "What is it about?", TITLE)
    day_boxes(page, timezone.localdate() + timedelta(days=3))
    page.get_by_label("From", exact=True).fill("10am")
    page.get_by_label("To", exact=True).fill("9am")
    choose(page, "Early peers: 7 people")
    open_fold(page, "Ask something before you meet")
    fill(page, "Something to write on before it", "What would you like the ward to ask us?")
    press(page, "Convene it")
    expect(page.get_by_role("alert")).to_contain_text("It ends before it starts.")
    page.get_by_label("To", exact=True).fill("noon")
    press(page, "Convene it")
    is_told(page, "Convened.")
    is_at(page, TITLE)
    return page.url


def offers_a_situation(page, address):
    page.goto(address)
    page.get_by_role("link", name=re.compile("^Offer something")).click()
    fill(page, "What is it, in one sentence?", "The man at the hospital door")
    press(page, "Offer it")


def answers_and_writes(page, address):
    page.goto(address)
    button(page, "Yes").click()
    expect(page.get_by_text("Saved. You can change this until it ends.")).to_be_visible()
    page.locator("#write_text").fill(WROTE)
    page.get_by_label("Not named", exact=True).check()
    page.get_by_role("button", name=re.compile("^Keep it for")).click()
    is_told(page, "Nobody else sees it before the reveal.")
    expect(page.locator("#written")).to_contain_text(WROTE)


def begins_the_agenda(page, address):
    page.goto(address)
    page.get_by_label("Begin with", exact=True).select_option("learning-community")
    press(page, "Begin with it")
    page.goto(address)
    page.get_by_role("link", name="1 offer for the agenda waits for you").click()
    button(page, "Accept it").click()
    page.goto(address)
    expect(page.get_by_role("heading", name="The man at the hospital door")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(WROTE)


def holds_it(page, address):
    page.goto(address)
    press(page, "Reveal what was written")
    expect(page.get_by_text(WROTE)).to_be_visible()
    expect(page.get_by_role("article").first).not_to_contain_text("Fellow Q comes")
    open_fold(page, "Tick who was there")
    for name in ("Practitioner Q", "Fellow Q"):
        page.get_by_role("checkbox", name=name).check()
    press(page, "Note who was there")
    open_fold(page, "Write down a commitment")
    page.locator("#commit_what").fill(PROMISED)
    page.locator("#commit_doer").select_option(label="Fellow Q")
    press(page, "Write it down")
    expect(page.get_by_role("link", name=PROMISED)).to_be_visible()


def notes_and_proposes(page, address, words, until):
    page.goto(address)
    page.get_by_role("main").get_by_role("link", name=re.compile("^(Take notes|Add to the notes|Amend it)$")).click()
    fill(page, "What we learned", words)
    page.get_by_role("button", name=re.compile("^(Save the notes|Amend it)$")).click()
    page.goto(address)
    follow(page, "Propose it")
    day_boxes(page, until)
    press(page, "Propose it")


def objects(page, address):
    page.goto(address)
    follow(page, "Object")
    fill(page, "What do you object to?", "They knew. They had not been told by us.")
    press(page, "Object")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_session_from_its_offer_to_its_last_commitment(visit, gathered_anew, javascript):
    cast = gathered_anew

    def enters(person, width=1280):
        return visit(person, width=width, javascript=javascript)

    host, member = enters(cast.practitioner), enters(cast.fellow, 390)
    address = convenes(host, cast)
    session = Session.objects.get(title=TITLE)
    offers_a_situation(member, address)
    begins_the_agenda(host, address)
    answers_and_writes(member, address)
    expect(member.get_by_role("main")).to_contain_text("The man at the hospital door")

    with time_machine.travel(session.starts_at + timedelta(minutes=5), tick=True):
        host = enters(cast.practitioner)
        holds_it(host, address)
    with time_machine.travel(session.ends_at + timedelta(hours=1), tick=True):
        host, member = enters(cast.practitioner), enters(cast.fellow, 390)
        until = session.day + timedelta(days=5)
        notes_and_proposes(host, address, LEARNED, until)
        objects(member, address)
        notes_and_proposes(host, address, AMENDED, until)
    with time_machine.travel(session.ends_at + timedelta(days=6), tick=True):
        member = enters(cast.fellow, 390)
        member.goto(address)
        expect(member.get_by_role("main")).to_contain_text(AMENDED)
        expect(member.get_by_role("main")).to_contain_text("Agreed")
        carry = member.locator("section", has=member.locator("#carry-heading"))
        carry.get_by_role("button", name="Yes", exact=True).click()
        member.goto(reverse("home:home"))
        member.get_by_role("main").get_by_role("link", name=PROMISED, exact=True).first.click()
        is_at(member, PROMISED)
        press(member, "It is done")
        expect(member.get_by_role("main")).to_contain_text("Done")
        assert not row_at_home(member, PROMISED).count()
    made = Session.objects.get(pk=session.pk)
    assert made.parts.get(kind="commitment").title == PROMISED
    assert make.membership_of(person=cast.fellow, partnership=cast.partnership).is_current
