"""Browsers in which somebody is signed in, and showed just now that it is them."""

from django.test import Client
from django.urls import reverse

from tests import factories as make


def confirmed(browser: Client) -> Client:
    """Type the password once more, as is asked before a duty is given, an export and an erasure."""
    answer = browser.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    assert answer.status_code == 302
    return browser
