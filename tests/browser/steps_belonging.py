"""What people do about belonging, step by step, in words: pages found by their links, mails opened, questions answered.

Every step works with JavaScript and without.
"""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from desk.models import Outbox

LINK_OF_INVITATION = re.compile(r"https?://\S+/invitations/[\w-]{43}/(?=\s)")


def is_at(page: Page, heading: str) -> None:
    """See that this is the page of that name."""
    expect(page.get_by_role("heading", name=heading, exact=True, level=1)).to_be_visible()


def follow(page: Page, link: str, *, within: str = "") -> None:
    """Follow the link of that name in the page, or in one of its parts."""
    place = page.get_by_role("region", name=within, exact=True) if within else page.get_by_role("main")
    place.get_by_role("link", name=link, exact=True).click()


def press(page: Page, button: str) -> None:
    """Press the button of that name."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def is_told(page: Page, words: str) -> None:
    """See the notice that comes after something was done."""
    expect(page.locator(".notices")).to_contain_text(words)


def fill(page: Page, label: str, words: str) -> None:
    """Type into the box of that name."""
    page.get_by_role("textbox", name=label, exact=True).fill(words)


def choose(page: Page, name: str) -> None:
    """Choose the radio of that name."""
    page.get_by_role("radio", name=name, exact=True).check()


def goes_to_room(page: Page, name: str) -> None:
    """Go to a room of the partnership by its bar."""
    page.get_by_role("navigation", name="Rooms").get_by_role("link", name=name, exact=True).click()


def row_at_home(page: Page, title: str) -> Locator:
    """Open home and find the row that asks this of its reader."""
    page.goto(reverse("home:home"))
    asked = page.get_by_role("region", name="Asked of you").get_by_role("listitem")
    return asked.filter(has=page.get_by_role("heading", name=title, exact=True))


def looks_from_home(page: Page, title: str) -> None:
    """Follow what is asked on home to its page."""
    row_at_home(page, title).get_by_role("link", name=re.compile("^Look and answer")).click()


def answers_from_home(page: Page, title: str, button: str) -> None:
    """Answer what is asked on home."""
    looks_from_home(page, title)
    press(page, button)
    is_told(page, "Your answer is kept.")


def mails_to(mailoutbox: list[Any], address: str) -> list[EmailMessage]:
    """Give the mails that the mail server has taken for an address, as a mail program reads them."""
    taken = [mail.message().as_bytes() for mail in mailoutbox if address in mail.recipients()]
    return [message_from_bytes(mail, policy=policy.default) for mail in taken]


def text_of(mail: EmailMessage) -> str:
    """Give the plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return body.get_content()


def link_of_invitation(mailoutbox: list[Any], address: str) -> str:
    """Give the path of the link in the only mail to an address; once it went, the outbox holds its words no more."""
    [mail] = mails_to(mailoutbox, address)
    [row] = [row for row in Outbox.objects.all() if row.recipients == [address]]
    assert row.done_at
    assert not bytes(row.message)
    [link] = set(LINK_OF_INVITATION.findall(text_of(mail)))
    return urlsplit(link).path


def status_of(page: Page, address: str) -> int:
    """Open an address, and give what the server answers."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def sees_nowhere(page: Page, words: str, addresses: list[str]) -> None:
    """Look through pages, whole, as they are sent, and find these words on none of them."""
    for address in addresses:
        assert status_of(page, address) == 200, address
        assert words not in page.content(), address
