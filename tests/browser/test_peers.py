"""People among each other: a manager asked in among peers, two who talk alone, a last steward, somebody who worries."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from desk.models import Draft, Outbox
from partnerships.models import Space
from tests import factories as make
from tests.factories import PASSWORD

from . import steps
from .steps_belonging import (
    answers_from_home,
    choose,
    follow,
    goes_to_room,
    is_at,
    is_told,
    looks_from_home,
    mails_to,
    press,
    row_at_home,
    sees_nowhere,
    status_of,
    text_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ways = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
QUESTION = "Manager Q manages people here. Is this still a space of peers?"
ASKED = "Manager Q is asked into Small circle"
INSIDE = "What we say when nobody from upstairs is in the room."
WORDS = "I would like your advice, and nobody else’s."
WORRY = "Nobody has looked at the agreement for a year, and I am told not to ask."
MARIA = "maria@elsewhere.example"


@pytest.fixture
def circle(gathered_anew):
    """Make a small space of peers with a note: the practitioner, the fellow and the academic."""
    cast = gathered_anew
    people = (cast.fellow, cast.academic)
    space = make.make_space(partnership=cast.partnership, by=cast.practitioner, name="Small circle", people=people)
    cast.more["circle"] = space
    cast.more["circle_note"] = make.make_shared_note(by=cast.fellow, space=space, text=INSIDE)
    return cast


def asks_the_manager_in(page, cast):
    """Nobody is asked before the question about power has its answer."""
    page.goto(cast["circle"].get_absolute_url())
    follow(page, "Ask somebody in")
    choose(page, "Manager Q")
    press(page, "Next")
    is_at(page, "Ask Manager Q into Small circle?")
    expect(page.get_by_text("Silence is no yes where power comes in.")).to_be_visible()
    question = page.get_by_role("group", name=QUESTION)
    expect(question.get_by_role("radio")).to_have_count(2)
    press(page, "Answer")
    expect(page.get_by_role("alert")).to_contain_text("Is this still a space of peers?")
    assert not cast["circle"].admissions.pending().exists()
    page.get_by_role("group", name=QUESTION).get_by_role("radio", name="Yes, it is").check()
    press(page, "Answer")
    is_told(page, "Manager Q is asked, and all here are told.")


def manager_accepts(page):
    looks_from_home(page, "Practitioner Q asks you into Small circle")
    is_at(page, "Practitioner Q asks you into Small circle")
    expect(page.get_by_text("You come in once all have said yes.")).to_be_visible()
    press(page, "Yes, come in")
    is_told(page, "Your answer is kept.")


def reads_nothing(page, cast):
    """The space and its note are as if they were not there, and the note is on no page."""
    for address in (cast["circle"].get_absolute_url(), cast["circle_note"].get_absolute_url()):
        assert status_of(page, address) == 404
    inside = [cast.partnership.slug]
    named = ("partnerships:partnership-detail", "partnerships:space-list", "records:stream")
    sees_nowhere(page, INSIDE, [reverse("home:home"), *(reverse(name, args=inside) for name in named)])


def test_a_manager_reads_among_peers_once_all_have_said_yes(visit, circle):
    cast = circle
    manager, fellow = visit(cast.manager), visit(cast.fellow, width=390)
    asks_the_manager_in(visit(cast.practitioner), cast)
    manager_accepts(manager)
    reads_nothing(manager, cast)

    expect(row_at_home(fellow, ASKED)).to_contain_text("Is it still a space of peers then?")
    looks_from_home(fellow, ASKED)
    is_at(fellow, QUESTION)
    expect(fellow.get_by_text("It takes the yes of each person inside; silence is no yes here.")).to_be_visible()
    answers_from_home(fellow, ASKED, "Yes, it is")
    expect(row_at_home(fellow, ASKED)).to_have_count(0)
    reads_nothing(manager, cast)

    with time_machine.travel(timezone.now() + timedelta(days=4), tick=True):
        manager, academic = visit(cast.manager), visit(cast.academic)
        # The academic has said nothing for four days, and that is no yes.
        reads_nothing(manager, cast)
        expect(row_at_home(academic, ASKED)).to_have_count(1)
        answers_from_home(academic, ASKED, "Yes, it is")
        assert status_of(manager, cast["circle"].get_absolute_url()) == 200
        follow(manager, "Read the notes here")
        follow(manager, INSIDE)
        expect(manager.get_by_role("article")).to_contain_text(INSIDE)


def test_one_no_stops_it_and_is_nobodys(visit, circle):
    cast = circle
    pages = {name: visit(cast[name]) for name in ("practitioner", "fellow", "academic", "manager")}
    asks_the_manager_in(pages["practitioner"], cast)
    manager_accepts(pages["manager"])
    answers_from_home(pages["academic"], ASKED, "Yes, it is")
    answers_from_home(pages["fellow"], ASKED, "No, it is not")

    for name in ("practitioner", "academic"):
        page = pages[name]
        expect(row_at_home(page, ASKED)).to_have_count(0)
        page.goto(cast["circle"].get_absolute_url())
        coming = page.get_by_role("region", name="Who may come")
        expect(coming.get_by_role("heading", name="Manager Q: not now")).to_be_visible()
        for person in ("Fellow Q", "Academic Q", "Practitioner Q"):
            expect(coming).not_to_contain_text(person)
    manager = pages["manager"]
    reads_nothing(manager, cast)
    expect(row_at_home(manager, "Practitioner Q asks you into Small circle")).to_have_count(0)
    manager.goto(reverse("partnerships:space-list", args=[cast.partnership.slug]))
    row = manager.get_by_role("region", name="Others here").get_by_role("listitem")
    row = row.filter(has=manager.get_by_role("heading", name="Small circle"))
    expect(row).to_contain_text("Not now. You can ask again from")
    expect(row.get_by_role("link")).to_have_count(0)
    admission = cast["circle"].admissions.get(membership__person=cast.manager)
    mine = reverse("partnerships:admission-detail", args=[cast.partnership.slug, admission.public_id])
    assert status_of(manager, mine) == 200
    expect(manager.get_by_text("Not now.")).to_be_visible()
    for name in ("Fellow Q", "Academic Q"):
        expect(manager.get_by_role("main")).not_to_contain_text(name)


# One person -------------------------------------------------------------------------------------------------------


def writes_to_the_manager(page):
    steps.write(page, WORDS)
    choose(page, "One person: …")
    person = page.get_by_label("Which person?", exact=True)
    expect(person).to_be_visible()
    person.select_option(label="Manager Q, Manager")
    steps.submit_note(page)
    is_at(page, "Share with Manager Q?")
    readers = page.get_by_role("region", name="Who can read it then")
    expect(readers).to_contain_text("One person, and nobody else ever: Manager Q.")
    expect(readers).to_contain_text("Until Manager Q has said yes, nobody but you reads it.")
    press(page, "Share with 1 person")
    is_told(page, "Shared.")
    return page.url


@ways
def test_one_person_reads_it_once_they_have_said_yes_and_nobody_else(visit, gathered_anew, javascript):
    cast = gathered_anew
    before = set(Space.objects.values_list("pk", flat=True))
    note = writes_to_the_manager(visit(cast.practitioner, javascript=javascript))
    [space] = Space.objects.exclude(pk__in=before)
    inside = [reverse("home:home")]
    inside += [
        reverse(name, args=[cast.partnership.slug])
        for name in ("partnerships:partnership-detail", "partnerships:space-list", "records:stream")
    ]

    manager = visit(cast.manager, javascript=javascript)
    title = "Practitioner Q asks you into a one to one"
    expect(row_at_home(manager, title)).to_contain_text("The two of you, and nobody else ever.")
    assert status_of(manager, note) == 404
    assert status_of(manager, space.get_absolute_url()) == 404
    sees_nowhere(manager, WORDS, inside)
    answers_from_home(manager, title, "Yes, come in")
    assert status_of(manager, note) == 200
    expect(manager.get_by_role("article")).to_contain_text(WORDS)

    question = space.admissions.get()
    asked = reverse("partnerships:admission-detail", args=[cast.partnership.slug, question.public_id])
    for person in (cast.steward, cast.learning_partner, cast.fellow):
        page = visit(person, javascript=javascript)
        for address in (note, space.get_absolute_url(), asked):
            assert status_of(page, address) == 404
        sees_nowhere(page, WORDS, inside)
        sees_nowhere(page, space.public_id, inside)


# The last steward -------------------------------------------------------------------------------------------------


def test_the_last_steward_names_another_on_the_page_on_which_they_leave(visit, gathered_anew):
    cast = gathered_anew
    overview = cast.partnership.get_absolute_url()
    settings = reverse("partnerships:settings-detail", args=[cast.partnership.slug])
    fellow = visit(cast.fellow, width=390)
    assert status_of(fellow, settings) == 403

    page = visit(cast.steward)
    page.goto(overview)
    goes_to_room(page, "People")
    follow(page, "Leave Early Shift")
    is_at(page, "Leave Early Shift?")
    expect(page.get_by_text("You are the only steward.")).to_be_visible()
    successor = page.get_by_label("Who becomes steward?", exact=True)
    offered = successor.get_by_role("option").all_inner_texts()
    assert "Fellow Q" in offered
    assert not {"Steward Q", "Former Q", "Outsider Q", "Orgadmin Q", "Ina Invited"} & set(offered)
    press(page, "Leave the partnership")
    expect(page.get_by_role("alert")).to_contain_text("Choose who becomes steward.")
    assert make.membership_of(person=cast.steward, partnership=cast.partnership)
    page.get_by_label("Who becomes steward?", exact=True).select_option(label="Fellow Q")
    press(page, "Leave the partnership")
    # Who gives a duty shows once more that it is them, and what was sent is done then.
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    is_told(page, "You have left Early Shift. Your own words stay yours.")
    for address in (overview, settings, cast.everyone_note.get_absolute_url()):
        assert status_of(page, address) == 404

    assert status_of(fellow, settings) == 200
    fellow.goto(reverse("partnerships:people-list", args=[cast.partnership.slug]))
    rows = fellow.get_by_role("region", name="Members").get_by_role("listitem")
    expect(rows.filter(has=fellow.get_by_role("heading", name="Steward Q"))).to_have_count(0)
    mine = rows.filter(has=fellow.get_by_role("heading", name="Fellow Q"))
    expect(mine.get_by_text("Steward", exact=True)).to_be_visible()


# A worry ----------------------------------------------------------------------------------------------------------


def writes_a_worry(page, cast, mailoutbox):
    page.goto(cast.partnership.get_absolute_url())
    follow(page, "Worried about how this is run?")
    expect(page.get_by_text("No steward, learning partner or admin is told that you wrote.")).to_be_visible()
    page.get_by_label("What worries you?", exact=True).fill(WORRY)
    press(page, "Next: see the mail")
    is_at(page, "Send it like this?")
    mail = page.get_by_role("region", name="The mail")
    expect(mail).to_contain_text(WORRY)
    expect(mail).to_contain_text("To: Maria Outside")
    expect(mail).to_contain_text("Without your name.")
    expect(mail).not_to_contain_text("Practitioner Q")
    assert not mails_to(mailoutbox, MARIA)
    press(page, "Send it")
    is_told(page, "It is on its way to Maria Outside.")


@ways
def test_a_worry_reaches_one_outside_and_leaves_nothing_here(visit, gathered_anew, mailoutbox, javascript):
    cast = gathered_anew
    page = visit(cast.practitioner, javascript=javascript)
    writes_a_worry(page, cast, mailoutbox)
    [mail] = mails_to(mailoutbox, MARIA)
    assert text_of(mail).count(WORRY) == 1
    assert mail.get_body(("html",)).get_content().count(WORRY) == 1
    for told in ("Practitioner", cast.practitioner.email):
        assert told not in mail.as_string()
    [row] = [row for row in Outbox.objects.all() if row.recipients == [MARIA]]
    assert not bytes(row.message)
    assert row.person is None
    assert not Draft.objects.of(cast.practitioner).filter(data__icontains="agreement for a year").exists()
    sees_nowhere(
        page, WORRY, [reverse("home:home"), cast.partnership.get_absolute_url(), reverse("reflections:notebook")]
    )

    steward = visit(cast.steward)
    named = ("partnership-detail", "people-list", "settings-detail", "concern-new", "concern-edit", "agreement-detail")
    inside = [reverse(f"partnerships:{name}", args=[cast.partnership.slug]) for name in named]
    inside += [reverse("home:home"), reverse("records:stream", args=[cast.partnership.slug])]
    sees_nowhere(steward, WORRY, inside)
    sees_nowhere(steward, "is on its way", inside)
    site_admin = visit(cast.site_admin)
    sees_nowhere(
        site_admin, WORRY, [reverse("admin:desk_outbox_changelist"), reverse("admin:desk_auditevent_changelist")]
    )
    sees_nowhere(site_admin, cast.practitioner.email, [reverse("admin:desk_outbox_change", args=[row.pk])])
