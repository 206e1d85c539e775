"""What somebody takes on while the session goes on: one line of its live page, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.live.polling import digest_at
from convening.models import Commitment
from desk.models import Draft
from tests import factories as make

from . import after_made as made

HTMX = {"HX-Request": "true", "HX-Target": "section#will-do"}


@pytest.fixture
def session(cast):
    """Give a session that began ten minutes ago, hosted by the practitioner in the peers' space."""
    return made.held(cast, ago=timedelta(minutes=10))


def send_to(session):
    return reverse("convening:live-will-do", args=[session.public_id])


def live(session):
    return reverse("convening:session-live", args=[session.public_id])


def said(person, *, key="k", **words):
    return {"what": "Bring the form", "doer": person.public_id, "draft_key": key} | words


def digest(session):
    return digest_at(session.public_id)


def test_the_page_says_what_was_taken_on_and_offers_oneself_first(cast, session, client_for):
    made.commit(session, by=cast.academic, doer=cast.fellow, due_on=timezone.localdate() + timedelta(days=9))
    browser = client_for(cast.practitioner)
    page = browser.get(live(session)).content.decode()
    part = page.partition('id="will-do"')[2].partition("</section>")[0]
    assert "Ring the ward" in part and cast.fellow.name in part and "by " in part
    # Without JavaScript the link leads to the live page with the form in its place.
    assert f'href="{send_to(session)}"' in part and "<select" not in part
    page = browser.get(send_to(session)).content.decode()
    part = page.partition('id="will-do"')[2].partition("</section>")[0]
    assert 'id="live"' in page and f'hx-get="{live(session)}"' in page
    options = part.partition("<select")[2].partition("</select>")[0]
    assert options.index(cast.practitioner.public_id) < options.index(cast.academic.public_id)
    assert f'value="{cast.practitioner.public_id}" selected' in options
    assert options.count("<option") == len(session.members_now)


def test_without_javascript_it_is_written_down_and_the_live_page_comes_back(cast, session, client_for):
    browser = client_for(cast.fellow)
    answer = browser.post(send_to(session), said(cast.fellow), follow=True)
    assert answer.redirect_chain == [(f"{live(session)}#will-do", 302)]
    assert "Bring the form" in answer.content.decode()
    # Pressed twice.
    browser.post(send_to(session), said(cast.fellow))
    [commitment] = Commitment.objects.filter(within=session)
    assert (commitment.doer, commitment.author, commitment.due_on) == (cast.fellow, cast.fellow, None)


def test_with_htmx_this_part_alone_is_answered(cast, session, client_for):
    """So that whatever is typed elsewhere on the page stays, and nothing but this form is emptied."""
    answer = client_for(cast.fellow).post(send_to(session), said(cast.fellow), headers=HTMX)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert body.startswith('<section class="part" id="will-do"') and 'id="live"' not in body
    assert "Bring the form" in body and "data-new" in body and 'value="Bring the form"' not in body
    assert 'id="will-do-form" class="screen-only" hx-morph-skip' in body
    assert "HX-Target" in answer.headers["Vary"]


def test_the_form_comes_when_it_is_asked_for_and_is_typed_into_at_once(cast, session, client_for):
    answer = client_for(cast.fellow).get(send_to(session), headers=HTMX)
    body = answer.content.decode()
    assert body.startswith('<section class="part" id="will-do"') and 'id="live"' not in body
    assert 'id="will_do_what"' in body and " autofocus" in body and "error-summary" not in body


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"what": ""}, "Say in a line what is to be done."),
        ({"what": "two\nlines"}, "line break"),
        ({"what": "x" * 201}, "200"),
        ({"doer": "nobody"}, "They are not in this space."),
        ({"due_on_day": "31", "due_on_month": "2", "due_on_year": "2027"}, "There is no such day."),
        ({"due_on_day": "1", "due_on_month": "2", "due_on_year": "2020"}, "That day has gone by."),
    ],
)
def test_what_is_wrong_stands_beside_the_box_with_what_was_typed(cast, session, client_for, wrong, told, headers):
    answer = client_for(cast.fellow).post(send_to(session), said(cast.fellow) | wrong, headers=headers)
    body = answer.content.decode()
    assert answer.status_code == 422 and told in body
    assert 'value="k"' in body
    assert ('<details class="fold" open>' in body) == any("due" in name for name in wrong)
    assert not Commitment.objects.filter(within=session).exists()
    if "what" not in wrong:
        assert 'value="Bring the form"' in body
    # The whole page, or this part of it alone.
    assert ('id="live"' in body) == (not headers)


def test_what_cannot_be_taken_on_any_more_is_kept_as_a_draft(cast, session, client_for):
    actions.cancel_session(session=session, because="Fire alarm.", by=cast.practitioner, key="off")
    answer = client_for(cast.fellow).post(send_to(session), said(cast.fellow), headers=HTMX)
    assert answer.status_code == 422
    assert "cancelled" in answer.content.decode() and 'value="Bring the form"' in answer.content.decode()
    assert Draft.objects.get(key="k").data["what"] == ["Bring the form"]


def test_typed_on_after_it_was_sent_is_asked_about(cast, session, client_for):
    browser = client_for(cast.fellow)
    browser.post(send_to(session), said(cast.fellow))
    answer = browser.post(send_to(session), said(cast.fellow, what="Bring the other form"))
    assert answer.status_code == 422 and 'value="Bring the other form"' in answer.content.decode()
    assert Commitment.objects.filter(within=session).count() == 1


def test_all_others_see_it_with_their_next_question(cast, session, client_for):
    """And what becomes of it: a done or a let go commitment stands so at once."""
    before = digest(session)
    client_for(cast.fellow).post(send_to(session), said(cast.fellow))
    made_, commitment = digest(session), Commitment.objects.get(within=session)
    actions.finish_commitment(commitment=commitment, by=cast.fellow)
    assert len({before, made_, digest(session)}) == 3


def test_another_form_of_the_page_says_nothing_about_this_one(cast, session, client_for):
    """A POST of the host is answered with the whole page; this form is left as it was."""
    answer = client_for(cast.practitioner).post(
        reverse("convening:live-step", args=[session.public_id]),
        {"step": "no-such-step", "what": "smuggled", "draft_turn": "7"},
        headers={"HX-Request": "true", "HX-Target": "div#live"},
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="will-do-form" class="screen-only" hx-morph-skip' in body and "smuggled" not in body
    assert "Say in a line what is to be done." not in body


def test_before_it_begins_nothing_is_offered_and_afterwards_the_form_stays(cast, client_for):
    """Once it is over somebody may be typing still: the place of the form is there, so that it is left alone."""
    early = made.held(cast, ago=timedelta(minutes=-10))
    browser = client_for(cast.fellow)
    assert 'id="will-do"' not in browser.get(live(early)).content.decode()
    assert browser.get(send_to(early)).url == f"{live(early)}#will-do"
    assert browser.post(send_to(early), said(cast.fellow)).status_code == 422
    over = made.held(cast)
    asked = browser.get(live(over), headers={"HX-Request": "true", "HX-Target": "div#live"})
    assert 'id="will-do-form"' in asked.content.decode()
    answer = browser.post(send_to(over), said(cast.fellow, key="over"))
    assert answer.status_code == 302 and Commitment.objects.filter(within=over).exists()


def test_who_is_not_in_the_space_learns_nothing(cast, session, client_for):
    for person in (cast.manager, cast.outsider, cast.site_admin):
        assert client_for(person).post(send_to(session), said(cast.fellow)).status_code == 404
    make.fold(record=session, by=cast.consultant)
    assert client_for(cast.fellow).post(send_to(session), said(cast.fellow)).status_code == 403
    assert not Commitment.objects.filter(within=session).exists()


@pytest.mark.once
def test_the_list_takes_one_question_however_long_it_is(cast, session, client_for):
    browser = client_for(cast.practitioner)

    def asked():
        browser.get("/healthz")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(live(session)).status_code == 200
        return len(captured)

    made.commit(session, by=cast.academic, doer=cast.fellow)
    one = asked()
    for number in range(4):
        made.commit(session, by=cast.academic, doer=cast.fellow, what=f"Thing {number}")
    assert asked() == one
