"""Rate limits of the real server: they hold across its processes, and no header that anybody can send gets round them
(security A2; 5-promises, 5.3).
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.urls import reverse

from tests import factories as make

from .pages import Browser, form_on
from .server import Server

# Limits count in the cache, which is a table like any other.
pytestmark = [pytest.mark.slow, pytest.mark.once]

LOGIN = reverse("account_login")
TOO_OFTEN = "too many times"
# allauth's own: five wrong tries for one address in five minutes, ten from one place in a minute.
TRIES_FOR_ONE_ADDRESS, TRIES_FROM_ONE_PLACE = 5, 10
Try = Callable[..., Any]


@pytest.fixture
def server_with(server_folder, file_database) -> Iterator[Callable[..., Server]]:
    """Start a server of four processes with these variables in its environment."""
    started = []
    # What was counted before is not of this test, and no flush empties the cache.
    cache.clear()

    def start(**environment: str) -> Server:
        server = Server(server_folder, WEB_CONCURRENCY="4", **environment)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()


def tries(server: Server, address: str, password: str = "wrong-wrong-wrong", **headers: str) -> str:
    """Try to sign in, with a browser of one's own; give the page that comes, or where one is led."""
    browser = Browser(server.port, {})
    form = form_on(browser.ask("GET", LOGIN, **headers).body, of=LOGIN, at=LOGIN)
    answer = browser.ask("POST", LOGIN, form.with_words(login=address, password=password), **headers)
    return answer.location or answer.body


def test_four_processes_count_together(server_with):
    """Each counts what all others saw: with limits of its own, each would let five more pass."""
    person = make.make_person(email="dawn@example.org")
    server = server_with()
    for number in range(TRIES_FOR_ONE_ADDRESS):
        assert TOO_OFTEN not in tries(server, person.email), number
    for _again in range(4):
        assert TOO_OFTEN in tries(server, person.email, make.PASSWORD), "even the right one is not looked at"


@pytest.mark.parametrize(
    ("environment", "forged"),
    [
        ({}, "198.51.100.{}, 10.0.0.{}"),
        # One proxy stands in front, and writes down last whom it saw. What stands before that anybody may have written.
        ({"TRUSTED_PROXY_COUNT": "1"}, "198.51.100.{}, 203.0.113.7"),
    ],
    ids=["no proxy", "one proxy"],
)
def test_a_forged_address_of_the_network_gets_round_nothing(server_with, environment, forged):
    server = server_with(**environment)
    for number in range(TRIES_FROM_ONE_PLACE + 1):
        headers = {"X-Forwarded-For": forged.format(number, number), "X-Real-IP": f"192.0.2.{number}"}
        page = tries(server, f"nobody-{number}@example.org", **headers)
        assert (TOO_OFTEN in page) == (number >= TRIES_FROM_ONE_PLACE), number
    person = make.make_person(email="dawn@example.org")
    headers = {
        "X-Forwarded-For": forged.format(99, 99),
        "Forwarded": "for=192.0.2.99",
        "CF-Connecting-IP": "192.0.2.98",
    }
    assert TOO_OFTEN in tries(server, person.email, make.PASSWORD, **headers)


def test_behind_a_trusted_proxy_each_place_is_counted_by_itself(server_with):
    """The pair of the above: somebody elsewhere signs in while one place is held off."""
    server = server_with(TRUSTED_PROXY_COUNT="1")
    for number in range(TRIES_FROM_ONE_PLACE + 1):
        page = tries(server, f"nobody-{number}@example.org", **{"X-Forwarded-For": "203.0.113.7"})
    assert TOO_OFTEN in page
    person = make.make_person(email="dawn@example.org")
    # Tests have a lighter hash, which the server does not know.
    person.password = PBKDF2PasswordHasher().encode(make.PASSWORD, "salt", iterations=1000)
    person.save()
    led = tries(server, person.email, make.PASSWORD, **{"X-Forwarded-For": "203.0.113.8"})
    assert led == reverse("home:home")
