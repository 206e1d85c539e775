"""Accepting the group agreement: each for themselves, and what they have read (issue 3, point 5)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from desk.models import Notice
from partnerships.actions.agreements import NewerVersion
from partnerships.agreements import (
    NOTICE,
    asked_to_accept,
    current_agreement,
    has_accepted,
    notice_of,
    version_now,
)
from partnerships.models import Acceptance
from partnerships.reader import Reader
from tests import factories as make

from .agreeing import ACCEPT, DETAIL, VERSION, accept, make_kerbside, mine, url


@pytest.fixture
def place(db):
    return make_kerbside()


def test_a_member_accepts_what_they_read(place, client_for):
    agreement = make.make_agreement(partnership=place, by=place.steward)
    assert not has_accepted(mine(place, place.member))
    answer = client_for(place.member).post(url(ACCEPT, place), {"read": agreement.public_id})
    assert answer.status_code == 302
    assert has_accepted(mine(place, place.member))
    assert not has_accepted(mine(place, place.partner)), "each for themselves"
    accept(place, place.member)
    assert Acceptance.objects.count() == 1, "accepting twice is accepting once"
    with pytest.raises(PermissionDenied):
        accept(place, make.make_person())


def test_a_newer_version_that_came_meanwhile_is_shown_and_nothing_is_accepted(place, client_for):
    old = make.make_agreement(partnership=place, by=place.steward, text="We meet on Mondays")
    new = make.make_agreement(partnership=place, by=place.steward, text="We meet on Fridays", what_changed="The day")
    answer = client_for(place.member).post(url(ACCEPT, place), {"read": old.public_id})
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Fridays" in body
    assert "Mondays</del>" in body
    assert "The day" in body
    assert f'value="{new.public_id}"' in body
    assert Acceptance.objects.count() == 0
    with pytest.raises(NewerVersion):
        accept(place, place.member, old)


@pytest.mark.parametrize("read", ["", "nonsense", "\0", "x" * 500])
def test_accepting_something_else_accepts_nothing(place, client_for, read):
    make.make_agreement(partnership=place, by=place.steward)
    assert client_for(place.member).post(url(ACCEPT, place), {"read": read}).status_code == 409
    assert Acceptance.objects.count() == 0


def test_a_small_change_asks_nobody_again_and_another_asks_everybody(place):
    make.make_agreement(partnership=place, by=place.steward)
    accept(place, place.member)
    make.make_agreement(partnership=place, by=place.steward, text="Small", small=True)
    assert has_accepted(mine(place, place.member))
    assert not has_accepted(mine(place, place.partner)), "a small change takes no question away"
    # Who accepts the small change has accepted what was asked before it.
    accept(place, place.partner)
    assert has_accepted(mine(place, place.partner))
    make.make_agreement(partnership=place, by=place.steward, text="Large")
    assert not has_accepted(mine(place, place.member))
    assert not has_accepted(mine(place, place.partner))


def test_who_returns_is_asked_again(place):
    make.make_agreement(partnership=place, by=place.steward)
    accept(place, place.member)
    make.end_membership(person=place.member, partnership=place)
    again = make.make_member(partnership=place, person=place.member)
    assert not has_accepted(again)


def asked(person):
    return [row.where for row in asked_to_accept(Reader(person))]


def test_home_asks_until_it_is_accepted(place, client_for):
    assert asked(place.member) == []
    make.make_agreement(partnership=place, by=place.steward)
    assert asked(place.member) == ["Kerbside"]
    assert url(ACCEPT, place) in client_for(place.member).get(reverse("home:home")).content.decode()
    accept(place, place.member)
    assert asked(place.member) == []
    make.make_agreement(partnership=place, by=place.steward, text="Small", small=True)
    assert asked(place.member) == []
    make.make_agreement(partnership=place, by=place.steward, text="Large", what_changed="All of it")
    [row] = asked_to_accept(Reader(place.member))
    assert row.words == "All of it"
    make.end_membership(person=place.member, partnership=place)
    assert asked(place.member) == []


def test_home_asks_in_two_queries_however_many(place, django_assert_num_queries):
    for number in range(4):
        other = make.make_partnership(by=place.steward, name=f"Other {number}")
        make.make_agreement(partnership=other, by=place.steward)
    reader = Reader(place.steward)
    assert reader.partnerships
    with django_assert_num_queries(2):
        assert len(asked_to_accept(reader)) == 4


def test_nothing_is_locked_meanwhile(place, client_for):
    """Reading follows the one rule; the agreement is no gate."""
    make.make_agreement(partnership=place, by=place.steward)
    make.make_shared_note(by=place.steward, space=make.everyone_of(partnership=place), text="Read me")
    body = client_for(place.member).get(reverse("records:stream", args=[place.slug])).content.decode()
    assert "Read me" in body


def test_it_is_told_by_mail_until_accepted_and_never_to_who_left(place):
    agreement = make.make_agreement(partnership=place, by=place.steward)
    told = Notice.objects.filter(kind=NOTICE, about=agreement.public_id)
    assert {row.person for row in told} == {place.partner, place.member}
    line = notice_of(place.member, agreement.public_id)
    assert line.place == "Kerbside"
    assert line.address == url(ACCEPT, place)
    make.make_agreement(partnership=place, by=place.steward, text="Small", small=True)
    assert Notice.objects.filter(kind=NOTICE).count() == 2, "a small change is told to nobody"
    accept(place, place.member)
    assert notice_of(place.member, agreement.public_id) is None
    assert notice_of(place.partner, agreement.public_id)
    make.make_agreement(partnership=place, by=place.steward, text="Large")
    assert notice_of(place.partner, agreement.public_id) is None, "the newer one asks"
    make.end_membership(person=place.partner, partnership=place)
    assert notice_of(place.partner, current_agreement(place).public_id) is None


@pytest.mark.parametrize("name", ["partner", "member"])
def test_who_has_accepted_is_named_to_stewards_only(place, client_for, name):
    make.make_agreement(partnership=place, by=place.steward)
    accept(place, place.member)
    body = client_for(place.steward).get(url(DETAIL, place)).content.decode()
    assert "Who has accepted it" in body
    assert "Mo Member" in body
    main = client_for(getattr(place, name)).get(url(DETAIL, place)).content.decode().partition("<main")[2]
    assert "Only stewards see these names" not in main
    assert "Mo Member" not in main
    assert "Not yet" not in main


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/partnerships/", "/partnerships/"),
        ("https://evil.example/", ""),
        ("//evil.example", ""),
        ("javascript:alert(1)", ""),
        ("\\\\evil.example", ""),
    ],
)
def test_next_leads_on_within_this_site_only(place, client_for, address, leads):
    agreement = make.make_agreement(partnership=place, by=place.steward)
    client = client_for(place.member)
    page = client.get(url(ACCEPT, place), {"next": address})
    assert page.context["next"] == leads
    answer = client.post(url(ACCEPT, place), {"read": agreement.public_id, "next": address})
    assert answer.headers["Location"] == (leads or url(DETAIL, place))


def test_a_question_goes_to_the_learning_partner_alone(place, client_for):
    make.make_agreement(partnership=place, by=place.steward)
    one = mine(place, place.partner).public_id
    address = f"{reverse('reflections:reflection-new')}?partnership={place.slug}&amp;one={one}"
    assert address in client_for(place.member).get(url(ACCEPT, place)).content.decode()
    assert "Ask a question" not in client_for(place.partner).get(url(ACCEPT, place)).content.decode()


def test_before_there_is_an_agreement_nothing_can_be_accepted(place, client_for):
    client = client_for(place.member)
    assert client.get(url(ACCEPT, place)).headers["Location"] == url(DETAIL, place)
    assert client.post(url(ACCEPT, place), {"read": ""}).status_code == 302
    assert "Nothing is agreed yet" in client.get(url(DETAIL, place)).content.decode()
    assert has_accepted(mine(place, place.member))
    assert version_now(place) == 0


def test_an_agreement_of_another_partnership_is_not_here(place, client_for):
    other = make.make_partnership(by=make.make_person())
    theirs = make.make_agreement(partnership=other, by=other.started_by)
    client = client_for(place.member)
    assert client.get(url(VERSION, place, theirs.public_id)).status_code == 404
    make.make_agreement(partnership=place, by=place.steward)
    assert client.post(url(ACCEPT, place), {"read": theirs.public_id}).status_code == 409
