"""The room view, for the wall or a shared screen: large, and without names; and the code by which one joins."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from convening import actions
from convening.models import AgendaItem
from tests import factories as make
from tests.scenery.guests import silent_writing

from .guests_made import guest_at, poll, reveal, seen_on, session_with_guests, token_of, write


@pytest.fixture
def session(cast):
    return make.make_session(
        by=cast.practitioner, space=cast.peers, title="What we make of it", begins_in=timedelta(minutes=-5)
    )


def wall(client, session, **options):
    return client.get(reverse("convening:session-live", args=[session.public_id]) + "?view=room", **options)


def test_it_shows_the_question_and_then_what_was_revealed_and_nobodys_name(cast, session, client_for):
    guest_session = session_with_guests(cast)
    browser = client_for(cast.fellow)
    for one in (session, guest_session):
        writing = silent_writing(one, question="What do you see?")
        for person, wish in ((cast.fellow, "named"), (cast.academic, "not_named")):
            write(one, writing, person, f"Words by {person.pk}.", wish=wish)
        page = wall(browser, one).content.decode()
        assert "What do you see?" in page
        assert "Words by" not in page
        reveal(writing, cast.practitioner)
        guest_at(guest_session, "Gwyn")
        page = wall(browser, one).content.decode()
        assert page.count("Words by") == 2
        for name in (" Q<", "Fellow", "Academic", "Practitioner", "Gwyn", "Doorway"):
            assert name not in page, name


def test_before_the_reveal_the_host_is_not_named_either(cast, session, client_for):
    item = AgendaItem.objects.create(session=session, position=1, kind="check_in", lead=cast.fellow, minutes=4)
    actions.go_to_step(session=session, step=item.public_id, by=cast.practitioner)
    assert "Fellow" not in wall(client_for(cast.practitioner), session).content.decode()
    silent_writing(session, question="What do you see?")
    page = wall(client_for(cast.practitioner), session).content.decode()
    assert "until the host reveals all of it" in page
    assert "Practitioner" not in page


def test_it_goes_on_by_itself_as_the_members_page_does(cast, session, client_for):
    browser = client_for(cast.fellow)
    page = wall(browser, session)
    assert f'hx-get="{reverse("convening:session-live", args=[session.public_id])}?view=room"' in page.content.decode()
    seen, url = seen_on(page), reverse("convening:session-live", args=[session.public_id])
    assert poll(browser, f"{url}?view=room&x=1", "x").status_code == 200
    assert browser.get(f"{url}?view=room&seen={seen}").status_code == 204
    silent_writing(session, question="What do you see?")
    actions.let_guests_in(session=session, by=cast.practitioner)
    fresh = browser.get(f"{url}?view=room&seen={seen}", headers={"HX-Request": "true", "HX-Target": "div#live"})
    assert fresh.status_code == 200
    assert "<html" not in fresh.content.decode()
    assert token_of(session) in fresh.content.decode()


def test_the_wall_names_the_members_address_until_guests_are_let_in(cast, session, client_for, settings):
    settings.SITE_URL = "https://learn.example.org"
    browser = client_for(cast.fellow)
    assert f"/sessions/{session.public_id}/live" in wall(browser, session).content.decode()
    before = wall(browser, session).content.decode()
    actions.let_guests_in(session=session, by=cast.practitioner)
    after = wall(browser, session).content.decode()
    assert "learn.example.org" in after
    assert f"/join/{token_of(session)}" in after
    source = re.compile(r'src="([^"]*qr\.svg[^"]*)"')
    assert source.search(before)[1] != source.search(after)[1], "a browser that goes on fetches the other code"


def test_the_code_is_a_picture_of_its_own_dark_on_white(cast, session, client_for, settings):
    settings.SITE_URL = "https://learn.example.org"
    url = reverse("convening:live-qr", args=[session.public_id])
    answer = client_for(cast.fellow).get(url)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    picture = ElementTree.fromstring(answer.content)
    shapes = {shape.tag.rpartition("}")[2]: shape.attrib for shape in picture.iter()}
    assert shapes["rect"]["fill"] == "white"
    assert "style" not in str(answer.content)
    members = answer.content
    actions.let_guests_in(session=session, by=cast.practitioner)
    assert client_for(cast.fellow).get(url).content != members
    assert client_for(cast.outsider).get(url).status_code == 404


def test_the_page_works_without_javascript_and_leads_back(cast, session, client_for):
    page = wall(client_for(cast.fellow), session).content.decode()
    assert "Leave the wall" in page
    assert "<nav" not in page
