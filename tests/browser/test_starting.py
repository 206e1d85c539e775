"""A partnership from nothing to its first note: started, set up, and joined by somebody new on a phone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from partnerships.models import Membership
from records.models import Record
from tests.factories import PASSWORD
from tests.partnerships.inviting import everything

from . import steps
from .steps import seen
from .steps_belonging import (
    choose,
    fill,
    follow,
    goes_to_room,
    is_at,
    is_told,
    link_of_invitation,
    mails_to,
    press,
    sees_nowhere,
    status_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "Bus station mornings"
PURPOSE = "People sleep at the bus station, and we meet them at five. We want to learn what the morning asks of us."
SAFETY = "We ring the duty line, day and night: 01632 960001."
NORA = "nora@example.org"
OTHERS = ("ada@example.org", "ben@example.org")
NOTE = "The kettle was on before I had said a word."


def overview(page):
    """Go to the overview by the name in the bar."""
    page.get_by_role("region", name=NAME).get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name=NAME, level=1)).to_be_visible()


def first_step(page, title):
    """Follow a first step by its link on the overview."""
    overview(page)
    expect(is_done(page, title)).to_have_count(0)
    follow(page, title, within="First steps")


def is_done(page, title):
    steps_shown = page.get_by_role("region", name="First steps").get_by_role("listitem")
    return steps_shown.filter(has_text=title).get_by_text("Done", exact=True)


def starts_the_draft(page):
    page.goto(reverse("home:home"))
    seen(page, "link", "Partnerships").click()
    follow(page, "Start a partnership")
    fill(page, "What it is called", NAME)
    page.get_by_label("Your role in it", exact=True).select_option(label="Practitioner")
    press(page, "Start the draft")
    expect(page.get_by_role("heading", name=NAME, level=1)).to_be_visible()
    expect(page.get_by_text("Nobody but you sees it, until you invite somebody.")).to_be_visible()
    return page.url


def nobody_else_knows_of_it(page, address):
    """Another member gets what they would get of a partnership that never was."""
    assert status_of(page, address) == 404
    never_there = page.content()
    assert status_of(page, reverse("partnerships:partnership-detail", args=["never-there"])) == 404
    assert re.sub(r'value="\w{64}"', "", never_there) == re.sub(r'value="\w{64}"', "", page.content())
    sees_nowhere(page, NAME, [reverse("partnerships:partnership-list"), reverse("home:home")])


def says_why(page):
    first_step(page, "Say why, in two sentences")
    fill(page, "What it is for, in two sentences", PURPOSE)
    press(page, "Save")
    is_told(page, "Saved.")


def says_what_it_takes(page):
    first_step(page, "Say what it takes and who pays")
    choose(page, "Protected time")
    fill(page, "Whose time, or who is paid", "The early shift")
    press(page, "Save")
    is_told(page, "Added. All members read it on the overview.")


def agrees_first(page):
    """The third step leads to the agreement as long as there is none, and it is not adopted without its safety line."""
    overview(page)
    expect(page.get_by_text("The group agreement comes first")).to_be_visible()
    first_step(page, "Invite the first three people")
    follow(page, "Look at the eight lines")
    lines = page.get_by_label("What we agree on", exact=True)
    expect(lines).to_have_value(re.compile("Nobody has to write, and nobody is counted."))
    lines.fill(lines.input_value().replace("[write here who runs it]", "Doorway"))
    press(page, "Save the draft")
    follow(page, "Look at what changes, and adopt it")
    expect(page.get_by_text("Say first what you do, outside this place, if somebody may come to harm.")).to_be_visible()
    expect(page.get_by_role("button", name="Adopt it")).to_have_count(0)
    follow(page, "Change the draft")
    fill(page, "If somebody may come to harm we act outside this place:", SAFETY)
    press(page, "Save the draft")
    follow(page, "Look at what changes, and adopt it")
    press(page, "Adopt it")
    is_told(page, "Adopted: version 1 holds from now on.")


def invites_three(page, mailoutbox):
    first_step(page, "Invite the first three people")
    expect(page.get_by_text("This partnership is still a draft, seen by you only.")).to_be_visible()
    for address, name in ((OTHERS[0], ""), (OTHERS[1], ""), (NORA, "Nora")):
        assert not mails_to(mailoutbox, address)
        fill(page, "E-mail address", address)
        fill(page, "Name", name)
        choose(page, "Practitioner")
        press(page, "Send the invitation")
        is_told(page, f"An invitation is on its way to {address}.")
        if address != NORA:
            follow(page, "Invite somebody")
    for address in (*OTHERS, "Nora"):
        expect(page.get_by_role("region", name="Open").get_by_role("heading", name=address)).to_be_visible()


def sets_a_time_to_talk(page):
    day = timezone.localdate() + timedelta(days=9)
    first_step(page, "Set a time to talk")
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        fill(page, label, str(number))
    fill(page, "Time and place", "10am, the library")
    press(page, "Save")
    is_told(page, "Saved.")


def has_done_all_steps(page):
    """The overview is everybody's now: the steps are gone, and what they brought stands there."""
    overview(page)
    expect(page.get_by_role("region", name="First steps")).to_have_count(0)
    for words in (PURPOSE, "10am, the library", "The early shift", "Group agreement, version 1"):
        expect(page.get_by_role("main").get_by_text(words)).to_be_visible()


def a_scanner_looks_five_times(page, link):
    """What opens every link of a mail before anybody reads it changes nothing."""
    before = everything()
    for address in (link, f"{link}accept/", f"{link}decline/"):
        for _look in range(5):
            assert page.request.get(address).status == 200
    assert everything() == before


def reads_what_it_is(page, link):
    """Everything one needs to decide is there before an account exists, and nobody who is not said to be there."""
    assert status_of(page, link) == 200
    is_at(page, f"Practitioner Q invites you to {NAME}")
    expect(page.get_by_text(PURPOSE)).to_be_visible()
    agreed = page.get_by_role("region", name="What the group has agreed")
    expect(agreed).to_contain_text("Nobody has to write, and nobody is counted.")
    expect(agreed).to_contain_text(SAFETY)
    expect(page.get_by_role("region", name="Who will see what")).to_contain_text("is only yours until you share it")
    expect(page.get_by_role("region", name="What it is", exact=True)).to_contain_text("Practitioner")
    for hidden in (*OTHERS, NORA, "Early Shift", "Fellow Q", "practitioner@example.org", "The early shift"):
        assert hidden not in page.content(), hidden


def accepts_on_a_phone(page):
    """Five clicks and two boxes lie between the mail and the first note of one's own:

    "Accept the invitation" (a password typed; the name stands there), "Save and go on" (what reaches me), "I accept it"
    (the agreement), "Write your first note" (welcome), "Save for me" (a line typed).
    """
    name = page.get_by_label("What are you called?", exact=True)
    expect(name).to_have_value("Nora")
    name.fill("Nora Newcomer")
    page.get_by_label("A new password", exact=True).fill(PASSWORD)
    press(page, "Accept the invitation")
    is_at(page, "What reaches me")
    choose(page, "Once a week")
    press(page, "Save and go on")
    is_at(page, "What we have agreed on")
    expect(page.get_by_text(SAFETY)).to_be_visible()
    press(page, "I accept it")
    is_at(page, f"Welcome to {NAME}")
    expect(page.get_by_text("Nothing you write is shared until you choose.")).to_be_visible()


def writes_for_herself(page):
    follow(page, "Write your first note")
    expect(page.get_by_role("radio", name="Only me", exact=True)).to_be_checked()
    steps.box(page).fill(NOTE)
    steps.submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    return page.url


def starter_sees_who_came_and_no_word(page, note):
    """Who started it, and is its only steward, sees that she came and what she agreed to, and nothing of the note."""
    overview(page)
    inside = [page.url, reverse("home:home")]
    inside += [reverse(f"records:{name}", args=args) for name, args in (("stream", [slug_of(page)]), ("landscape", []))]
    sees_nowhere(page, NOTE, inside)
    assert status_of(page, note) == 404
    page.goto(inside[0])
    goes_to_room(page, "People")
    expect(page.get_by_role("heading", name="Nora Newcomer")).to_be_visible()
    assert NORA not in page.content()
    follow(page, "Invite people")
    expect(page.get_by_role("region", name="Accepted")).to_contain_text("Nora Newcomer")
    assert NORA not in page.content()


def slug_of(page):
    return page.url.rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_from_nothing_to_a_newcomers_first_note(visit, gathered_anew, mailoutbox, javascript):
    cast = gathered_anew
    page = visit(cast.practitioner, javascript=javascript)
    fellow = visit(cast.fellow, javascript=javascript)
    address = starts_the_draft(page)
    nobody_else_knows_of_it(fellow, address)
    says_why(page)
    says_what_it_takes(page)
    agrees_first(page)
    nobody_else_knows_of_it(fellow, address)
    invites_three(page, mailoutbox)
    sets_a_time_to_talk(page)
    has_done_all_steps(page)
    nobody_else_knows_of_it(fellow, address)

    link = link_of_invitation(mailoutbox, NORA)
    newcomer = visit(width=390, javascript=javascript)
    a_scanner_looks_five_times(newcomer, link)
    reads_what_it_is(newcomer, link)
    accepts_on_a_phone(newcomer)
    note = writes_for_herself(newcomer)

    nora = Membership.objects.current().get(person__email=NORA)
    assert nora.partnership.name == NAME
    assert not Record.objects.filter(author=nora.person).shared().exists()
    starter_sees_who_came_and_no_word(page, note)
    # The link works once.
    anybody = visit(width=390, javascript=javascript)
    assert status_of(anybody, link) == 410
    is_at(anybody, "This invitation has been accepted")
    assert "Nora" not in anybody.content()
