"""Two answers to one invitation at the same moment, and two invitations of one address: one counts."""

import time

import pytest
from django.test import Client

from accounts.models import User
from desk.audit import record_event
from partnerships import actions
from partnerships.invitations import Invitee
from partnerships.models import Invitation, Membership
from tests import factories as make
from tests.records.test_two_at_once import at_once

from .agreeing import slowly
from .inviting import ADDRESS, NEWCOMER, invited, page


@pytest.fixture
def somewhere(file_database):
    steward = make.make_person()
    partnership = make.make_partnership(by=steward)
    make.make_agreement(partnership=partnership, by=steward)
    return partnership


@pytest.mark.parametrize("_round", range(3))
def test_two_who_accept_at_once_are_one_member(somewhere, _round):
    _invitation, token = invited(somewhere, somewhere.started_by)
    answers = at_once(3, lambda number: Client().post(page(token, "accept"), NEWCOMER))
    assert [answer.status_code for answer in answers] == [302] * 3
    assert User.objects.filter(email=ADDRESS).count() == 1
    assert Membership.objects.filter(person__email=ADDRESS).count() == 1


def test_an_account_that_accepts_twice_at_once_is_one_member(somewhere):
    person = make.make_person(email=ADDRESS)
    invitation, _token = invited(somewhere, somewhere.started_by)

    def accept(number):
        actions.accept_invitation(invitation=Invitation.objects.get(pk=invitation.pk), by=person)
        return "in"

    assert sorted(at_once(3, accept)) == ["ValidationError", "ValidationError", "in"]
    assert Membership.objects.filter(person=person).count() == 1


def test_accepting_and_withdrawing_at_once_is_one_of_the_two(somewhere):
    person = make.make_person(email=ADDRESS)
    invitation, _token = invited(somewhere, somewhere.started_by)

    def answer(number):
        row = Invitation.objects.get(pk=invitation.pk)
        if number:
            actions.accept_invitation(invitation=row, by=person)
        else:
            actions.withdraw_invitation(invitation=row, by=somewhere.started_by)
        return "done"

    assert sorted(at_once(2, answer)) == ["ValidationError", "done"]
    invitation.refresh_from_db()
    is_member = Membership.objects.filter(person=person).exists()
    assert bool(invitation.accepted_at) == is_member
    assert bool(invitation.withdrawn_at) != is_member


def test_one_address_invited_twice_at_once_gets_one_mail(somewhere):
    def invite(number):
        actions.invite(place=somewhere, invitee=Invitee(email=ADDRESS), by=somewhere.started_by)
        return "sent"

    assert sorted(at_once(3, invite)) == ["ValidationError", "ValidationError", "sent"]
    assert Invitation.objects.count() == 1


def test_accepting_what_is_brought_to_one_at_that_moment_waits_and_is_refused(somewhere, monkeypatch):
    """Who brings it has the supervisor locked, and in the end asks for the partnership's key: it must be free."""
    partner, supervisor = make.make_person(), make.make_person(email=ADDRESS)
    make.make_member(partnership=somewhere, person=partner, learning_partner=True)
    supervision = make.make_partnership(by=partner, kind="supervision")
    make.make_member(partnership=supervision, person=supervisor, learning_partner=True)
    mine = make.membership_of(person=partner, partnership=supervision)
    invitation, _token = invited(somewhere, somewhere.started_by)
    monkeypatch.setattr("partnerships.actions.supervision.record_event", slowly(record_event))

    def change(number):
        if number:
            time.sleep(0.2)
            actions.accept_invitation(invitation=Invitation.objects.get(pk=invitation.pk), by=supervisor)
        else:
            actions.bring_partnerships(membership=mine, partnerships=[somewhere], by=partner)
        return "done"

    assert at_once(2, change) == ["done", "ValidationError"]
