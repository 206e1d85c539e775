"""A whole learning community while it goes on, in four browsers: its host, a practitioner on a phone, a fellow without
JavaScript, and a guest; and the wall.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from convening import actions
from convening.models import Contribution, Session, UnsignedNote
from tests.scenery.agenda import begin
from tests.scenery.live_writing import running

from .steps_belonging import follow, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "What does the ward see that we do not?"
OF_PRACTITIONER = "That nobody rings them back"
OF_FELLOW = "Who is awake at four"
OF_GUEST = "We are told to empty the bed by ten"
FROM_PAPER = ["One taxi", "Two bags"]
NAME = "The hours in which nobody is there"
PROMISED = "Ring the ward before noon"


@pytest.fixture
def session(gathered_anew):
    """Give a learning community that has begun, with its agenda, and nobody at any step."""
    session = running(by=gathered_anew.practitioner, space=gathered_anew.peers, title="Leaving hospital", question="")
    begin(session=session, by=gathered_anew.practitioner)
    to = gathered_anew.peers.members().get(person=gathered_anew.academic)
    actions.hand_over_hosting(session=session, to=to, by=gathered_anew.practitioner)
    return Session.objects.get(pk=session.pk)


def step(page):
    return page.get_by_role("heading", level=1)


def main(page):
    return page.get_by_role("main")


def open_fold(page, name):
    fold = page.locator("details", has=page.locator("summary", has_text=name)).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def lets_a_guest_in(host, visit):
    press(host, "Let guests in")
    address = main(host).get_by_text(re.compile(r"/join/[a-z0-9-]+$")).inner_text()
    guest = visit(None, width=390)
    guest.goto("/join/" + address.rpartition("/join/")[2] + "/")
    guest.get_by_role("textbox").first.fill("Gwyn")
    press(guest, "Come in")
    expect(main(host)).to_contain_text("Here: Gwyn.")
    return guest


def asks_all_to_write(host):
    open_fold(host, "Have all write on something in silence")
    host.get_by_label("Write on this in silence").fill(QUESTION)
    press(host, "Begin")


def writes(page, words):
    page.locator("form:has(button:text-matches('^Keep it')) textarea").fill(words)
    page.get_by_role("button", name=re.compile("^Keep it")).click()
    expect(main(page)).to_contain_text(words)


def test_a_learning_community_in_four_browsers(visit, session, gathered_anew):
    cast = gathered_anew
    address = reverse("convening:session-live", args=[session.public_id])
    host, member = visit(cast.academic), visit(cast.practitioner, width=390)
    fellow = visit(cast.fellow, javascript=False)
    for page in (host, member, fellow):
        page.goto(address)
        expect(step(page)).to_have_text("Leaving hospital")
    guest = lets_a_guest_in(host, visit)
    wall = visit(cast.academic)
    wall.goto(f"{address}?view=room")

    # From step to step: all are where the host is, and who has no script, after loading the page again.
    host.get_by_role("button", name="Begin: Check-in").click()
    for page in (member, guest, wall):
        expect(step(page)).to_have_text("Check-in")
    fellow.reload()
    expect(step(fellow)).to_have_text("Check-in")
    assert abs(seconds_left(fellow) - seconds_left(member)) <= 2

    # Silent writing: nobody sees that anybody has written, the host neither.
    asks_all_to_write(host)
    for page in (member, guest, wall):
        expect(main(page)).to_contain_text(QUESTION)
    writes(member, OF_PRACTITIONER)
    fellow.reload()
    writes(fellow, OF_FELLOW)
    writes(guest, OF_GUEST)
    open_fold(member, "Add notes from paper")
    member.get_by_label("Notes from paper, one a line").fill("\n\n".join(FROM_PAPER))
    member.locator("#paper").get_by_role("button").click()
    expect(main(member)).to_contain_text("From paper, unseen.")
    for page, unseen in (
        (host, (OF_PRACTITIONER, OF_FELLOW, OF_GUEST, *FROM_PAPER)),
        (wall, (OF_PRACTITIONER, OF_FELLOW, OF_GUEST, *FROM_PAPER)),
        (guest, (OF_PRACTITIONER, OF_FELLOW, *FROM_PAPER)),
        (member, (OF_FELLOW, OF_GUEST)),
    ):
        for words in unseen:
            expect(main(page)).not_to_contain_text(words)

    # The reveal, at once: on the wall and to the guest without a name.
    press(host, "Reveal all of it")
    for page in (host, member, guest, wall):
        for words in (OF_PRACTITIONER, OF_FELLOW, OF_GUEST, *FROM_PAPER):
            expect(main(page)).to_contain_text(words)
    for page in (guest, wall):
        expect(page.locator("body")).not_to_contain_text(re.compile("Fellow Q|Practitioner Q|Academic Q"))
    fellow.reload()
    expect(main(fellow)).to_contain_text(OF_GUEST)
    assert UnsignedNote.objects.get(source="guest", writing__session=session).text == OF_GUEST
    assert Contribution.objects.filter(writing__session=session, space=None).count() == 0

    # Sorting by whoever is there, without a script as well.
    for words in (OF_FELLOW, OF_PRACTITIONER):
        fellow.get_by_role("checkbox", name=words).check()
    press(fellow, "Put together")
    open_fold(member, "Name it")
    member.locator(".cluster").get_by_role("textbox").fill(NAME)
    member.locator(".cluster").get_by_role("button", name="Name it").click()
    for page in (host, wall, guest):
        expect(main(page)).to_contain_text(NAME)
    # A box in which nobody typed is still there, though the answer left it out.
    expect(host.locator("#note-form textarea")).to_have_count(1)

    # More time: only the top of the page is new, and what stands below it stays, with what is typed there.
    open_fold(member, "Add another note")
    member.locator("#note-form textarea").fill("Not sent yet")
    minutes = int(re.search(r"of (\d+) minutes", member.locator(".band").inner_text())[1])
    host.get_by_role("button", name="Five more minutes").click()
    expect(member.locator(".band")).to_contain_text(f"of {minutes + 5} minutes")
    for words in (OF_GUEST, NAME):
        expect(main(member)).to_contain_text(words)
    expect(member.locator("#note-form textarea")).to_have_value("Not sent yet")
    # And what is new below it comes as before.
    fellow.reload()
    fellow.get_by_role("checkbox", name=OF_GUEST).check()
    press(fellow, "Put together")
    expect(member.locator(".cluster")).to_have_count(2)
    expect(member.locator("#note-form textarea")).to_have_value("Not sent yet")

    # What somebody will do, in one line; and a note of one's own from what was said.
    follow(member, "Add what you will do")
    member.locator("#will_do_what").fill(PROMISED)
    member.locator("#will-do").get_by_role("button").first.click()
    expect(main(host)).to_contain_text(PROMISED)
    member.locator(f"li.note:has-text('{OF_GUEST}')").get_by_role("link", name="Keep this").click()
    expect(main(member)).to_contain_text(OF_GUEST)

    # The host's laptop dies: the fellow takes over, goes on, and ends it; the guest's link dies with it.
    host.context.close()
    visit.pages.remove(host)
    fellow.goto(address)
    press(fellow, "Host it yourself")
    fellow.get_by_role("button", name=re.compile("^Next: ")).click()
    expect(step(wall)).not_to_have_text("Check-in")
    open_fold(fellow, "More")
    follow(fellow, "End the session")
    press(fellow, "End it now")
    expect(main(fellow)).to_contain_text(NAME)
    expect(main(guest)).not_to_contain_text(OF_FELLOW)
    expect(main(guest)).to_contain_text("over")


def seconds_left(page):
    """Return what the timer shows, in seconds."""
    minutes, seconds = page.locator(".timer").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)
