"""Every page on a phone and on a desk, in light and in dark: no barrier that a machine finds, nothing out of reach."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories as make
from tests.factories import PASSWORD

from . import steps
from .looking import look_at, look_at_all, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_doors(visit, gathered_anew):
    page = visit()
    faults = look_at_all(
        page,
        {
            "sign-in": reverse("account_login"),
            "forgotten": reverse("account_reset_password"),
            "help": reverse("home:help"),
            "accessibility": reverse("home:accessibility"),
            "privacy": reverse("home:privacy"),
        },
    )
    page.goto(reverse("account_login"))
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    say(faults + look_at(page, "sign-in-errors"))


def test_the_style_guide(visit, gathered_anew):
    say(look_at_all(visit(), {"styleguide": reverse("home:styleguide")}))


def test_ones_own_pages(visit, gathered_anew):
    cast = gathered_anew
    question = make.make_response(to=cast.peers_note, by=cast.consultant, text="What did the kettle do?", verb="ask")
    page = visit(cast.practitioner)
    answer = reverse("records:response-new", args=[cast.peers_note.public_id])
    own = reverse("reflections:reflection-detail", args=[cast.private_note.public_id])
    faults = look_at_all(
        page,
        {
            "home": reverse("home:home"),
            "notebook": reverse("reflections:notebook"),
            "write": reverse("reflections:reflection-new"),
            "own-note": own,
            "edit": f"{own}edit/",
            "delete": f"{own}delete/",
            "share-where": f"{own}share/",
            "share": f"{own}share/?space={cast.everyone.public_id}",
            "answer": f"{answer}?answers={question.public_id}",
            "draft-delete": reverse("desk:draft-delete", args=[cast.draft.key]),
        },
    )
    page.goto(reverse("reflections:reflection-new"))
    steps.submit_note(page)
    expect(page.get_by_role("alert")).to_be_focused()
    faults += look_at(page, "write-errors")
    say(faults)


def test_rooms(visit, gathered_anew):
    cast = gathered_anew
    page = visit(cast.practitioner)
    inside = [cast.partnership.slug]
    stream = reverse("records:stream", args=inside)
    shared = cast.everyone_note.get_absolute_url()
    faults = look_at_all(
        page,
        {
            "partnerships": reverse("partnerships:partnership-list"),
            "overview": reverse("partnerships:partnership-detail", args=inside),
            "people": reverse("partnerships:people-list", args=inside),
            "spaces": reverse("partnerships:space-list", args=inside),
            "space": cast.power_line.get_absolute_url(),
            "stream": stream,
            "stream-filtered": f"{stream}?level=1&space={cast.peers.public_id}&tag=peers-tag",
            "stream-empty": f"{stream}?tag=nothing-has-this-tag",
            "wider-field": reverse("records:landscape"),
            "record": cast.peers_note.get_absolute_url(),
            "take-back": f"{shared}withdraw/",
            "undo-sharing": f"{shared}undo-share/",
            "taken-back": cast.withdrawn_note.get_absolute_url(),
        },
    )
    faults += look_at_all(page, {"404": "/partnerships/nowhere/"}, status=404)
    faults += look_at_all(page, {"stream-errors": f"{stream}?since_day=31&since_month=2&since_year=2026"}, status=422)
    say(faults)


def test_what_belonging_takes(visit, gathered_anew):
    cast = gathered_anew
    inside = [cast.partnership.slug]
    asked_in = cast["asked_in"]
    page = visit(cast.steward)
    faults = look_at_all(
        page,
        {
            "overview-of-a-steward": reverse("partnerships:partnership-detail", args=inside),
            "overview-of-a-draft": cast.unopened.get_absolute_url(),
            "settings": reverse("partnerships:settings-detail", args=inside),
            "words": reverse("partnerships:words-edit", args=inside),
            "agreement": reverse("partnerships:agreement-detail", args=inside),
            "agreement-with-a-change": reverse("partnerships:agreement-adopt", args=inside),
            "invitations": reverse("partnerships:invitation-list", args=inside),
            "start": reverse("partnerships:partnership-new"),
            "what-reaches-me": reverse("partnerships:mail-edit"),
        },
    )
    page = visit(cast.academic)
    faults += look_at_all(
        page,
        {
            "space-with-a-question": cast["quiet"].get_absolute_url(),
            "the-question": reverse("partnerships:admission-detail", args=[*inside, asked_in.public_id]),
            "worry": reverse("partnerships:concern-new", args=inside),
        },
    )
    say(faults)


def test_an_invitation_before_there_is_an_account(visit, gathered_anew):
    page = visit()
    link = reverse("partnerships:invitation-detail", args=[gathered_anew["invitation_token"]])
    faults = look_at_all(page, {"invitation": link})
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    faults += look_at(page, "invitation-errors")
    over = reverse("partnerships:invitation-detail", args=[gathered_anew["invitation_withdrawn_token"]])
    say(faults + look_at_all(page, {"invitation-over": over}, status=410))


def test_an_organisation_and_a_list_of_people_with_errors(visit, gathered_anew):
    cast = gathered_anew
    page = visit(cast.orgadmin)
    inside = [cast.provider.public_id]
    many = reverse("partnerships:organisation-import", args=inside)
    faults = look_at_all(
        page, {"organisation": reverse("partnerships:organisation-detail", args=inside), "list-to-invite": many}
    )
    page.goto(many)
    people = f"e-mail;name;job\nzoe@example.net;Zoé;{'Nurse ' * 12}\nzoe@example.net;Zoé again;\nbo@example.net;=1+1;\n"
    page.get_by_label("The list", exact=True).fill(people)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Not sent:")).to_have_count(2)
    say(faults + look_at(page, "list-with-errors"))


def test_conflict(visit, gathered_anew):
    page = visit(gathered_anew.practitioner)
    address = f"{gathered_anew.private_note.get_absolute_url()}edit/"
    other = page.context.new_page()
    for window in (other, page):
        window.goto(address)
    for window, words in ((other, "Saved first."), (page, "Saved second.")):
        steps.box(window).fill(words)
        window.get_by_role("main").get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("heading", name="Saved elsewhere meanwhile")).to_be_visible()
    say(look_at(page, "conflict"))


def test_ones_account(visit, gathered_anew):
    page = visit()
    steps.sign_in_by_form(page, gathered_anew.practitioner)
    faults = look_at_all(
        page,
        {
            "profile": reverse("accounts:profile"),
            "profile-edit": reverse("accounts:profile-edit"),
            "appearance": reverse("accounts:profile-appearance"),
            "sessions": reverse("usersessions_list"),
            "second-step-settings": reverse("mfa_index"),
            "e-mail": reverse("account_email"),
            "what-is-held": reverse("accounts:data-detail"),
            "erase-me": reverse("accounts:erasure-new"),
            "erase-me-for-good": f"{reverse('accounts:erasure-new')}?words=not_named",
            "what-i-did": reverse("partnerships:deed-list"),
        },
    )
    grants = reverse("partnerships:grant-list", args=[gathered_anew.partnership.slug])
    say(faults + look_at_all(visit(gathered_anew.steward), {"what-changed-here": grants}))


def test_the_second_step(visit, gathered_anew):
    person = gathered_anew.practitioner
    TOTP.activate(person, generate_totp_secret())
    page = visit()
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    say(look_at(page, "second-step"))


def test_what_somebody_told_and_what_came_of_what(visit, gathered_anew):
    cast = gathered_anew
    asking = {name: reverse("records:telling-ask", args=[cast[name].public_id]) for name in ("told", "told_waiting")}
    own = {"told-private": cast["told"].get_absolute_url(), "told-waiting": asking["told_waiting"]}
    faults = look_at_all(visit(cast.commissioner), {"told-to-ask": asking["told"], **own})
    question = reverse("records:telling-detail", args=[cast["telling_question"].public_id])
    faults += look_at_all(visit(cast.expert), {"did-they-agree": question})
    off = reverse("records:link-delete", args=[cast["link"].public_id])
    say(faults + look_at_all(visit(cast.supervisor), {"grown": cast["grown"].get_absolute_url(), "link-off": off}))


def test_help_with_the_words_and_what_is_folded(visit, gathered_anew):
    cast = gathered_anew
    helped, note = cast["suggestion"], cast.peers_note

    def about(name, record):
        return reverse(f"records:record-{name}", args=[record.kind, record.public_id])

    own = {
        "help-to-ask": reverse("records:suggestion-ask", args=[note.kind, note.public_id]),
        "help-to-answer": reverse("records:suggestion-answer", args=[helped.public_id]),
        "earlier-versions": about("versions", note),
    }
    faults = look_at_all(visit(cast.practitioner), own)
    to_help = {"help-to-give": reverse("records:suggestion-detail", args=[cast["question"].public_id])}
    faults += look_at_all(visit(cast.fellow), to_help | {"fold": about("fold", note)})
    say(faults + look_at_all(visit(cast.steward), {"set-aside": about("set-aside", cast.everyone_note)}))


def test_opened_menus_and_folds(visit, gathered_anew):
    cast = gathered_anew
    page = visit(cast.practitioner, width=390)
    faults = []
    stream = reverse("records:stream", args=[cast.partnership.slug])
    for name, address, menu in (
        ("menu", stream, ".header .drawer"),
        ("rooms", stream, ".bar .drawer"),
        ("write-open", reverse("reflections:reflection-new"), ".header .drawer"),
    ):
        page.goto(address)
        # Of the two menus one is open at a time: the lower one would lie under the upper one.
        page.evaluate(
            "(menu) => [...document.querySelectorAll('details'), document.querySelector(menu)]"
            ".forEach((fold) => { fold.open = true })",
            menu,
        )
        assert page.locator(".drawer[open]").count() == 1
        faults += look_at(page, name)
    say(faults)


def test_the_first_day_of_somebody_new(visit, gathered_anew):
    page = visit(make.make_person(name="Newcomer Q"))
    say(
        look_at_all(
            page,
            {
                "home-empty": reverse("home:home"),
                "notebook-empty": reverse("reflections:notebook"),
                "partnerships-empty": reverse("partnerships:partnership-list"),
            },
        )
    )


def test_the_accounts_choice_of_light_wins_over_the_systems(visit, gathered_anew):
    page = visit(gathered_anew.practitioner, dark=True)
    background = "getComputedStyle(document.body).backgroundColor"
    page.goto(reverse("accounts:profile-appearance"))
    in_dark = page.evaluate(background)
    page.get_by_role("radio", name=re.compile("^Light")).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    in_light = page.evaluate(background)
    assert (in_dark, in_light) == ("rgb(20, 25, 31)", "rgb(251, 250, 247)")
