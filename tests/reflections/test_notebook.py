"""The notebook: one's own words, what nobody else reads and what others read too, a page at a time."""

import pytest
from django.urls import reverse

from tests import factories as make


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


def test_the_notebook_holds_ones_own_words_and_nobody_elses(browser, cast):
    body = browser.get(reverse("reflections:notebook")).content.decode()
    assert "Private title" in body
    assert "Withdrawn title" in body
    assert "Title in everyone" not in body
    assert "not named words" not in body


def test_what_was_shared_is_listed_by_itself(browser, cast):
    body = browser.get(reverse("reflections:notebook"), {"show": "shared"}).content.decode()
    for shown in ("Title in everyone", "Title in power_line", "Title in one_to_one", "Title in wider", "peers words"):
        assert shown in body
    for hidden in ("Private title", "Withdrawn title"):
        assert hidden not in body


def test_a_response_is_no_page_of_the_notebook(cast, client_for):
    assert "response words" not in client_for(cast.fellow).get(reverse("reflections:notebook")).content.decode()


def test_the_notebook_goes_on_page_by_page(cast, client_for):
    browser = client_for(cast.fellow)
    for number in range(45):
        make.make_note(by=cast.fellow, title=f"Note number {number:02}")
    seen, address = [], reverse("reflections:notebook")
    for _page in range(4):
        page = browser.get(address)
        seen += [record.shown_title for record in page.context["records"]]
        if not page.context["older"]:
            break
        address = reverse("reflections:notebook") + page.context["older"]
    assert seen == [f"Note number {number:02}" for number in reversed(range(45))]
