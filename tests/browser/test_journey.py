"""The journey that the app is for: write, share, be asked, answer; on a phone, and on a desk without JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from . import steps
from .steps import seen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The other two, a desk with a script and a phone without one, have nothing that these do not have.
ways = pytest.mark.parametrize(("width", "javascript"), [(390, True), (1280, False)], ids=["390", "no-javascript"])
widths = pytest.mark.parametrize("width", [1280, 390])
OTHERS_IN_PEERS = ["Academic Q", "Consultant Q", "Fellow Q", "Peer 1 Q", "Peer 2 Q", "Peer 3 Q", "Peer 4 Q"]
QUESTION = "What would you have liked somebody to ask?"
ANSWER = "Who was awake, and how they are now."


def opens_write_from_home(page, width):
    place = page.get_by_role("navigation", name="Write") if width == 390 else page.get_by_role("banner")
    place.get_by_role("link", name="Write", exact=True).click()
    expect(seen(page, "heading", "Write")).to_be_visible()


def types_and_sees_it_kept(page):
    expect(steps.status_line(page)).to_have_text("Not saved yet")
    steps.box(page).press_sequentially(steps.FIRST_WORDS)
    expect(steps.status_line(page)).to_have_text("Not saved yet")
    steps.wait_until_kept(page)
    steps.box(page).fill(steps.TWO_PARAGRAPHS)
    expect(steps.status_line(page)).to_have_text("Not saved yet")
    steps.wait_until_kept(page)


def finds_the_draft_at_home(page):
    page.goto(reverse("home:home"))
    draft = page.get_by_role("region", name="Your draft").get_by_role("listitem")
    draft = draft.filter(has_text=steps.FIRST_WORDS, has=page.get_by_role("link"))
    draft.get_by_role("link", name="Carry on writing").click()
    expect(steps.box(page)).to_have_value(steps.TWO_PARAGRAPHS)
    expect(steps.status_line(page)).to_have_text(steps.SAVED)


def chooses_peers(page, javascript):
    if javascript:
        expect(seen(page, "button", "Save for me")).to_have_count(1)
    steps.choose_readers(page, "Early peers")
    if javascript:
        expect(seen(page, "button", "Next: share with 7 people")).to_have_count(1)
        steps.choose_readers(page, "Only me")
        expect(seen(page, "button", "Save for me")).to_have_count(1)
        steps.choose_readers(page, "Early peers")
    steps.submit_note(page)
    expect(page.get_by_role("heading", name="Share with Early peers?")).to_be_visible()
    expect(page.get_by_text("Nothing is shared yet.")).to_be_visible()


def sees_who_reads(page, names):
    readers = page.get_by_role("region", name="Who can read it then")
    for name in names:
        expect(readers).to_contain_text(name)


def looks_at_the_power_line(page):
    """Another choice of readers, where power is named and some ways of being named would hide nobody."""
    page.get_by_role("link", name="Choose other readers").click()
    steps.choose_readers(page, "Kerb to desk")
    seen(page, "button", "Next").click()
    sees_who_reads(page, ["1 person, and whoever joins later:", "Manager Q", "The manager decides about the rota."])
    ways = page.get_by_role("region", name="How are you named?")
    expect(ways.get_by_role("radio")).to_have_count(1)
    expect(ways).to_contain_text("so “by role” tells everybody that it is you.")
    expect(ways).to_contain_text("it takes five for “not named” to hide anybody.")
    page.get_by_role("link", name="Choose other readers").click()
    steps.choose_readers(page, "Early peers")
    seen(page, "button", "Next").click()


def sees_the_preview_change(page, javascript):
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Practitioner Q")
    for way, shown in (("By role only", "Practitioner"), ("Not named", "Not named"), ("By name", "Practitioner Q")):
        page.get_by_role("radio", name=way, exact=True).check()
        if not javascript:
            seen(page, "button", "Show the preview for this choice").click()
        expect(preview.locator(".fact").first).to_contain_text(shown)
        if way != "By name":
            expect(preview).not_to_contain_text("Practitioner Q")
        expect(page.get_by_role("radio", name=way, exact=True)).to_be_checked()
    for paragraph in (steps.FIRST_WORDS, steps.SECOND_WORDS):
        expect(preview).to_contain_text(paragraph)


def shares_with_peers(page):
    steps.last_button_of_sharing(page).click()
    expect(page.get_by_text("Shared. Early peers: 7 people.")).to_be_visible()
    expect(page.locator(".fact--readers")).to_contain_text("Early peers: 7 people")
    return page.url


def fellow_finds_it_and_asks(page, cast):
    steps.sign_in_by_form(page, cast.fellow)
    expect(page.get_by_role("main").get_by_role("link", name=steps.FIRST_WORDS)).to_be_visible()
    page.goto(reverse("records:stream", args=[cast.partnership.slug]))
    page.get_by_role("link", name=steps.FIRST_WORDS).click()
    expect(page.get_by_text(steps.SECOND_WORDS)).to_be_visible()
    expect(page.get_by_role("region", name="Your response")).to_contain_text("7 people can read it")
    steps.respond(page, "Ask", QUESTION)
    expect(page.get_by_role("article").get_by_text(QUESTION)).to_be_visible()


def practitioner_answers_from_home(page):
    page.goto(reverse("home:home"))
    asked = page.get_by_role("region", name="Asked of you").get_by_role("listitem")
    asked = asked.filter(has_text=QUESTION, has=page.get_by_role("heading"))
    expect(asked.get_by_role("heading", name="Fellow Q asked you a question")).to_be_visible()
    asked.get_by_role("link", name="Answer Fellow Q").click()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    steps.box(page).fill(ANSWER)
    page.get_by_role("button", name="Respond to 7 people").click()
    expect(page.get_by_role("article").get_by_text(ANSWER)).to_be_visible()
    yours = page.get_by_role("region", name="This is yours")
    expect(yours.get_by_role("link", name="Undo sharing")).to_have_count(0)
    expect(yours.get_by_role("link", name="Take back")).to_be_visible()


def what_comes(page, address):
    """Give the answer's status and body, without the tokens of its forms."""
    answer = page.goto(address)
    return answer.status, re.sub(r'value="\w{64}"', "", answer.text())


@ways
def test_write_share_be_asked_and_answer(visit, gathered_anew, width, javascript):
    cast = gathered_anew
    page = visit(width=width, javascript=javascript)
    steps.sign_in_by_form(page, cast.practitioner)
    opens_write_from_home(page, width)
    if javascript:
        types_and_sees_it_kept(page)
        finds_the_draft_at_home(page)
    else:
        steps.box(page).fill(steps.TWO_PARAGRAPHS)
    chooses_peers(page, javascript)
    sees_who_reads(page, ["7 people, and whoever joins later:", *OTHERS_IN_PEERS])
    looks_at_the_power_line(page)
    sees_the_preview_change(page, javascript)
    shares_with_peers(page)
    fellow = visit(width=width, javascript=javascript)
    fellow_finds_it_and_asks(fellow, cast)
    practitioner_answers_from_home(page)
    page.goto(reverse("home:home"))
    expect(page.get_by_text(QUESTION)).to_have_count(0)
    fellow.reload()
    expect(fellow.get_by_text(ANSWER)).to_be_visible()


@ways
def test_undone_sharing_leaves_no_trace(visit, gathered_anew, width, javascript):
    cast = gathered_anew
    page = visit(cast.practitioner, width=width, javascript=javascript)
    steps.write(page)
    steps.choose_readers(page, "Everyone")
    steps.submit_note(page)
    sees_who_reads(page, [*OTHERS_IN_PEERS, "Manager Q", "Commissioner Q", "decides about the service’s money"])
    steps.last_button_of_sharing(page).click()
    expect(page.get_by_text("Shared. ")).to_be_visible()
    address = page.url
    fellow = visit(cast.fellow, width=width, javascript=javascript)
    assert fellow.goto(address).status == 200
    expect(fellow.get_by_text(steps.SECOND_WORDS)).to_be_visible()

    page.get_by_role("link", name="Undo sharing").click()
    expect(page.get_by_text("People who have read it may remember it.")).to_be_visible()
    page.get_by_role("button", name="Undo sharing").click()
    expect(page.get_by_text("Sharing undone. Only you can read it again.")).to_be_visible()

    never_there = reverse("reflections:reflection-detail", args=["nothing-here"])
    assert what_comes(fellow, address) == what_comes(fellow, never_there)
    assert fellow.goto(address).status == 404
    for place in (reverse("home:home"), reverse("records:stream", args=[cast.partnership.slug])):
        fellow.goto(place)
        expect(fellow.get_by_text(steps.FIRST_WORDS)).to_have_count(0)


@widths
def test_from_home_to_a_saved_note_it_is_one_tap_and_one_box(visit, gathered_anew, width):
    page = visit(gathered_anew.practitioner, width=width)
    page.goto(reverse("home:home"))
    page.add_init_script("addEventListener('click', () => console.info('clicked'), true)")
    page.evaluate("addEventListener('click', () => console.info('clicked'), true)")
    clicks = []
    page.on("console", lambda message: clicks.append(1) if message.text == "clicked" else None)
    # Who is quick types before the script is there.
    scripts = []
    page.route("**/js/autosave*.js", lambda route: scripts.append(route))
    opens_write_from_home(page, width)
    expect(steps.box(page)).to_be_focused()
    page.keyboard.type("Tea first.")
    scripts[0].continue_()
    # From here on no word is lost, whatever happens.
    steps.wait_until_kept(page)
    assert len(clicks) == 1
    steps.submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    assert len(clicks) == 2
