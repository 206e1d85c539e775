"""Conversations: a question of a space; it lives by itself, its summaries all stay, calls are unseen."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from conversing import actions
from conversing.conversations import news
from conversing.models import Conversation, ConversationState, StepIn
from desk import drafts
from desk.models import Notice
from partnerships.asked import asked_of
from partnerships.reader import Reader
from records import actions as record_actions
from records.actions import AlreadySent, StaleVersion
from records.models import Record
from tests import factories as make

from . import made

OUTSIDE = ("manager", "outsider", "former", "site_admin", "learning_partner", "steward")


def state_of(row):
    return Conversation.objects.filter(pk=row.pk).with_what_was_said().get().state


def address(name, of):
    return reverse(f"conversing:{name}", args=[of.public_id])


@pytest.mark.parametrize("name", OUTSIDE)
def test_who_is_not_in_its_space_neither_reads_nor_does_anything(cast, name):
    row, person = cast["conversation"], cast[name]
    assert not Record.objects.visible_to(Reader(person)).filter(pk=row.pk).exists()
    for attempt in (
        lambda: made.conversation(by=person, space=cast.peers),
        lambda: made.sum_up(row, by=person, text="theirs", number=2),
        lambda: made.close(row, by=person),
        lambda: made.call(row, by=person),
        lambda: actions.mute_conversation(conversation=row, muted=True, by=person),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_it_lives_and_goes_quiet_and_wakes_without_anybody_setting_it(cast):
    row = made.conversation(by=cast.fellow, space=cast.peers)
    assert state_of(row) == ConversationState.STARTED
    make.make_response(to=row, by=cast.fellow)
    assert state_of(row) == ConversationState.STARTED
    make.make_response(to=row, by=cast.academic)
    assert state_of(row) == ConversationState.ALIVE
    # The partnership has set three weeks.
    made.be_silent(row, days=20)
    assert state_of(row) == ConversationState.ALIVE
    made.be_silent(row, days=2)
    assert state_of(row) == ConversationState.QUIET
    actions.set_quiet_after(partnership=cast.partnership, weeks=4, by=cast.steward)
    assert state_of(row) == ConversationState.ALIVE
    made.be_silent(row, days=20)
    make.make_response(to=row, by=cast.practitioner)
    assert state_of(row) == ConversationState.ALIVE
    made.close(row, by=cast.academic, closing="Answered.")
    assert state_of(row) == ConversationState.CLOSED


def test_it_is_closed_once_and_taken_up_again(cast):
    row = made.conversation(by=cast.fellow, space=cast.peers)
    made.close(row, by=cast.academic, closing="Answered.")
    with pytest.raises(ValidationError, match="closed it a moment ago"):
        made.close(row, by=cast.practitioner, closing="It leads nowhere.")
    actions.reopen_conversation(conversation=row, by=cast.practitioner)
    now = Conversation.objects.get(pk=row.pk)
    assert (now.is_closed, now.closing) == (False, "")


def test_sent_twice_there_is_one(cast):
    key = drafts.new_key()
    row = made.conversation(by=cast.fellow, space=cast.peers, key=key)
    assert made.conversation(by=cast.fellow, space=cast.peers, key=key) == row
    with pytest.raises(AlreadySent):
        made.conversation(by=cast.fellow, space=cast.peers, key=key, question="Another?")
    key = drafts.new_key()
    for _turn in range(2):
        made.sum_up(row, by=cast.fellow, text="It came to this.", key=key)
    assert row.summaries.count() == 1


def test_no_summary_is_written_over_and_each_version_stays(cast, client_for):
    row = cast["conversation"]
    with pytest.raises(StaleVersion):
        made.sum_up(row, by=cast.practitioner, text="mine", number=1)
    sent = {"draft_key": drafts.new_key(), "text": "mine instead", "version": 1}
    response = client_for(cast.practitioner).post(address("summary-edit", row), sent)
    page = response.content.decode()
    assert response.status_code == 409 and "mine instead" in page and "what it came to, again" in page
    page = client_for(cast.consultant).get(address("summary-versions", row)).content.decode()
    assert page.index("what it came to, again") < page.index("what it came to</p>")


def told(person):
    return set(Notice.objects.filter(person=person, kind=news.SPOKEN).values_list("about", flat=True))


def test_those_who_take_part_are_told_and_who_muted_it_is_not(cast):
    row = made.conversation(by=cast.fellow, space=cast.peers)
    actions.mute_conversation(conversation=row, muted=True, by=cast.academic)
    make.make_response(to=row, by=cast.academic)
    make.make_response(to=row, by=cast.practitioner)
    assert row.public_id in told(cast.fellow) and row.public_id not in told(cast.academic)
    assert row.public_id not in told(cast.consultant)
    line = news.spoken_line(cast.fellow, row.public_id)
    assert row.title not in line.words and "Practitioner" not in line.words
    actions.mute_conversation(conversation=row, muted=True, by=cast.fellow)
    assert news.spoken_line(cast.fellow, row.public_id) is None
    actions.mute_conversation(conversation=row, muted=False, by=cast.fellow)
    assert news.spoken_line(cast.fellow, row.public_id)


def test_what_was_taken_back_is_told_to_nobody(cast):
    row = made.conversation(by=cast.fellow, space=cast.peers)
    said = make.make_response(to=row, by=cast.academic)
    record_actions.withdraw(said, by=cast.academic)
    assert news.spoken_line(cast.fellow, row.public_id) is None


def test_a_call_is_read_by_the_learning_partner_and_by_nobody_else(cast, client_for):
    row = cast["closed_conversation"]
    secret = "words for the learning partner"
    for name in ("practitioner", "manager", "steward", "commissioner", "expert"):
        page = client_for(cast[name]).get(row.get_absolute_url()).content.decode()
        assert secret not in page and "asked to step in" not in page, name
    page = client_for(cast.learning_partner).get(row.get_absolute_url()).content.decode()
    assert secret in page and cast.expert.name in page
    assert secret not in client_for(cast.learning_partner).get("/").content.decode()
    assert row.title in [asked.title for asked in asked_of(Reader(cast.learning_partner))]
    assert row.title not in [asked.title for asked in asked_of(Reader(cast.steward))]
    with pytest.raises(ValidationError, match="asked already"):
        made.call(row, by=cast.expert)
    actions.step_in(conversation=row, by=cast.learning_partner)
    assert not StepIn.objects.open().filter(conversation=row).exists()
    made.call(row, by=cast.expert)


def test_where_no_learning_partner_is_there_nobody_is_asked(cast, client_for):
    with pytest.raises(ValidationError, match="no learning partner"):
        made.call(cast["conversation"], by=cast.fellow)
    page = client_for(cast.fellow).get(cast["conversation"].get_absolute_url()).content.decode()
    assert "Ask the learning partner to step in" not in page


def test_only_who_looks_after_the_settings_says_when_it_is_quiet(cast, client_for):
    with pytest.raises(PermissionDenied):
        actions.set_quiet_after(partnership=cast.partnership, weeks=2, by=cast.practitioner)
    page = reverse("conversing:quiet-edit", args=[cast.partnership.slug])
    for weeks, words in (("0", "One week is the least"), ("53", "52 weeks"), ("often", "a number of weeks")):
        response = client_for(cast.steward).post(page, {"weeks": weeks})
        assert response.status_code == 422 and words in response.content.decode()


@pytest.mark.once
def test_the_list_says_where_each_is_and_queries_do_not_grow(cast, client_for):
    from tests.conversing.test_tension_pages import queries_of

    listed = reverse("conversing:conversation-list", args=[cast.partnership.slug])
    browser = client_for(cast.academic)
    page = browser.get(listed).content.decode()
    assert "Alive" in page and "Closed" in page and "Who decides about dogs?" in page
    assert "Who decides about dogs?" not in client_for(cast.manager).get(listed).content.decode()
    few = queries_of(browser, listed), queries_of(browser, cast["conversation"].get_absolute_url())
    for number in range(10):
        made.conversation(by=cast.fellow, space=cast.peers, question=f"Why {number}?")
        make.make_response(to=cast["conversation"], by=cast.fellow, text=f"Because {number}.")
    assert (queries_of(browser, listed), queries_of(browser, cast["conversation"].get_absolute_url())) == few


@pytest.mark.once
def test_what_is_wrong_is_said_and_what_was_typed_is_there(cast, client_for):
    page = reverse("conversing:conversation-new", args=[cast.partnership.slug])
    sent = {"draft_key": drafts.new_key(), "title": "", "text": "Behind it.", "space": cast.peers.public_id}
    response = client_for(cast.fellow).post(page, sent)
    assert response.status_code == 422 and "Behind it." in response.content.decode()
    assert "Ask something, in one line." in response.content.decode()
    found = client_for(cast.academic).get("/search/", {"q": "what it came to, again"}).content.decode()
    assert cast["conversation"].get_absolute_url() in found
