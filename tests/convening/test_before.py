"""Before a session: who comes, and what is written for it that nobody sees until the reveal."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from convening import actions
from convening.models import Contribution
from desk import drafts
from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from records.models import Record
from tests import factories as make
from tests.scenery.live_writing import running


def page(name, thing):
    return reverse(f"convening:{name}", args=[thing.public_id])


def body_of(browser, thing):
    return browser.get(page("session-detail", thing)).content.decode()


def at_the_session(session):
    return time_machine.travel(session.starts_at + timedelta(minutes=5), tick=True)


def test_the_host_sees_every_answer_oneself_ones_own_and_the_others_how_many_come(cast, client_for):
    session = cast["peers_session"]
    actions.answer_session(session=session, answer="yes", by=cast.academic)
    host = body_of(client_for(cast.practitioner), session)
    assert re.search(r"<dt>Yes</dt>\s*<dd>Academic Q</dd>", host)
    assert re.search(r"<dt>No</dt>\s*<dd>Fellow Q</dd>", host)
    other = body_of(client_for(cast.consultant), session)
    assert "1 other person comes." in other
    assert "No answer yet" not in other
    mine = body_of(client_for(cast.fellow), session)
    assert re.search(r'value="no"\s+aria-pressed="true"', mine)


def test_where_fewer_than_five_others_are_asked_no_number_is_told(cast, client_for):
    session = cast["power_line_session"]
    actions.answer_session(session=session, answer="yes", by=cast.manager)
    assert "other pe" not in body_of(client_for(cast.practitioner), session)


def test_an_answer_can_be_changed_until_the_end_and_then_no_more(cast, client_for):
    session, browser = cast["peers_session"], client_for(cast.fellow)
    assert browser.post(page("session-answer", session), {"answer": "yes"}).status_code == 302
    assert session.attendees.get(person=cast.fellow).answer == "yes"
    answer = browser.post(page("session-answer", cast["over_session"]), {"answer": "yes"}, follow=True)
    assert "This session is over" in answer.content.decode()
    wrong = browser.post(page("session-answer", session), {"answer": "perhaps"}, follow=True)
    assert "Choose one of the three." in wrong.content.decode()


def test_an_answer_comes_back_as_a_part_of_the_page(cast, client_for):
    answer = client_for(cast.fellow).post(
        page("session-answer", cast["peers_session"]),
        {"answer": "yes"},
        headers={"HX-Request": "true", "HX-Target": "div#coming"},
    )
    body = answer.content.decode()
    assert answer.status_code == 200
    assert body.lstrip().startswith('<div class="part__page" id="coming">')
    assert re.search(r'value="yes"\s+aria-pressed="true"', body)


@pytest.mark.parametrize("name", ["practitioner", "consultant", "academic", "steward", "learning_partner", "manager"])
def test_before_the_reveal_nobody_but_its_author_learns_that_something_was_written(cast, client_for, name):
    """Not even the host; and the page is the same to the byte, but for what each opening of it makes anew."""
    session = cast["peers_session"]
    browser = client_for(cast[name])
    before = plain(browser.get(page("session-detail", session)))
    make.make_contribution(to=session, by=cast.peers_more[0], text="hidden until then")
    assert plain(browser.get(page("session-detail", session))) == before
    assert not Record.objects.visible_to(Reader(cast[name])).filter(text="hidden until then").exists()


def plain(answer):
    """Leave out what is new each time that a page is opened: tokens and keys."""
    return re.sub(r'(value|data-autosave)="[^"]*"|/drafts/[^/"]+', "", answer.content.decode())


def test_at_the_reveal_each_is_named_as_they_wished(cast, client_for):
    session = cast["peers_session"]
    make.make_contribution(to=session, by=cast.academic, text="with my name")
    with pytest.raises(ValidationError, match="not before"):
        actions.reveal(session=session, by=cast.practitioner)
    with at_the_session(session):
        with pytest.raises(PermissionDenied):
            actions.reveal(session=session, by=cast.fellow)
        actions.reveal(session=session, by=cast.practitioner)
        body = body_of(client_for(cast.consultant), session)
    assert "unseen words" in body
    assert "with my name" in body
    assert "Academic Q" in body
    assert "Fellow Q" not in body.partition('id="written"')[2].partition("</article>")[0]


def test_who_left_keeps_what_they_wrote_for_themselves(cast):
    session = cast["peers_session"]
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    with at_the_session(session):
        actions.reveal(session=session, by=cast.practitioner)
    assert Contribution.objects.get(pk=cast["unseen_words"].pk).is_private


def test_where_too_few_are_left_to_hide_among_it_is_kept_back_and_its_author_decides(cast, client_for):
    session, words = cast["peers_session"], cast["unseen_words"]
    for person in (*cast.peers_more, cast.consultant):
        partnership_actions.leave_space(space=cast.peers, by=person)
    with at_the_session(session):
        actions.reveal(session=session, by=cast.practitioner)
    words.refresh_from_db()
    assert words.is_private
    assert words.is_kept_back
    assert "unseen words" not in body_of(client_for(cast.practitioner), session)
    author = client_for(cast.fellow)
    assert "too few people were here" in author.get(page("contribution-detail", words)).content.decode()
    assert client_for(cast.practitioner).post(page("contribution-show", words)).status_code == 404
    assert author.post(page("contribution-show", words)).status_code == 302
    shown = body_of(client_for(cast.practitioner), session)
    assert "unseen words" in shown
    assert "Fellow Q" in shown


def test_open_at_once_is_read_at_once(cast, client_for):
    session = make.make_session(by=cast.practitioner, space=cast.peers, is_silent=False)
    make.make_contribution(to=session, by=cast.fellow, text="for all of you")
    assert "for all of you" in body_of(client_for(cast.academic), session)


def test_a_way_to_be_named_that_hides_nobody_is_not_offered_nor_taken(cast, client_for):
    session = cast["power_line_session"]
    page_of = client_for(cast.practitioner).get(page("contribution-new", session)).content.decode()
    assert 'value="not_named"' not in page_of
    with pytest.raises(ValidationError, match="Too few"):
        make.make_contribution(to=session, by=cast.practitioner, wish="not_named")
    answer = client_for(cast.practitioner).post(
        page("contribution-new", session), {"text": "my words", "wish": "not_named", "draft_key": "k"}
    )
    assert answer.status_code == 422
    assert "my words" in answer.content.decode()


def test_until_the_reveal_it_is_changed_and_deleted_and_after_it_taken_back(cast, client_for):
    browser, unseen, seen = client_for(cast.fellow), cast["unseen_words"], cast["seen_words"]
    sent = {"text": "other words", "wish": "named", "version": unseen.version, "draft_key": "k"}
    assert browser.post(page("contribution-edit", unseen), sent).status_code == 302
    unseen.refresh_from_db()
    assert (unseen.text, unseen.wish, unseen.is_private) == ("other words", "named", True)
    assert browser.post(page("contribution-delete", unseen)).status_code == 302
    assert not Contribution.objects.filter(pk=unseen.pk).exists()
    assert browser.get(page("contribution-delete", seen)).status_code == 404
    assert browser.post(page("contribution-withdraw", seen)).status_code == 302
    assert "words that were revealed" not in body_of(client_for(cast.academic), cast["running_session"])


def test_what_comes_too_late_is_kept_as_a_draft(cast, client_for):
    session = cast["over_session"]
    answer = client_for(cast.fellow).post(
        page("contribution-new", session), {"text": "too late", "wish": "named", "draft_key": "late"}
    )
    assert answer.status_code == 422
    assert "This session is over" in answer.content.decode()
    assert "too late" in answer.content.decode()


def test_somebody_whose_membership_ended_a_minute_ago_gets_their_words_back(cast, client_for):
    session, browser = cast["peers_session"], client_for(cast.academic)
    make.end_membership(person=cast.academic, partnership=cast.partnership)
    answer = browser.post(page("contribution-new", session), {"text": "my last words", "draft_key": "k"})
    assert answer.status_code == 404
    assert "my last words" in answer.content.decode()
    assert not Contribution.objects.filter(author=cast.academic).exists()


def test_a_cancelled_session_reveals_nothing(cast):
    session = cast["peers_session"]
    actions.cancel_session(session=session, because="Snow.", by=cast.practitioner, key="k")
    with at_the_session(session), pytest.raises(ValidationError):
        actions.reveal(session=session, by=cast.practitioner)
    assert Contribution.objects.get(pk=cast["unseen_words"].pk).is_private


def test_what_was_typed_for_nobodys_eyes_is_asked_about_once_all_is_revealed(cast, client_for):
    session = running(by=cast.practitioner, space=cast.peers, question="What do you bring?")
    address = reverse("convening:contribution-new", args=[session.public_id])
    client = client_for(cast.fellow)
    assert 'name="unseen" value="True"' in client.get(address).content.decode()
    actions.reveal(session=session, by=cast.practitioner)
    sent = {"text": "typed before", "wish": "named", "unseen": "True", "draft_key": drafts.new_key()}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "Press once more" in answer.content.decode()
    assert "typed before" in answer.content.decode()
    assert not Contribution.objects.filter(text="typed before").exists()
    assert client.post(address, sent | {"unseen": ""}).status_code == 302
    assert not Contribution.objects.get(text="typed before").is_private


def test_a_change_typed_before_the_reveal_is_not_shown_without_asking(cast, client_for):
    session = running(by=cast.practitioner, space=cast.peers, question="What do you bring?")
    note = make.make_contribution(to=session, by=cast.fellow, text="as it was")
    address = reverse("convening:contribution-edit", args=[note.public_id])
    client = client_for(cast.fellow)
    actions.reveal(session=session, by=cast.practitioner)
    sent = {"text": "as it is", "wish": "named", "unseen": "True", "version": "1", "draft_key": drafts.new_key()}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "Press once more" in answer.content.decode()
    assert Contribution.objects.get(pk=note.pk).text == "as it was"
    assert client.post(address, sent | {"unseen": ""}).status_code == 302
    assert Contribution.objects.get(pk=note.pk).text == "as it is"
