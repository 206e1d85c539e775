"""How long one stays signed in, and what stays behind."""

from datetime import UTC, datetime, timedelta
from http.cookies import Morsel

import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts import duties
from accounts.actions import open_account

PROFILE = reverse("accounts:profile")
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock(time_machine):
    """Hold the clock, and move it by minutes."""
    time_machine.move_to(START, tick=False)

    def at(*, minutes=0, hours=0, days=0):
        time_machine.move_to(START + timedelta(minutes=minutes, hours=hours, days=days), tick=False)

    return at


def cookie(client) -> Morsel:
    return client.cookies[project.SESSION_COOKIE_NAME]


def is_signed_in(client) -> bool:
    return client.get(PROFILE).status_code == 200


def test_on_a_shared_computer_the_browser_forgets_when_it_is_closed(client, person, sign_in):
    sign_in(person)
    assert not cookie(client)["max-age"]
    assert is_signed_in(client)
    assert not cookie(client)["max-age"]


def test_an_hour_without_use_signs_out(client, person, sign_in, clock):
    sign_in(person)
    clock(minutes=59)
    assert is_signed_in(client)
    clock(minutes=59 + 59)
    assert is_signed_in(client)
    clock(minutes=59 + 59 + 60)
    response = client.get(PROFILE)
    assert response.headers["Location"] == f"{reverse('account_login')}?next={PROFILE}"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "You were signed out" in client.get(response.headers["Location"]).content.decode()


def test_half_a_day_signs_out_whatever_one_does(client, person, sign_in, clock):
    sign_in(person)
    for quarter in range(1, 48):
        clock(minutes=15 * quarter)
        assert is_signed_in(client)
    clock(hours=12)
    assert not is_signed_in(client)


def test_ones_own_device_stays_signed_in_for_30_days(client, person, sign_in, clock):
    sign_in(person, own_device=True)
    assert cookie(client)["max-age"] == 30 * 24 * 60 * 60
    clock(days=29, hours=23)
    assert is_signed_in(client)
    assert cookie(client)["max-age"] == 60 * 60
    clock(days=30)
    assert not is_signed_in(client)


def test_with_duties_every_computer_is_shared(client, learning_partner, sign_in, clock):
    sign_in(learning_partner, own_device=True)
    assert not cookie(client)["max-age"]
    clock(minutes=60)
    assert not is_signed_in(client)


def test_a_site_admin_has_duties(db):
    admin = open_account(email="admin@site.test", name="Ada", by=None, is_site_admin=True)
    assert duties.has_duties(admin)


def test_a_duty_given_meanwhile_makes_the_computer_shared(client, person, sign_in, clock, monkeypatch):
    sign_in(person, own_device=True)
    monkeypatch.setattr(duties, "_rules", [lambda user: True])
    clock(days=3)
    assert is_signed_in(client)
    assert not cookie(client)["max-age"]
    clock(days=3, minutes=60)
    assert not is_signed_in(client)


def test_reading_writes_nothing_for_five_minutes(client, person, sign_in, clock, django_assert_num_queries):
    sign_in(person)
    client.get(PROFILE)
    clock(minutes=4)
    with django_assert_num_queries(5) as queries:
        client.get(PROFILE)
    assert not [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]


def test_the_next_visit_knows_when_the_last_one_ended(client, person, sign_in, clock):
    sign_in(person, own_device=True)
    client.get(PROFILE)
    clock(minutes=20)
    client.get(PROFILE)
    person.refresh_from_db()
    assert person.here_at == START + timedelta(minutes=20)
    assert person.last_visit_ended_at is None
    clock(days=2)
    client.get(PROFILE)
    person.refresh_from_db()
    assert person.here_at == START + timedelta(days=2)
    assert person.last_visit_ended_at == START + timedelta(minutes=20)


def test_signing_out_leaves_nothing(client, person, sign_in):
    sign_in(person)
    before = cookie(client).value
    response = client.post(reverse("account_logout"))
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=before).exists()
    assert not is_signed_in(client)
    # Again, from a page that was still open.
    assert "Clear-Site-Data" in client.post(reverse("account_logout")).headers


def test_only_signing_out_clears_the_browser(client, person, sign_in):
    assert "Clear-Site-Data" not in client.get(reverse("account_login")).headers
    assert "Clear-Site-Data" not in sign_in(person).headers
    assert "Clear-Site-Data" not in client.get(PROFILE).headers


def test_reading_the_sign_out_page_does_not_sign_out(client, person, sign_in):
    sign_in(person)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)


def test_the_list_of_sign_ins_ends_the_others(client, person, sign_in, django_user_model):
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
    other = client.__class__(headers={"User-Agent": agent})
    other.post(reverse("account_login"), {"login": person.email, "password": "otter-lantern-gravel-9"})
    assert is_signed_in(other)
    sign_in(person)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Safari on iPhone" in page
    assert "this one" in page
    client.post(reverse("usersessions_list"))
    assert is_signed_in(client)
    assert not is_signed_in(other)
