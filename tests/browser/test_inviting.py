"""An organisation's admin invites many by a list: two lines are wrong, and nothing goes before it was looked at."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partnerships.models import Invitation

from .looking import SIDEWAYS
from .steps import seen
from .steps_belonging import follow, is_at, is_told, link_of_invitation, mails_to, press, status_of, text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ways = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
FORMULA = '=HYPERLINK(""http://elsewhere.example"")'
# As a spreadsheet in western Europe saves it. The eleventh stands there twice, the sixth has a formula for a job.
PEOPLE = [
    ("zoe@example.net", "Zoé Marchand", "Streetlife nurse"),
    ("bilal@example.net", "Bilal Khan", "Night team"),
    ("cora@example.net", "Cora Lind", ""),
    ("dev@example.net", "Dev Patel", "Kitchen"),
    ("elin@example.net", "Elin Ros", "Kitchen"),
    ("finn@example.net", "Finn Oduya", f'"{FORMULA}"'),
    ("gwen@example.net", "Gwen Abara", "Front desk"),
    ("hana@example.net", "Hana Sato", "Front desk"),
    ("ivor@example.net", "Ivor Bell", ""),
    ("jo@example.net", "Jo Kerr", "Outreach"),
    ("kit@example.net", "Kit Moss", "Outreach"),
    ("lou@example.net", "Lou Varga", "Outreach"),
    ("Bilal@example.net", "Bilal K.", "Night team"),
    ("mo@example.net", "Mo Diaz", ""),
]
ADDRESSES = [address for address, _name, _job in PEOPLE if address != "Bilal@example.net"]
FILE = "\r\n".join(["E-mail;Name;Job", *(";".join(row) for row in PEOPLE)]).encode("cp1252")


def all_mails(mailoutbox):
    return [mail for address in ADDRESSES for mail in mails_to(mailoutbox, address)]


def goes_to_inviting_many(page):
    """The admin comes there by the profile, the organisation and its invitations."""
    page.goto(reverse("home:home"))
    seen(page, "link", "Orgadmin Q").click()
    follow(page, "Those whose people you look after")
    follow(page, "Doorway")
    follow(page, "Invite people")
    follow(page, "Invite many from a list")
    is_at(page, "Invite many from a list")


def line_of(page, number):
    lines = page.get_by_role("region", name="Line by line").get_by_role("row")
    # On a phone the number has the word before it.
    return lines.filter(has=page.get_by_role("rowheader", name=re.compile(rf"^(Line )?{number}$")))


def sees_two_errors(page):
    """The preview says in words what is wrong, at the lines that a text editor gives those numbers."""
    is_at(page, "Look at it before it goes")
    expect(page.get_by_text("12 invitations can be sent. Nothing has been sent yet.")).to_be_visible()
    expect(page.get_by_text("2 lines are left out.")).to_be_visible()
    expect(page.get_by_text("Not sent:")).to_have_count(2)
    expect(line_of(page, 7)).to_contain_text("Not sent: A cell begins with =, +, -, @ or a tab, as a formula does.")
    expect(line_of(page, 14)).to_contain_text("Not sent: This address stands in line 3 already.")
    expect(line_of(page, 2)).to_contain_text("Zoé Marchand")
    expect(line_of(page, 2)).to_contain_text("Will be sent")


def mends_the_formula(page):
    people = page.get_by_label("The list", exact=True)
    typed = people.input_value()
    assert FORMULA in typed
    people.fill(typed.replace(f'"{FORMULA}"', "Night team"))
    press(page, "Look at it again")
    expect(page.get_by_text("13 invitations can be sent. Nothing has been sent yet.")).to_be_visible()
    expect(page.get_by_text("Not sent:")).to_have_count(1)
    expect(line_of(page, 7)).to_contain_text("Will be sent")


def fits(page):
    """Nothing is to be scrolled for sideways, on a phone nor on the smallest."""
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(SIDEWAYS) == [], width
    page.set_viewport_size({"width": 390, "height": 844})


def thirteen_went(mailoutbox):
    """Each mail goes to one address, says who invites whom to what, and names no other who is invited."""
    mails = all_mails(mailoutbox)
    assert [str(mail["To"]) for mail in mails] == ADDRESSES
    for mail, address in zip(mails, ADDRESSES, strict=True):
        assert str(mail["Subject"]) == "Orgadmin Q invites you to join Doorway"
        for other in ADDRESSES:
            assert other == address or other not in mail.as_string()
    assert "Dear Zoé Marchand," in text_of(mails[0])
    assert len({link_of_invitation(mailoutbox, address) for address in ADDRESSES}) == 13


def others_see_nobody(visit, cast, address):
    """Neither who belongs to the organisation nor who is steward of a partnership with it sees whom it invites."""
    for person in (cast["colleague"], cast.steward, cast.practitioner):
        page = visit(person)
        assert status_of(page, address) in {403, 404}
        assert not any(hidden in page.content() for hidden in (*ADDRESSES, "Zoé"))


@ways
def test_fourteen_people_by_a_list_with_two_errors(visit, gathered_anew, mailoutbox, javascript):
    cast = gathered_anew
    page = visit(cast.orgadmin, javascript=javascript)
    goes_to_inviting_many(page)
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": FILE}
    page.get_by_label("A file from your spreadsheet", exact=True).set_input_files(file)
    press(page, "Look at it")
    sees_two_errors(page)
    fits(page)
    mends_the_formula(page)
    fits(page)
    assert all_mails(mailoutbox) == []
    assert not Invitation.objects.filter(email__in=ADDRESSES).exists()

    press(page, "Send 13 invitations")
    is_told(page, "13 invitations are on their way. Line 14 was left out.")
    thirteen_went(mailoutbox)
    is_at(page, "Invitations")
    listed = page.get_by_role("region", name="Open", exact=True)
    for _address, name, _job in PEOPLE:
        expect(listed.get_by_role("heading", name=name, exact=True)).to_have_count(0 if name == "Bilal K." else 1)
    fits(page)
    others_see_nobody(visit, cast, page.url)
