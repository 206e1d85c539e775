"""Authenticator apps, recovery codes, passkeys; and who cannot do without."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as project
from django.urls import reverse

ACTIVATE = reverse("mfa_activate_totp")
AUTHENTICATE = reverse("mfa_authenticate")
CODES = reverse("mfa_view_recovery_codes")
INDEX = reverse("mfa_index")
PROFILE = reverse("accounts:profile")
QR = reverse("accounts:totp-qr")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET) -> str:
    """Give what an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture(autouse=True)
def _steady_clock(time_machine):
    """Keep a test from falling between two codes."""
    time_machine.move_to("2026-11-24T09:00:10+00:00", tick=False)


def test_an_app_is_set_up_and_asked_for(client, person, sign_in, reauthenticate):
    sign_in(person)
    assert client.get(ACTIVATE).headers["Location"].startswith(reverse("account_reauthenticate"))
    reauthenticate()
    page = client.get(ACTIVATE).content.decode()
    assert f'src="{QR}"' in page
    assert "data:" not in page
    secret = client.session["mfa.totp.secret"]
    assert client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    assert client.post(ACTIVATE, {"code": code_now(secret)}).headers["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(
        r"<li class=\"row\">(\d{8})</li>", client.get(reverse("mfa_view_recovery_codes")).content.decode()
    )
    assert len(codes) == 10
    assert "Authenticator app" in client.get(PROFILE).content.decode()

    client.post(reverse("account_logout"))
    assert sign_in(person).headers["Location"] == AUTHENTICATE
    assert client.get(PROFILE).status_code == 302
    assert client.get(AUTHENTICATE).status_code == 200
    assert "not right" in client.post(AUTHENTICATE, {"code": "000000"}).content.decode()
    assert client.post(AUTHENTICATE, {"code": codes[0]}).status_code == 302
    assert client.get(PROFILE).status_code == 200


def test_a_code_signs_in_and_the_own_device_is_remembered(client, person, sign_in):
    TOTP.activate(person, SECRET)
    sign_in(person, own_device=True, next=PROFILE)
    assert client.post(AUTHENTICATE, {"code": code_now()}).headers["Location"] == PROFILE
    assert client.cookies[project.SESSION_COOKIE_NAME]["max-age"] == 30 * 24 * 60 * 60


def test_the_box_of_an_earlier_try_does_not_count(client, person, sign_in):
    TOTP.activate(person, SECRET)
    sign_in(person, own_device=True)
    client.post(reverse("account_logout"), {"next": reverse("account_login")})
    sign_in(person)
    client.post(AUTHENTICATE, {"code": code_now()})
    assert client.get(PROFILE).status_code == 200
    assert not client.cookies[project.SESSION_COOKIE_NAME]["max-age"]


def test_codes_work_once(client, person, sign_in):
    TOTP.activate(person, SECRET)
    recovery = RecoveryCodes.activate(person).get_unused_codes()[0]
    for code in (code_now(), recovery):
        answers = []
        for _again in range(2):
            sign_in(person)
            answers.append(client.post(AUTHENTICATE, {"code": code}).status_code)
            client.post(reverse("account_logout"))
        assert answers == [302, 200]


def test_the_picture_is_there_only_while_an_app_is_set_up(client, person, sign_in, reauthenticate):
    assert client.get(QR).status_code == 302
    sign_in(person)
    assert client.get(QR).status_code == 404
    reauthenticate()
    client.get(ACTIVATE)
    picture = client.get(QR)
    assert picture.status_code == 200
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture.headers["Cache-Control"]
    assert not re.search(r"style|script|\son\w+=", picture.content.decode())
    client.post(ACTIVATE, {"code": code_now(client.session["mfa.totp.secret"])})
    assert client.get(QR).status_code == 404


class TestRequired:
    """Where the site asks people with duties for a second step."""

    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.SECOND_STEP_REQUIRED = True

    def test_people_with_duties_are_led_to_set_one_up(self, client, learning_partner, sign_in):
        sign_in(learning_partner)
        assert client.get(PROFILE).headers["Location"] == INDEX
        assert client.post(reverse("accounts:profile-edit"), {"name": "Tom"}).headers["Location"] == INDEX
        fragment = client.get(PROFILE, headers={"HX-Request": "true"})
        assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (204, INDEX)
        page = client.get(INDEX)
        assert "Please set one up before you go on." in page.content.decode()

    @pytest.mark.parametrize("name", ["account_reauthenticate", "account_logout", "account_email", "mfa_add_webauthn"])
    def test_what_is_needed_for_it_opens(self, client, learning_partner, sign_in, name):
        sign_in(learning_partner)
        assert client.get(reverse(name)).headers.get("Location") != INDEX

    def test_the_way_is_free_once_it_is_set_up(self, client, learning_partner, sign_in, reauthenticate):
        sign_in(learning_partner)
        reauthenticate()
        client.get(ACTIVATE)
        client.post(ACTIVATE, {"code": code_now(client.session["mfa.totp.secret"])})
        assert client.get(PROFILE).status_code == 200
        assert "Please set one up" not in client.get(INDEX).content.decode()

    def test_taking_the_last_one_away_closes_it(self, client, learning_partner, sign_in, reauthenticate):
        TOTP.activate(learning_partner, SECRET)
        sign_in(learning_partner)
        client.post(AUTHENTICATE, {"code": code_now()})
        assert client.get(PROFILE).status_code == 200
        reauthenticate()
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.exists()
        assert client.get(PROFILE).headers["Location"] == INDEX

    def test_others_are_not_asked(self, client, person, sign_in):
        sign_in(person)
        assert client.get(PROFILE).status_code == 200


def test_where_it_is_not_required_nobody_is_led(client, learning_partner, sign_in):
    sign_in(learning_partner)
    assert client.get(PROFILE).status_code == 200
