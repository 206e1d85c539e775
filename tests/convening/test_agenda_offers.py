"""Offering something for an agenda: who reads it, and what becomes of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.my_data import erasing
from convening import actions
from convening.models import AgendaOffer
from desk import drafts
from records.versions import AlreadySent
from tests import factories as make
from tests.scenery.agenda import OFFER, add_item, headings, offer

CANARY = "a door that stays shut on Thursdays"
State = AgendaOffer.State


@pytest.fixture
def session(cast):
    return make.make_session(by=cast.practitioner, space=cast.peers, title="Open to offers")


@pytest.fixture
def offered(cast, session):
    return offer(session=session, by=cast.fellow, title=CANARY)


def url(name, session, offered=None):
    args = [session.public_id, *([offered.public_id] if offered else [])]
    return reverse(f"convening:{name}", args=args)


def body(**words):
    return (
        OFFER | {"title": CANARY, "minutes": "20", "draft_key": drafts.new_key(), "draft_form": "agenda-offer"} | words
    )


def pages(client_for, person, session):
    browser = client_for(person)
    found = [browser.get(session.get_absolute_url())]
    found.append(browser.get(url("agenda-edit", session)))
    return "".join(page.content.decode() for page in found)


def test_while_it_waits_only_the_host_and_oneself_read_it(cast, client_for, session, offered):
    assert CANARY in pages(client_for, cast.practitioner, session)
    assert CANARY in pages(client_for, cast.fellow, session)
    for other in (cast.academic, cast.consultant, cast.steward, cast.outsider):
        assert CANARY not in pages(client_for, other, session)


def test_accepted_it_stands_before_the_close_and_all_in_the_space_read_it(cast, client_for, session, offered):
    for kind, title in (("check_in", ""), ("free", "Tea"), ("close", "")):
        add_item(session=session, by=cast.practitioner, kind=kind, title=title)
    item = actions.accept_offer(offer=offered, by=cast.practitioner)
    assert actions.accept_offer(offer=offered, by=cast.practitioner) == item
    assert headings(session) == ["Check-in", "Tea", CANARY, "Close"]
    assert item.lead == cast.fellow
    shown = pages(client_for, cast.academic, session)
    assert CANARY in shown
    assert "only questions" in shown
    assert CANARY not in pages(client_for, cast.steward, session)
    assert "It is on the agenda." in pages(client_for, cast.fellow, session)


def test_declined_its_line_is_for_who_offered_it(cast, client_for, session, offered):
    actions.decline_offer(offer=offered, answer="Next month, gladly.", by=cast.practitioner)
    assert "Next month, gladly." in pages(client_for, cast.fellow, session)
    assert "Next month, gladly." not in pages(client_for, cast.academic, session)
    assert headings(session) == []


def test_taken_back_its_words_are_gone(cast, client_for, session, offered):
    actions.take_offer_back(offer=offered, by=cast.fellow)
    actions.take_offer_back(offer=offered, by=cast.fellow)
    assert CANARY not in pages(client_for, cast.practitioner, session)
    assert not AgendaOffer.objects.filter(title=CANARY).exists()
    for name in ("accept", "decline"):
        answer = client_for(cast.practitioner).post(url(f"agenda-offer-{name}", session, offered), {"answer": "No."})
        assert answer.status_code == 404


ANSWERS = {
    "accept": lambda cast, row: actions.accept_offer(offer=row, by=cast.practitioner),
    "decline": lambda cast, row: actions.decline_offer(offer=row, answer="No.", by=cast.practitioner),
    "take_back": lambda cast, row: actions.take_offer_back(offer=row, by=cast.fellow),
}


@pytest.mark.parametrize("first", ANSWERS)
@pytest.mark.parametrize("second", ANSWERS)
def test_what_became_of_it_is_settled_once(cast, session, offered, first, second):
    ANSWERS[first](cast, offered)
    offered.refresh_from_db()
    state = offered.state
    if first == second:
        ANSWERS[second](cast, offered)
    else:
        with pytest.raises(ValidationError):
            ANSWERS[second](cast, offered)
    offered.refresh_from_db()
    assert offered.state == state
    assert len(headings(session)) == (state == State.ACCEPTED)


def test_who_may_not_answer(cast, offered):
    for by in (cast.fellow, cast.academic, cast.steward):
        with pytest.raises(PermissionDenied):
            actions.accept_offer(offer=offered, by=by)
        with pytest.raises(PermissionDenied):
            actions.decline_offer(offer=offered, answer="No.", by=by)
    for by in (cast.practitioner, cast.academic):
        with pytest.raises(PermissionDenied):
            actions.take_offer_back(offer=offered, by=by)


def test_what_was_offered_by_somebody_who_left_stays_theirs(cast, client_for, session, offered):
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    assert CANARY not in pages(client_for, cast.practitioner, session)
    assert client_for(cast.practitioner).post(url("agenda-offer-accept", session, offered)).status_code == 404
    with pytest.raises(ValidationError, match="not in this space any more"):
        actions.accept_offer(offer=offered, by=cast.practitioner)


def test_what_was_taken_off_again_says_so(cast, client_for, session, offered):
    item = actions.accept_offer(offer=offered, by=cast.practitioner)
    actions.remove_item(session=session, item=item, by=cast.practitioner)
    assert "was taken off again" in pages(client_for, cast.fellow, session)


def test_an_offer_that_would_make_it_longer_than_a_day_waits(cast, client_for, session, offered):
    for _number in range(3):
        add_item(session=session, by=cast.practitioner, minutes=480)
    answer = client_for(cast.practitioner).post(url("agenda-offer-accept", session, offered), follow=True)
    assert "longer than 24 hours" in answer.content.decode()
    offered.refresh_from_db()
    assert offered.is_waiting


def test_sent_twice_is_offered_once(cast, session):
    words = OFFER | {"title": CANARY}
    made = actions.offer_item(session=session, words=words, by=cast.fellow, key="k")
    assert actions.offer_item(session=session, words=words, by=cast.fellow, key="k") == made
    with pytest.raises(AlreadySent):
        actions.offer_item(session=session, words=words | {"title": "Other"}, by=cast.fellow, key="k")


@pytest.mark.parametrize("state", ["cancelled", "over"])
def test_nothing_is_offered_to_what_is_over_or_cancelled_and_the_words_stay(cast, client_for, session, state):
    if state == "over":
        past = timezone.now() - timedelta(hours=3)
        type(session).objects.filter(pk=session.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    else:
        actions.cancel_session(session=session, because="Nobody can.", by=cast.practitioner, key="c")
    answer = client_for(cast.fellow).post(url("agenda-offer-new", session), body())
    assert answer.status_code == 422
    assert CANARY in answer.content.decode()
    assert f"was {state}" in answer.content.decode() or f"is {state}" in answer.content.decode()
    assert not AgendaOffer.objects.filter(title=CANARY).exists()


def test_somebody_whose_membership_ended_a_minute_ago_gets_their_words_back(cast, client_for, session):
    browser = client_for(cast.fellow)
    assert browser.get(url("agenda-offer-new", session)).status_code == 200
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    answer = browser.post(url("agenda-offer-new", session), body())
    assert answer.status_code == 404
    assert CANARY in answer.content.decode()
    assert session.title not in answer.content.decode()
    assert not AgendaOffer.objects.filter(title=CANARY).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"title": ""}, "Say in one sentence"),
        ({"minutes": "-5"}, "Fewer than none"),
        ({"minutes": "half an hour"}, "as a number"),
        ({"minutes": "1560"}, "eight hours at most"),
        ({"kind": "commitments"}, "not offered here"),
        ({"wants": "money"}, "not offered"),
    ],
)
def test_what_is_wrong_is_said_beside_the_box(cast, client_for, session, words, said):
    answer = client_for(cast.fellow).post(url("agenda-offer-new", session), body(**words))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not AgendaOffer.objects.filter(title=CANARY).exists()


def test_erasing_takes_what_waits_and_leaves_the_place_on_the_agenda(cast, session, offered):
    kept = offer(session=session, by=cast.fellow, title="Accepted")
    actions.accept_offer(offer=kept, by=cast.practitioner)
    erasing.erase(person=cast.fellow, choice="not_named", by=cast.fellow)
    assert not AgendaOffer.objects.filter(title=CANARY).exists()
    assert headings(session) == ["Accepted"]
