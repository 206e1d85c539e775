"""The settings of the whole site: the site admin's (issue 3, 6)."""

import html

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partnerships import actions
from partnerships.models.site import site_settings
from partnerships.permissions import may_start

SITE = reverse("partnerships:site-settings-edit")
RIGHT = {
    "run_by": "Estuary Combined Authority",
    "members_may_start": "on",
    "concern_name": "Ama Boateng",
    "concern_email": "ama@example.org",
}


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.site_admin)


def test_what_is_set_holds(cast, browser):
    assert browser.post(SITE, RIGHT).status_code == 302
    settings = site_settings()
    assert (settings.run_by, settings.concern_name, settings.concern_email) == (
        "Estuary Combined Authority",
        "Ama Boateng",
        "ama@example.org",
    )
    page = browser.get(SITE).content.decode()
    assert "Ama Boateng" in page
    assert "ama@example.org" in page


def test_who_may_start_a_partnership_is_set_here(cast, browser):
    person = cast["colleague"]
    assert may_start(person)
    browser.post(SITE, {name: words for name, words in RIGHT.items() if name != "members_may_start"})
    assert not may_start(person)
    assert may_start(cast.orgadmin)
    actions.edit_organisation(organisation=cast.provider, kind="nonprofit", members_may_start=True, by=cast.orgadmin)
    assert may_start(person)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"concern_email": ""}, "Write the address as well"),
        ({"concern_name": ""}, "Write the name of the person as well"),
        ({"concern_email": "ama@"}, "Enter a valid email address"),
        ({"concern_email": "a@example.org\nBcc: b@example.org"}, "Enter a valid email address"),
        ({"run_by": "x" * 121}, "at most 120 characters"),
    ],
)
def test_half_a_contact_or_none_that_works_is_refused_beside_its_field(browser, changed, said):
    response = browser.post(SITE, RIGHT | changed)
    assert response.status_code == 422
    page = html.unescape(response.content.decode())
    assert said in page
    assert "<title>Error: " in page
    assert "Estuary Combined Authority" in page or "x" * 121 in page
    assert site_settings().run_by == ""


def test_both_halves_may_stay_empty(browser):
    assert browser.post(SITE, {}).status_code == 302


@pytest.mark.parametrize("name", ["orgadmin", "steward", "practitioner"])
def test_nobody_else_sets_anything(cast, client_for, name):
    assert client_for(cast[name]).post(SITE, RIGHT).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.change_site_settings(
            run_by="x", members_may_start=True, concern_name="", concern_email="", by=cast[name]
        )


def test_the_page_leads_to_what_else_is_looked_after(browser):
    page = browser.get(SITE).content.decode()
    for name in ("partnerships:organisation-list", "admin:desk_outbox_changelist", "admin:desk_auditevent_changelist"):
        address = reverse(name)
        assert address in page
        assert browser.get(address).status_code == 200
