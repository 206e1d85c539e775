"""A few people with accounts of their own, whatever partnerships there may be."""

import pytest
from django.urls import reverse

from accounts import duties
from accounts.actions import open_account

PASSWORD = "otter-lantern-gravel-9"


@pytest.fixture
def person(db):
    """Somebody without duties."""
    return open_account(email="dawn@doorway.test", name="Dawn Hartley", by=None, password=PASSWORD)


@pytest.fixture
def learning_partner(db, monkeypatch):
    """Somebody whom a rule of an upper app gives a duty."""
    monkeypatch.setattr(duties, "_rules", [lambda user: user.email == "tom@learning.test"])
    return open_account(email="tom@learning.test", name="Tom Reilly", by=None, password=PASSWORD)


@pytest.fixture
def sign_in(client):
    """Sign in by the page, as people do."""

    def by_password(person, *, own_device=False, next=""):
        data = {"login": person.email, "password": PASSWORD, "next": next}
        return client.post(reverse("account_login"), data | ({"remember": "on"} if own_device else {}))

    return by_password


@pytest.fixture
def reauthenticate(client):
    """Type the password once more, as is asked before what matters."""

    def by_password():
        return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    return by_password
