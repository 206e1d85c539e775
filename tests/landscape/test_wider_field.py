"""Writing for the wider field: begun on its page, private until the last button, which says who reads there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk import drafts
from partnerships.models import Role
from records.models import Record
from tests import factories as make

pytestmark = pytest.mark.once
WRITE = reverse("reflections:reflection-new")


def share_page(cast, browser, by):
    note = make.make_note(by=by, text="For people I have never met.")
    address = reverse("reflections:reflection-share", args=[note.public_id])
    return note, f"{address}?space={cast.wider.public_id}"


def test_what_is_begun_there_is_private_until_the_last_button(cast, client_for):
    browser = client_for(cast.practitioner)
    begins = f"{WRITE}?space={cast.wider.public_id}"
    assert begins in browser.get(reverse("records:landscape")).content.decode()
    form = browser.get(begins).context["form"]
    assert form["audience"].value() == cast.wider.public_id
    words = {"text": "For people I have never met.", "person_level": "1", "audience": cast.wider.public_id}
    sent = browser.post(WRITE, words | {"draft_key": drafts.new_key()})
    note = Record.objects.latest("pk")
    assert note.is_private and sent.headers["Location"].endswith(f"/share/?space={cast.wider.public_id}")
    last = browser.get(sent.headers["Location"])
    assert note.text not in client_for(cast.outsider).get(reverse("records:landscape")).content.decode()
    said = {"space": cast.wider.public_id, "attribution": "named", "version": last.context["record"].version}
    assert browser.post(reverse("reflections:reflection-share", args=[note.public_id]), said).status_code == 302
    assert note.text in client_for(cast.outsider).get(reverse("records:landscape")).content.decode()


@pytest.mark.parametrize("space", ["sibling_everyone", "nothing", "\0"])
def test_a_space_that_one_is_not_in_begins_nothing(cast, client_for, space):
    asked = cast[space].public_id if space == "sibling_everyone" else space
    form = client_for(cast.practitioner).get(WRITE, {"space": asked}).context["form"]
    assert form["audience"].value() == "me"


def test_a_draft_keeps_the_readers_that_were_chosen_in_it(cast, client_for):
    key = drafts.new_key()
    body = {"draft_key": key, "draft_form": "reflection", "draft_about": "", "text": "Begun.", "audience": "me"}
    browser = client_for(cast.practitioner)
    browser.post(reverse("desk:draft-save", args=[key]), body)
    form = browser.get(WRITE, {"draft": key, "space": cast.wider.public_id}).context["form"]
    assert (form["text"].value(), form["audience"].value()) == ("Begun.", "me")


def test_the_last_page_says_who_reads_there_by_organisation_and_who_holds_power_by_name(cast, client_for):
    browser = client_for(cast.practitioner)
    note, address = share_page(cast, browser, cast.practitioner)
    response = browser.get(address)
    page = response.content.decode()
    assert "Everyone who can sign in here, in every partnership" in page and "everybody signs with their name" in page
    assert response.context["organisations"] == ["Doorway", "The council"]
    power = response.context["power"]
    assert (power.deciding, cast.manager.name in power.managing) == ([cast.commissioner.name], True)
    for name in ("outsider", "supervisor", "parent_member", "academic"):
        assert cast[name].name not in page, "of people elsewhere, and of those without power, no name"
    assert [choice.value for choice in response.context["choices"]] == ["named"]
    assert note.is_private


def test_it_asks_no_more_for_many_partnerships_and_people(cast, client_for):
    browser = client_for(cast.practitioner)
    _note, address = share_page(cast, browser, cast.practitioner)

    def queries():
        browser.get("/healthz")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    few = queries()
    for _number in range(3):
        partnership = make.make_partnership(by=cast.steward)
        make.make_member(partnership=partnership, person=cast.practitioner)
        for role in (Role.MANAGER, Role.COMMISSIONER):
            make.make_member(partnership=partnership, role=role, organisation=cast.council)
    assert queries() <= max(few, 18)
