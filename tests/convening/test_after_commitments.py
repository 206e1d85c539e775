"""Who does what by when: from the session's start on, done, let go with a reason, taken up again; each change kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.after.commitments import commitments_at, my_open_commitments
from convening.models import Commitment
from desk import drafts
from partnerships.actions import leave_space
from partnerships.reader import Reader
from records.actions import AlreadySent
from tests import factories as make

from . import after_made as made


def let_go(commitment, *, by, reason="The ward was closed.", key=""):
    actions.let_go(commitment=commitment, reason=reason, by=by, key=key or drafts.new_key())


def page_of(commitment):
    return reverse("convening:commitment-detail", args=[commitment.public_id])


def test_anybody_in_the_space_writes_down_who_does_what(cast):
    session = made.held(cast)
    commitment = made.commit(session, by=cast.academic, doer=cast.fellow, due_on=timezone.localdate())
    assert (commitment.space, commitment.within.pk, commitment.title) == (cast.peers, session.pk, "Ring the ward")
    assert commitment.is_open
    for person in (cast.manager, cast.outsider, cast.site_admin):
        with pytest.raises(PermissionDenied):
            made.commit(session, by=person, doer=cast.fellow)


@pytest.mark.parametrize("outsider", ["manager", "outsider", "former", "site_admin"])
def test_nobody_outside_the_space_is_given_something_to_do(cast, outsider):
    with pytest.raises(ValidationError, match="not in this space"):
        made.commit(made.held(cast), by=cast.academic, doer=cast[outsider])


def test_a_day_gone_by_is_refused(cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ValidationError, match="gone by"):
        made.commit(made.held(cast), by=cast.academic, doer=cast.fellow, due_on=yesterday)


def test_nothing_is_taken_on_before_it_begins_nor_where_it_was_cancelled(cast):
    ahead, cancelled = made.held(cast, ago=timedelta(hours=-1)), made.held(cast, ago=timedelta(minutes=5))
    actions.cancel_session(session=cancelled, because="Snow.", by=cast.practitioner, key="k")
    for session, words in ((ahead, "has not begun"), (cancelled, "was cancelled")):
        with pytest.raises(ValidationError, match=words):
            made.commit(session, by=cast.fellow, doer=cast.fellow)


def test_who_took_it_on_and_the_host_say_what_became_of_it(cast):
    commitment = made.commit(made.held(cast), by=cast.academic, doer=cast.fellow)
    for person in (cast.academic, cast.consultant):
        for act in (actions.finish_commitment, actions.take_up_again):
            with pytest.raises(PermissionDenied):
                act(commitment=commitment, by=person)
        with pytest.raises(PermissionDenied):
            let_go(commitment, by=person)
    actions.finish_commitment(commitment=commitment, by=cast.fellow)
    actions.take_up_again(commitment=commitment, by=cast.practitioner)
    let_go(commitment, by=cast.practitioner)
    assert Commitment.objects.get(pk=commitment.pk).state == "let_go"


def test_that_it_was_let_go_three_times_can_be_read(cast, client_for):
    commitment = made.commit(made.held(cast), by=cast.academic, doer=cast.fellow)
    for number in range(3):
        let_go(commitment, by=cast.fellow, reason=f"Reason {number}.")
        actions.take_up_again(commitment=commitment, by=cast.fellow)
    body = client_for(cast.consultant).get(page_of(commitment)).content.decode()
    assert all(f"Reason {number}." in body for number in range(3))
    assert body.count("Taken up again") == 3
    listed = client_for(cast.consultant).get(reverse("convening:commitment-list", args=[cast.partnership.slug]))
    assert "let go 3 times" in listed.content.decode()


def test_doing_it_twice_is_doing_it_once(cast):
    commitment = made.commit(made.held(cast), by=cast.academic, doer=cast.fellow)
    for _n in range(2):
        actions.finish_commitment(commitment=commitment, by=cast.fellow)
    assert commitment.changes.count() == 1
    with pytest.raises(ValidationError, match="done already"):
        let_go(commitment, by=cast.fellow)
    actions.take_up_again(commitment=commitment, by=cast.fellow)
    for _n in range(2):
        let_go(commitment, by=cast.fellow, key="same")
    assert commitment.changes.count() == 3
    with pytest.raises(AlreadySent):
        let_go(commitment, by=cast.fellow, reason="Another one.", key="same")
    with pytest.raises(ValidationError, match="was let go"):
        actions.finish_commitment(commitment=commitment, by=cast.fellow)


def test_a_form_that_is_sent_again_makes_one(cast):
    session = made.held(cast)
    first = made.commit(session, by=cast.fellow, doer=cast.fellow, key="form")
    assert made.commit(session, by=cast.fellow, doer=cast.fellow, key="form").pk == first.pk
    with pytest.raises(AlreadySent):
        made.commit(session, by=cast.fellow, doer=cast.fellow, what="Another thing", key="form")


def test_open_ones_of_the_same_space_come_first_at_the_next_session(cast):
    before, elsewhere = made.held(cast), made.held(cast, by=cast.steward, space=cast.everyone)
    late = made.commit(before, by=cast.fellow, doer=cast.fellow, what="No day")
    soon = made.commit(before, by=cast.fellow, doer=cast.academic, due_on=timezone.localdate())
    done = made.commit(before, by=cast.fellow, doer=cast.fellow)
    actions.finish_commitment(commitment=done, by=cast.fellow)
    folded = made.commit(before, by=cast.fellow, doer=cast.fellow, what="Folded")
    make.fold(record=folded, by=cast.academic)
    made.commit(elsewhere, by=cast.fellow, doer=cast.fellow, what="Elsewhere")
    coming = make.make_session(by=cast.practitioner, space=cast.peers)
    found = [row for row in commitments_at(Reader(cast.academic), coming)[1] if row.within_id == before.pk]
    assert found == [soon, late]
    assert commitments_at(Reader(cast.manager), coming) == ([], [])
    assert [row.pk for row in commitments_at(Reader(cast.academic), before)[0]] == [soon.pk, late.pk, done.pk]


def test_what_who_has_left_took_on_stays_and_says_so(cast, client_for):
    session = made.held(cast)
    commitment = made.commit(session, by=cast.academic, doer=cast.fellow)
    leave_space(space=cast.peers, by=cast.fellow)
    assert my_open_commitments(Reader(cast.fellow)) == []
    assert client_for(cast.fellow).get(page_of(commitment)).status_code == 404
    body = client_for(cast.academic).get(page_of(commitment)).content.decode()
    assert "no longer here" in body
    page = client_for(cast.academic).get(session.get_absolute_url()).content.decode()
    assert "no longer here" in page.partition('id="commitments"')[2]
    with pytest.raises(PermissionDenied):
        actions.finish_commitment(commitment=commitment, by=cast.fellow)
    actions.finish_commitment(commitment=commitment, by=cast.practitioner)


def test_a_folded_commitment_is_withheld_and_is_found_by_search_otherwise(cast, client_for):
    commitment = made.commit(made.held(cast), by=cast.academic, doer=cast.fellow, what="Ring the oystercatcher")
    browser = client_for(cast.consultant)
    search = reverse("records:search") + "?q=oystercatcher"
    assert commitment.public_id in browser.get(search).content.decode()
    assert commitment.public_id not in client_for(cast.manager).get(search).content.decode()
    make.fold(record=commitment, by=cast.practitioner)
    assert "oystercatcher" not in browser.get(page_of(commitment)).content.decode()
    assert commitment.public_id not in browser.get(search).content.decode()
    assert browser.post(reverse("convening:commitment-done", args=[commitment.public_id])).status_code == 403


def test_the_list_is_read_a_page_at_a_time(cast, client_for, django_assert_max_num_queries):
    session = made.held(cast)
    for number in range(23):
        commitment = made.commit(session, by=cast.fellow, doer=cast.fellow, what=f"Thing {number:02}")
        actions.finish_commitment(commitment=commitment, by=cast.fellow)
    browser, address = client_for(cast.academic), reverse("convening:commitment-list", args=[cast.partnership.slug])
    browser.get("/healthz")
    with django_assert_max_num_queries(12):
        body = browser.get(address).content.decode()
    assert "Thing 22" in body
    assert "Thing 02" not in body
    older = address + "?" + body.partition('href="?')[2].partition('"')[0].replace("&amp;", "&")
    body = browser.get(older).content.decode()
    assert "Thing 02" in body
    assert "Thing 22" not in body


def test_bad_input_keeps_the_words(cast, client_for):
    session = made.held(cast)
    address = reverse("convening:commitment-new", args=[session.public_id])
    right = {"what": "Ring the ward", "doer": cast.fellow.public_id, "draft_key": "k1"}
    past = {"due_on_day": "1", "due_on_month": "1", "due_on_year": "2020"}
    for wrong, words in (
        ({"doer": cast.manager.public_id}, "not in this space"),
        (past, "gone by"),
        ({"what": ""}, "Say in a line what is to be done"),
        ({"what": "w" * 201}, "200"),
        ({"due_on_day": "31", "due_on_month": "2", "due_on_year": "2027"}, "no such day"),
    ):
        answer = client_for(cast.academic).post(address, right | wrong)
        assert answer.status_code == 422, wrong
        assert words in answer.content.decode()
        assert wrong.get("what", "Ring the ward") in answer.content.decode()
    assert not Commitment.objects.filter(within=session).exists()
