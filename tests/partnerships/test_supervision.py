"""Reflective supervision: nobody supervises about a partnership they belong to, and the little that is told."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from desk.audit import record_event
from partnerships import actions
from partnerships.actions.supervision import bring_partnerships, forget_meeting, note_meeting
from partnerships.models import BroughtPartnership, Membership, SupervisionMeeting
from partnerships.supervision import TOO_NEAR, may_be_brought, shown_to
from tests import factories as make
from tests.records.test_two_at_once import at_once

from .agreeing import slowly

DETAIL, EDIT = "partnerships:supervision-detail", "partnerships:supervision-edit"


@pytest.fixture
def pair(db):
    """Give a supervision of two, and the partnership that is brought to it."""
    partner, supervisor, steward = (make.make_person(name=f"{name} Z") for name in ("Lea", "Una", "Sam"))
    place = make.make_partnership(by=steward, name="Kerbside")
    make.make_member(partnership=place, person=partner, learning_partner=True)
    supervision = make.make_partnership(by=partner, name="Thinking pair", kind="supervision")
    supervises = make.make_member(partnership=supervision, person=supervisor, learning_partner=True)
    place.partner, place.supervisor, place.steward = partner, supervisor, steward
    place.supervision, place.supervises = supervision, supervises
    return place


def bring(pair, *partnerships, person=None, supervision=None):
    person, supervision = person or pair.partner, supervision or pair.supervision
    membership = make.membership_of(person=person, partnership=supervision)
    bring_partnerships(membership=membership, partnerships=partnerships, by=person)


def give_duty(supervision, person, *, by, duty=True):
    actions.change_role(
        membership=make.membership_of(person=person, partnership=supervision),
        role="other",
        own_words="",
        organisation=None,
        learning_partner=duty,
        by=by,
    )


def told(place):
    [row] = shown_to(place)
    return row


def at_first(place):
    Membership.objects.filter(partnership=place.supervision).update(started_at=timezone.now() - timedelta(days=800))


# Apart


def test_a_supervisor_who_belongs_there_is_refused_when_it_is_brought(pair):
    make.make_member(partnership=pair, person=pair.supervisor)
    with pytest.raises(ValidationError, match="Kerbside cannot be brought here") as error:
        bring(pair, pair)
    assert error.value.code == TOO_NEAR
    assert BroughtPartnership.objects.count() == 0


def test_the_duty_is_refused_to_who_belongs_to_what_is_brought(pair):
    bring(pair, pair)
    near = make.make_person(name="Near Z")
    make.make_member(partnership=pair, person=near)
    with pytest.raises(ValidationError, match="stands outside every partnership") as error:
        make.make_member(partnership=pair.supervision, person=near, learning_partner=True)
    assert "Kerbside" not in str(error.value)
    assert not Membership.objects.of(near).filter(partnership=pair.supervision).exists()
    make.make_member(partnership=pair.supervision, person=near)
    with pytest.raises(ValidationError) as error:
        give_duty(pair.supervision, near, by=pair.partner)
    assert error.value.code == TOO_NEAR
    giving, taking = pair.supervises, make.membership_of(person=near, partnership=pair.supervision)
    with pytest.raises(ValidationError):
        actions.memberships.hand_over(giving=giving, taking=taking, by=pair.partner)
    taking.refresh_from_db()
    assert not taking.held_role.is_learning_partner


def test_a_supervisor_is_refused_as_a_member_of_what_is_brought_without_a_word_of_supervision(pair):
    bring(pair, pair)
    with pytest.raises(ValidationError) as error:
        make.make_member(partnership=pair, person=pair.supervisor)
    assert error.value.code == TOO_NEAR
    assert error.value.messages == ["They cannot take part here at present."]
    assert not Membership.objects.of(pair.supervisor).filter(partnership=pair).exists()


@pytest.mark.parametrize("ending", ["bringing", "supervisee", "supervisor", "member there", "duty"])
def test_it_is_over_when_any_part_of_it_is_over(pair, ending):
    bring(pair, pair)
    make.make_member(partnership=pair.supervision, person=make.make_person(), steward=True)
    if ending == "bringing":
        bring(pair)
    elif ending == "supervisee":
        make.end_membership(person=pair.partner, partnership=pair.supervision)
    elif ending == "supervisor":
        make.end_membership(person=pair.supervisor, partnership=pair.supervision)
    elif ending == "member there":
        make.end_membership(person=pair.partner, partnership=pair)
    else:
        give_duty(pair.supervision, pair.supervisor, by=pair.partner, duty=False)
    assert make.make_member(partnership=pair, person=pair.supervisor)


def test_who_returns_brings_nothing_of_before(pair):
    """Otherwise a supervisor who joined meanwhile would keep the learning partner out of their own partnership."""
    bring(pair, pair)
    make.end_membership(person=pair.partner, partnership=pair)
    make.make_member(partnership=pair, person=pair.supervisor)
    assert make.make_member(partnership=pair, person=pair.partner)
    assert BroughtPartnership.objects.get().ended_at


def test_who_brings_may_be_a_member_of_what_they_bring(pair):
    """The rule is about who supervises, and not about those who bring it."""
    other = make.make_person()
    make.make_member(partnership=pair, person=other, learning_partner=True)
    make.make_member(partnership=pair.supervision, person=other)
    bring(pair, pair)
    bring(pair, pair, person=other)
    assert [row.is_supervised for row in shown_to(pair)] == [True, True]


def test_a_learning_partner_elsewhere_is_no_supervisor(pair):
    """Only in a supervision does the duty mean supervising."""
    other = make.make_partnership(by=pair.steward)
    make.make_member(partnership=other, person=pair.partner)
    make.make_member(partnership=other, person=pair.supervisor, learning_partner=True)
    bring(pair, pair)
    assert make.make_member(partnership=other, person=make.make_person())


def test_naming_and_joining_at_the_same_moment_do_not_both_pass(file_database, monkeypatch):
    """Each takes its time between looking and the end of its transaction, so that without the lock both would pass."""
    partner, supervisor, steward = (make.make_person() for _person in range(3))
    place = make.make_partnership(by=steward)
    make.make_member(partnership=place, person=partner, learning_partner=True)
    supervision = make.make_partnership(by=partner, kind="supervision")
    make.make_member(partnership=supervision, person=supervisor, learning_partner=True)
    mine = make.membership_of(person=partner, partnership=supervision)
    for module in ("supervision", "memberships"):
        monkeypatch.setattr(f"partnerships.actions.{module}.record_event", slowly(record_event))

    def change(number):
        try:
            if number:
                bring_partnerships(membership=mine, partnerships=[place], by=partner)
            else:
                make.make_member(partnership=place, person=supervisor, by=steward)
        except ValidationError:
            return "refused"
        return "passed"

    assert sorted(at_once(2, change)) == ["passed", "refused"]


# Bringing


def test_one_brings_what_one_is_a_member_of(pair, client_for):
    stranger = make.make_partnership(by=pair.steward, name="Not mine")
    assert may_be_brought(pair.partner) == [pair]
    with pytest.raises(PermissionDenied):
        bring(pair, stranger)
    with pytest.raises(PermissionDenied):
        bring(pair, pair.supervision)
    address = reverse(EDIT, args=[pair.supervision.slug])
    answer = client_for(pair.partner).post(address, {"brings": [stranger.slug]})
    assert answer.status_code == 422
    assert "Not mine" not in client_for(pair.partner).get(address).content.decode()
    assert client_for(pair.partner).post(address, {"brings": [pair.slug]}).status_code == 302
    assert "Kerbside" in client_for(pair.supervisor).get(reverse(DETAIL, args=[pair.supervision.slug])).content.decode()
    assert (
        pair.slug not in client_for(pair.supervisor).get(reverse(DETAIL, args=[pair.supervision.slug])).content.decode()
    )


def test_what_is_brought_lets_nobody_in(pair, client_for):
    bring(pair, pair)
    for name in ("partnership-detail", "people-list", "agreement-detail"):
        assert client_for(pair.supervisor).get(reverse(f"partnerships:{name}", args=[pair.slug])).status_code == 404


def test_nobody_says_it_for_another_and_supervisors_bring_nothing(pair, client_for):
    mine = make.membership_of(person=pair.partner, partnership=pair.supervision)
    with pytest.raises(PermissionDenied):
        bring_partnerships(membership=mine, partnerships=[pair], by=pair.supervisor)
    with pytest.raises(PermissionDenied):
        bring_partnerships(membership=pair.supervises, partnerships=[], by=pair.supervisor)
    assert client_for(pair.supervisor).get(reverse(EDIT, args=[pair.supervision.slug])).status_code == 403


def test_what_was_brought_is_kept_with_its_dates(pair):
    bring(pair, pair)
    bring(pair, pair)
    bring(pair)
    bring(pair, pair)
    rows = list(BroughtPartnership.objects.order_by("pk"))
    assert [row.ended_at is None for row in rows] == [False, True]


def test_an_error_says_it_on_the_page(pair, client_for):
    make.make_member(partnership=pair, person=pair.supervisor)
    answer = client_for(pair.partner).post(reverse(EDIT, args=[pair.supervision.slug]), {"brings": [pair.slug]})
    assert answer.status_code == 422
    assert "Kerbside cannot be brought here" in answer.content.decode()


# Meeting


def test_members_note_the_days_they_met(pair, client_for):
    address = reverse(DETAIL, args=[pair.supervision.slug])
    for name in ("partner", "supervisor"):
        answer = client_for(getattr(pair, name)).post(address, boxes(timezone.localdate()))
        assert answer.status_code == 302
    assert SupervisionMeeting.objects.count() == 1
    answer = client_for(pair.partner).post(address, boxes(timezone.localdate() + timedelta(days=1)))
    assert answer.status_code == 422
    assert "has not come yet" in answer.content.decode()
    assert client_for(pair.steward).post(address, boxes(timezone.localdate())).status_code == 404


def boxes(day):
    return {"met_on_day": day.day, "met_on_month": day.month, "met_on_year": day.year}


def test_a_day_noted_by_mistake_is_taken_out_after_a_page_that_asks(pair, client_for):
    note_meeting(partnership=pair.supervision, met_on=date(2026, 1, 2), by=pair.partner)
    address = reverse("partnerships:supervision-meeting-delete", args=[pair.supervision.slug, "2026-01-02"])
    client = client_for(pair.partner)
    assert client.get(address).status_code == 200
    assert SupervisionMeeting.objects.count() == 1
    assert client.post(address).status_code == 302
    assert SupervisionMeeting.objects.count() == 0
    for day in ("2026-01-02", "2026-13-45", "today"):
        gone = reverse("partnerships:supervision-meeting-delete", args=[pair.supervision.slug, day])
        assert client.get(gone).status_code == 404


def test_only_a_supervision_has_these_pages(pair, client_for):
    for name in (DETAIL, EDIT):
        assert client_for(pair.partner).get(reverse(name, args=[pair.slug])).status_code == 404
    with pytest.raises(PermissionDenied):
        note_meeting(partnership=pair, met_on=date(2026, 1, 2), by=pair.partner)
    with pytest.raises(PermissionDenied):
        note_meeting(partnership=pair.supervision, met_on=date(2026, 1, 2), by=pair.steward)
    meeting = note_meeting(partnership=pair.supervision, met_on=date(2026, 1, 2), by=pair.partner)
    with pytest.raises(PermissionDenied):
        forget_meeting(meeting=meeting, by=pair.steward)


# What the others are told


def test_the_partnership_is_told_yes_the_month_and_the_review_and_nothing_else(pair, client_for):
    assert not told(pair).is_supervised
    bring(pair, pair)
    assert told(pair).is_supervised
    assert told(pair).last_month is None
    at_first(pair)
    for day in (date(2026, 9, 30), date(2026, 10, 17)):
        note_meeting(partnership=pair.supervision, met_on=day, by=pair.supervisor)
    make.make_agreement(
        partnership=pair.supervision,
        by=pair.partner,
        review_on=date(2031, 3, 5),
        frequency="Monthly",
        record_kept="Days",
        confidentiality_limits="Harm",
    )
    row = told(pair)
    assert (row.name, row.last_month, row.looked_at_again_on) == ("Lea Z", date(2026, 10, 1), date(2031, 3, 5))
    # All members are told: this one has no duty.
    member = make.make_person()
    make.make_member(partnership=pair, person=member)
    for name in ("partnership-detail", "people-list"):
        body = client_for(member).get(reverse(f"partnerships:{name}", args=[pair.slug])).content.decode()
        words = " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split())
        assert "Yes, last in October 2026." in words, name
        assert "looked at again on 5 March 2031" in words
        for hidden in ("Una Z", "Thinking pair", pair.supervision.slug, "17 October", "2026-10-17", "Monthly"):
            assert hidden not in body, (name, hidden)


@pytest.mark.parametrize("ending", ["bringing", "supervisee", "supervisor", "duty"])
def test_it_counts_only_while_all_of_it_lasts(pair, ending):
    bring(pair, pair)
    at_first(pair)
    note_meeting(partnership=pair.supervision, met_on=date(2026, 9, 30), by=pair.supervisor)
    assert told(pair).is_supervised
    make.make_member(partnership=pair.supervision, person=make.make_person(), steward=True)
    if ending == "bringing":
        bring(pair)
    elif ending == "supervisee":
        make.end_membership(person=pair.partner, partnership=pair.supervision)
    elif ending == "supervisor":
        make.end_membership(person=pair.supervisor, partnership=pair.supervision)
    else:
        give_duty(pair.supervision, pair.supervisor, by=pair.partner, duty=False)
    row = told(pair)
    assert (row.is_supervised, row.last_month) == (False, None)


def test_who_joined_later_was_not_there_before(pair):
    bring(pair, pair)
    note_meeting(partnership=pair.supervision, met_on=date(2026, 1, 30), by=pair.supervisor)
    assert told(pair).last_month is None


def test_one_who_supervises_themselves_is_not_supervised(pair):
    bring(pair, pair)
    give_duty(pair.supervision, pair.partner, by=pair.partner)
    assert not told(pair).is_supervised


def test_what_another_group_brings_is_not_told(pair):
    """Whoever is in the same supervision, and brings something else, changes nothing here."""
    bring(pair, pair)
    before = shown_to(pair)
    steward = make.make_person()
    other = make.make_partnership(by=steward, name="Elsewhere")
    person = make.make_person()
    make.make_member(partnership=other, person=person, learning_partner=True)
    make.make_member(partnership=pair.supervision, person=person)
    bring(pair, other, person=person)
    assert shown_to(pair) == before
    assert shown_to(pair.supervision) == []


def test_two_queries_however_many(pair, django_assert_num_queries):
    bring(pair, pair)
    for _person in range(4):
        person = make.make_person()
        make.make_member(partnership=pair, person=person, learning_partner=True)
        make.make_member(partnership=pair.supervision, person=person)
        bring(pair, pair, person=person)
    with django_assert_num_queries(2):
        assert len(shown_to(pair)) == 5


def test_only_supervision_shows_a_way_to_its_own_page(pair, client_for):
    address = reverse(DETAIL, args=[pair.supervision.slug])
    overview = reverse("partnerships:partnership-detail", args=[pair.supervision.slug])
    assert address in client_for(pair.supervisor).get(overview).content.decode()
