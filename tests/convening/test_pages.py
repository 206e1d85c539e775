"""The pages of a session, as those in its space and those outside see them."""

import pytest
from django.urls import reverse

PAGES = ["session-detail", "session-edit", "session-move", "session-cancel", "session-host"]


def page(name, thing):
    return reverse(f"convening:{name}", args=[thing.public_id])


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_for_its_host(cast, client_for, name):
    answer = client_for(cast.practitioner).get(page(name, cast["peers_session"]))
    assert answer.status_code == 200
    assert "Session in peers" in answer.content.decode()


def test_the_list_shows_what_is_ahead_and_what_is_over(cast, client_for):
    body = client_for(cast.fellow).get(reverse("convening:session-list", args=[cast.partnership.slug])).content.decode()
    for title in ("Session in peers", "Session in everyone", "Cancelled session", "Session that is over"):
        assert title in body
    assert "Session in power_line" not in body
