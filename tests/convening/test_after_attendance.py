"""Who was there: ticked by the host, corrected by oneself, and a narrower part under the Chatham House Rule."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from convening import actions
from convening.models import Attendee
from tests import factories as make
from tests.cast import CAST, IN_PEERS

from . import after_made as made


def page_of(session):
    return reverse("convening:session-detail", args=[session.public_id])


def part_of(body):
    """Give the part of the page that says who was there."""
    return body.partition('id="there"')[2].partition('id="outcome"')[0].partition("Tick who was there")[0]


def there(session):
    return {row.person.name for row in Attendee.objects.filter(session=session, attended=True).select_related("person")}


def test_the_host_ticks_who_was_there(cast, client_for):
    session = made.held(cast)
    address = reverse("convening:attendance-note", args=[session.public_id])
    answer = client_for(cast.practitioner).post(address, {"there": [cast.fellow.public_id, cast.academic.public_id]})
    assert answer["Location"].endswith("#there")
    assert there(session) == {cast.fellow.name, cast.academic.name}
    assert Attendee.objects.get(session=session, person=cast.consultant).attended is False
    body = part_of(client_for(cast.consultant).get(page_of(session)).content.decode())
    assert cast.fellow.name in body
    assert cast.consultant.name not in body


def test_what_one_says_of_oneself_wins_over_later_ticks(cast):
    session = made.held(cast)
    actions.correct_attendance(session=session, was_there=False, by=cast.fellow)
    actions.correct_attendance(session=session, was_there=True, by=cast.academic)
    actions.note_attendance(session=session, present=[cast.fellow.public_id], by=cast.practitioner)
    assert there(session) == {cast.academic.name}
    actions.correct_attendance(session=session, was_there=False, by=cast.academic)
    assert there(session) == set()


def test_only_the_host_ticks_and_only_people_in_the_space(cast, client_for):
    session = made.held(cast)
    with pytest.raises(PermissionDenied):
        actions.note_attendance(session=session, present=[], by=cast.fellow)
    with pytest.raises(ValidationError, match="not in this space"):
        actions.note_attendance(session=session, present=[cast.manager.public_id], by=cast.practitioner)
    with pytest.raises(PermissionDenied):
        actions.correct_attendance(session=session, was_there=True, by=cast.manager)
    assert not Attendee.objects.filter(session=session).exists()


def test_nobody_was_there_before_it_begins_nor_where_it_was_cancelled(cast, client_for):
    ahead = made.held(cast, ago=timedelta(hours=-2))
    cancelled = made.held(cast, ago=timedelta(minutes=30))
    actions.cancel_session(session=cancelled, because="Snow.", by=cast.practitioner, key="k")
    for session, words in ((ahead, "has not begun yet"), (cancelled, "was cancelled")):
        for address, data in (("attendance-note", {"there": []}), ("attendance-correct", {"answer": "yes"})):
            browser = client_for(cast.practitioner)
            answer = browser.post(reverse(f"convening:{address}", args=[session.public_id]), data, follow=True)
            assert words in answer.content.decode()
        assert not Attendee.objects.filter(session=session).exists()
    assert "Who was there" not in client_for(cast.practitioner).get(page_of(ahead)).content.decode()


def test_neither_yes_nor_no_is_said_clearly(cast, client_for):
    session = made.held(cast)
    address = reverse("convening:attendance-correct", args=[session.public_id])
    answer = client_for(cast.fellow).post(address, {"answer": "perhaps"}, follow=True)
    assert "Choose one of the two." in answer.content.decode()


@pytest.mark.parametrize("name", sorted(CAST))
def test_under_chatham_house_only_who_was_there_and_the_host_read_who_was(cast, client_for, name):
    """For each of the cast; and whoever may not know gets the same page for two names as for six."""
    session = made.held(cast, confidentiality="chatham_house")
    present = [cast.fellow, cast.consultant]
    pages = []
    for more in ([], list(cast.peers_more)):
        ids = [person.public_id for person in present + more]
        actions.note_attendance(session=session, present=ids, by=cast.practitioner)
        pages.append(client_for(cast[name]).get(page_of(session)))
    if name not in IN_PEERS:
        assert {page.status_code for page in pages} <= {302, 404}
        return
    few, many = (part_of(page.content.decode()) for page in pages)
    if name == "academic":
        assert "Peer" not in many
        assert cast.fellow.name not in many
        assert without_secrets(few) == without_secrets(many)
    else:
        assert cast.fellow.name in few
        assert cast.peers_more[0].name in many


def without_secrets(part):
    return [line for line in part.splitlines() if "csrfmiddlewaretoken" not in line]


def test_the_others_of_an_ordinary_session_read_it(cast, client_for):
    session = made.held(cast)
    actions.note_attendance(session=session, present=[cast.fellow.public_id], by=cast.practitioner)
    assert cast.fellow.name in part_of(client_for(cast.academic).get(page_of(session)).content.decode())


def test_after_agreement_the_host_adds_and_takes_nobody_off(cast):
    """Else the host could take off who has not said yes, and have the outcome carried further."""
    session = made.agreed(cast, there=[cast.fellow, cast.academic])
    both = [cast.fellow.public_id, cast.academic.public_id]
    with pytest.raises(ValidationError, match="Only they can say"):
        actions.note_attendance(session=session, present=both[:1], by=cast.practitioner)
    actions.note_attendance(session=session, present=[*both, cast.consultant.public_id], by=cast.practitioner)
    assert len(there(session)) == 3


def test_who_has_left_is_still_named_among_those_who_were_there(cast):
    from convening.after.attendance import attendance_to
    from partnerships.actions import leave_space
    from partnerships.reader import Reader

    session = made.held(cast)
    actions.note_attendance(session=session, present=[cast.fellow.public_id], by=cast.practitioner)
    leave_space(space=cast.peers, by=cast.fellow)
    assert attendance_to(Reader(cast.academic), session).names == [cast.fellow.name]


def test_the_page_takes_few_queries(cast, client_for, django_assert_max_num_queries):
    session = made.agreed(cast, there=[cast.fellow, *cast.peers_more])
    for _n in range(5):
        made.commit(session, by=cast.fellow, doer=make_one(cast))
    browser = client_for(cast.practitioner)
    browser.get("/healthz")
    with django_assert_max_num_queries(20):
        browser.get(page_of(session))


def make_one(cast):
    person = make.make_person()
    make.make_member(partnership=cast.partnership, person=person)
    make.admit(space=cast.peers, person=person, by=cast.practitioner)
    return person
