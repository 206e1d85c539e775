"""Passkeys, in a real browser with a made-up authenticator; and that nothing stays behind it."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from desk.models import Draft
from tests.factories import PASSWORD, make_person

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def person(transactional_db):
    """Somebody without duties."""
    return make_person(name="Dawn Hartley")


@pytest.fixture
def page(chromium, live_server, gate, person):
    """Open a browser that holds passkeys as a phone does, and fail on what its console complains of.

    Passkeys are bound to a name, so the page is asked for at localhost and not at a number.
    """
    complaints: list[str] = []
    context = chromium.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()
    gate.wait_until_empty()
    assert not complaints


def test_a_passkey_is_added_and_signs_in_alone(page, person):
    page.goto(f"{reverse('account_login')}?next={reverse('accounts:profile')}")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Your profile").wait_for()

    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()

    page.goto(reverse("accounts:profile"))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out.").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()
    assert person.name not in page.content()

    page.goto(f"{reverse('account_login')}?next={reverse('accounts:profile')}")
    page.get_by_label("This is my own phone or computer").last.check()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("main").get_by_text("One passkey").wait_for()

    # Signed out in the middle of a sentence, the same passkey lets one go on in place.
    writing = page.context.new_page()
    writing.goto(reverse("reflections:reflection-new"))
    Session.objects.all().delete()
    writing.locator("textarea[name=text]").fill("In the middle of a sentence")
    with page.context.expect_page() as opened:
        writing.get_by_role("link", name="Sign in again").filter(visible=True).click()
    opened.value.close()
    # The made-up authenticator lives in the first tab.
    page.goto(reverse("desk:draft-resume"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="You are signed in again").wait_for()
    writing.evaluate("() => window.dispatchEvent(new Event('focus'))")
    writing.locator(".autosave[data-state=saved]:visible").wait_for()
    assert Draft.objects.of(person).open().get().data["text"] == ["In the middle of a sentence"]
