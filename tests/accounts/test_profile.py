"""What others see of me, and how it looks to me."""

import pytest
from django.urls import reverse

from desk.models import AuditEvent

PROFILE = reverse("accounts:profile")
EDIT = reverse("accounts:profile-edit")
APPEARANCE = reverse("accounts:profile-appearance")
WORDS = {
    "name": "Dawn Hartley",
    "wants_to_learn": "How a ward decides.\nWho it asks.",
    "can_offer": "Ten years of doorways.",
    "answers_for": "Beds filled by Friday.",
}


@pytest.fixture(autouse=True)
def _signed_in(client, person):
    client.force_login(person)


def test_saves_the_words_and_says_so(client, person):
    page = client.post(EDIT, WORDS, follow=True)
    assert page.redirect_chain == [(PROFILE, 302)]
    assert "Your profile is saved." in page.content.decode()
    assert "How a ward decides.<br>Who it asks." in page.content.decode()
    person.refresh_from_db()
    assert {field: getattr(person, field) for field in WORDS} == WORDS
    event = AuditEvent.objects.get(action="account.change")
    assert (event.actor, event.public_id) == (person, person.public_id)
    assert event.facts == {"fields": ["wants_to_learn", "can_offer", "answers_for"]}


def test_saving_what_is_there_already_is_no_change(client, person):
    client.post(EDIT, {"name": person.name})
    assert not AuditEvent.objects.filter(action="account.change").exists()


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("name", "", ""),
        ("name", "x" * 121, "121"),
        ("name", "Dawn\0", ""),
        ("wants_to_learn", "How\0", ""),
        ("can_offer", "x" * 5_000, "This is 5000 characters long. The limit is 600"),
        ("answers_for", "broken \ufffd", "One character did not arrive whole."),
    ],
)
def test_what_cannot_be_saved_is_said_at_the_field_and_kept(client, person, field, text, sentence):
    response = client.post(EDIT, WORDS | {field: text})
    assert response.status_code == 422
    page = response.content.decode()
    assert "There is a problem" in page
    assert "<title>Error:" in page
    assert f'id="id_{field}_error"' in page
    assert page.count(sentence) >= 2
    assert f'href="#id_{field}"' in page
    kept = [words for words in (WORDS | {field: text}).values() if "\n" not in words and "\0" not in words]
    assert all(words in page for words in kept)
    person.refresh_from_db()
    assert person.wants_to_learn == ""


def test_the_limit_counts_a_line_break_once(client, person):
    client.post(EDIT, WORDS | {"can_offer": "x" * 300 + "\r\n" + "x" * 299})
    person.refresh_from_db()
    assert len(person.can_offer) == 600


def test_chooses_light_or_dark(client, person):
    assert client.get(APPEARANCE).status_code == 200
    assert client.post(APPEARANCE, {"appearance": "dark"}).headers["Location"] == PROFILE
    assert '<html lang="en-GB" class="dark">' in client.get(PROFILE).content.decode()
    assert client.post(APPEARANCE, {"appearance": "sepia"}).status_code == 422
    client.post(APPEARANCE, {"appearance": ""})
    person.refresh_from_db()
    assert person.appearance == ""


def test_pages_speak_to_their_verbs_only(client):
    assert client.post(PROFILE).status_code == 405
    assert client.put(EDIT).status_code == 405


def test_every_page_of_the_account_opens(client, reauthenticate):
    reauthenticate()
    names = (
        "account_email account_change_password account_logout mfa_index mfa_activate_totp mfa_add_webauthn"
        " mfa_list_webauthn usersessions_list"
    )
    for name in names.split():
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert page.content.decode().count("<h1") == 1, name
        # allauth's own forms have placeholders; ours have labels and hints.
        assert "placeholder" not in page.content.decode(), name


def test_another_address_needs_the_password_once_more(client, person, reauthenticate):
    page = reverse("account_email")
    another = {"email": "private@home.test", "action_add": ""}
    assert client.post(page, another).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert person.emailaddress_set.count() == 1
    reauthenticate()
    client.post(page, another)
    assert person.emailaddress_set.filter(verified=False).count() == 1


def test_an_old_page_puts_nothing_back(client, person):
    """Typed on Monday and sent on Wednesday: what was saved on Tuesday is shown beside it, and stays."""
    monday = client.get(EDIT).context["form"]["version"].value()
    assert client.post(EDIT, WORDS | {"version": monday}).status_code == 302
    late = {"name": person.name, "can_offer": "A lift on Fridays.", "version": monday, "draft_key": "k1"}
    answer = client.post(EDIT, late)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ten years of doorways." in page and "A lift on Fridays." in page
    person.refresh_from_db()
    assert person.can_offer == "Ten years of doorways."
    again = late | {"version": answer.context["form"]["version"].value(), "draft_key": answer.context["form"].key}
    assert client.post(EDIT, again).status_code == 302
    person.refresh_from_db()
    assert person.can_offer == "A lift on Fridays."


def test_the_same_page_sent_twice_is_saved_once(client, person):
    version = client.get(EDIT).context["form"]["version"].value()
    for _twice in range(2):
        assert client.post(EDIT, WORDS | {"version": version}).status_code == 302
