"""Coming in: by password, by invitation only, and without telling who has an account."""

import re
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from .conftest import PASSWORD

LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")


@pytest.fixture
def hashes():
    """Count how often a password is hashed, which is what takes time."""
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as encode:
        yield encode


def without_tokens(response) -> str:
    """Return the page without its CSRF tokens, which differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_signs_in_and_goes_where_one_wanted_to(client, person, sign_in):
    page = reverse("accounts:profile")
    assert client.get(page).headers["Location"] == f"{LOGIN}?next={page}"
    assert sign_in(person, next=page).headers["Location"] == page
    assert client.get(page).status_code == 200


def test_goes_nowhere_else(person, sign_in):
    assert "elsewhere" not in sign_in(person, next="https://elsewhere.test/").headers["Location"]


def test_the_case_of_an_address_does_not_matter(client, person):
    client.post(LOGIN, {"login": "Dawn@DOORWAY.test", "password": PASSWORD})
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_wrong_password_is_answered_alike_for_known_and_unknown_addresses(client, person, hashes):
    answers, counts = [], []
    for address in (person.email, "nobody@doorway.test"):
        hashes.reset_mock()
        response = client.post(LOGIN, {"login": address, "password": "wrong-wrong-wrong"})
        answers.append((response.status_code, without_tokens(response).replace(address, "")))
        counts.append(hashes.call_count)
    assert answers[0] == answers[1]
    assert counts[0] == counts[1] == 1
    assert "do not go together" in answers[0][1]


def test_a_closed_account_does_not_open(client, person, sign_in):
    person.is_active = False
    person.save()
    assert sign_in(person).headers["Location"] == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_forgotten_password_is_answered_alike_for_known_and_unknown_addresses(client, person, hashes, mailoutbox):
    answers, counts = [], []
    for address in (person.email, "nobody@doorway.test"):
        hashes.reset_mock()
        response = client.post(RESET, {"email": address}, follow=True)
        answers.append((response.redirect_chain, without_tokens(response)))
        counts.append((hashes.call_count, [mail.to for mail in mailoutbox].count([address])))
    assert answers[0] == answers[1]
    assert counts[0] == counts[1] == (0, 1)


def test_the_link_in_the_mail_sets_a_new_password_once(client, person, mailoutbox):
    client.post(RESET, {"email": person.email})
    link = re.search(r"https?://testserver(/\S+)", mailoutbox[0].body)[1]
    form = client.get(link).headers["Location"]
    assert client.get(form).status_code == 200
    new = "quartz-pelican-harbour-3"
    done = client.post(form, {"password1": new, "password2": new}, follow=True)
    assert "Your new password is set" in done.content.decode()
    client.post(LOGIN, {"login": person.email, "password": new})
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert "This link has run out" in client.get(link).content.decode()


def test_a_weak_new_password_is_refused(client, person, sign_in):
    sign_in(person)
    page = reverse("account_change_password")
    weak = {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}
    assert "too common" in client.post(page, weak).content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_nobody_signs_up_without_an_invitation(client, db, django_user_model):
    page = reverse("account_signup")
    assert "By invitation only" in client.get(page).content.decode()
    data = {"email": "new@doorway.test", "password1": PASSWORD, "password2": PASSWORD}
    assert "By invitation only" in client.post(page, data).content.decode()
    assert not django_user_model.objects.exists()


def test_no_mail_holds_what_somebody_typed(client, person, sign_in, reauthenticate, mailoutbox):
    person.name = "{{ secret }} <b>Bold</b>"
    person.save()
    sign_in(person)
    reauthenticate()
    client.post(reverse("account_email"), {"email": "private@home.test", "action_add": ""})
    client.post(RESET, {"email": person.email}, headers={"User-Agent": "<i>Agent</i>"})
    mails = [mail.message().as_string() for mail in mailoutbox]
    assert len(mails) == 2
    assert not [mail for mail in mails if "secret" in mail or "Bold" in mail or "Agent" in mail]


def test_limits_hold_where_they_are_on(client, person, settings, sign_in):
    settings.ACCOUNT_RATE_LIMITS = {}
    for _attempt in range(5):
        client.post(LOGIN, {"login": person.email, "password": "wrong-wrong-wrong"})
    assert "too many times" in sign_in(person).content.decode()


@pytest.mark.parametrize("address", ["account_login", "account_signup", "account_reset_password"])
def test_pages_before_sign_in_are_open(client, db, address):
    assert client.get(reverse(address)).status_code == 200
