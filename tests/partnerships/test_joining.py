"""As a space opens, asking to join, and one to ones: who reads from when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from partnerships import actions
from partnerships.models import Admission, Space
from tests import factories as make

from .coming_in import accept, asked, reads, say, space_has, stay_of

DAYS = timedelta(days=3)
Outcome = Admission.Outcome


# As it opens ------------------------------------------------------------------------------------------------------


def test_those_first_asked_in_accept_each_for_themselves(cast):
    space = actions.open_space(
        partnership=cast.partnership,
        kind=Space.Kind.PEERS,
        name="New one",
        asking=[stay_of(cast, "fellow"), stay_of(cast, "academic")],
        by=cast.practitioner,
    )
    make.make_shared_note(by=cast.practitioner, space=space)
    assert not reads(cast.fellow, space)
    assert not reads(cast.academic, space)
    admission = space.admissions.get(membership__person=cast.fellow)
    actions.accept_admission(admission=admission, by=cast.fellow)
    assert reads(cast.fellow, space)
    assert not reads(cast.academic, space)
    with pytest.raises(PermissionDenied):
        say(cast, space.admissions.get(membership__person=cast.academic), False, "fellow")


# Asking to join ---------------------------------------------------------------------------------------------------


def test_asking_to_join_waits_until_somebody_inside_takes_it_up(cast, small, now):
    admission = actions.ask_to_join(space=small, by=cast.expert)
    now.shift(DAYS * 5)
    assert not reads(cast.expert, small)
    say(cast, admission, True, "fellow")
    assert not reads(cast.expert, small)
    now.shift(DAYS - timedelta(seconds=1))
    assert not reads(cast.expert, small)
    now.shift(timedelta(seconds=1))
    assert reads(cast.expert, small)


def test_asking_in_takes_a_request_up_as_well(cast, small):
    admission = actions.ask_to_join(space=small, by=cast.expert)
    assert asked(cast, small, by="academic") == admission
    say(cast, admission, True, "fellow", "practitioner")
    assert reads(cast.expert, small)


def test_a_no_to_who_asks_to_join_holds_for_thirty_days(cast, small, now):
    admission = actions.ask_to_join(space=small, by=cast.expert)
    with pytest.raises(ValidationError):
        actions.ask_to_join(space=small, by=cast.expert)
    say(cast, admission, False, "fellow")
    now.shift(timedelta(days=30) - timedelta(seconds=1))
    with pytest.raises(ValidationError):
        actions.ask_to_join(space=small, by=cast.expert)
    now.shift(timedelta(seconds=1))
    actions.ask_to_join(space=small, by=cast.expert)


def test_who_asks_may_take_it_back_at_any_time_before(cast, small, now):
    admission = actions.ask_to_join(space=small, by=cast.expert)
    say(cast, admission, True, "fellow")
    actions.decline_admission(admission=admission, by=cast.expert)
    now.shift(DAYS)
    assert not reads(cast.expert, small)
    actions.ask_to_join(space=small, by=cast.expert)


def test_nobody_asks_to_join_what_they_may_not_know(cast, small):
    for space in (cast.one_to_one, cast.everyone, cast.wider):
        with pytest.raises(PermissionDenied):
            actions.ask_to_join(space=space, by=cast.expert)
    for name in ("outsider", "former", "site_admin", "orgadmin", "parent_member"):
        with pytest.raises(PermissionDenied):
            actions.ask_to_join(space=small, by=cast[name])
    with pytest.raises(ValidationError):
        actions.ask_to_join(space=small, by=cast.fellow)
    actions.ask_to_join(space=cast.power_line, by=cast.expert)


# One to one -------------------------------------------------------------------------------------------------------


def test_a_one_to_one_is_read_by_the_second_only_after_their_yes(cast, now):
    space = actions.open_one_to_one(membership=stay_of(cast, "expert"), by=cast.academic)
    make.make_shared_note(by=cast.academic, space=space)
    now.shift(DAYS)
    assert not reads(cast.expert, space)
    accept(cast, space.admissions.get())
    assert reads(cast.expert, space)


def test_there_is_one_between_two_and_it_never_grows(cast):
    pairs = Space.objects.filter(kind=Space.Kind.ONE_TO_ONE, partnership=cast.partnership)
    before = pairs.count()
    space = actions.open_one_to_one(membership=stay_of(cast, "expert"), by=cast.academic)
    assert actions.open_one_to_one(membership=stay_of(cast, "expert"), by=cast.academic) == space
    with pytest.raises(ValidationError):
        actions.open_space(
            partnership=cast.partnership,
            kind=Space.Kind.ONE_TO_ONE,
            asking=[stay_of(cast, "academic")],
            by=cast.expert,
        )
    # To open one with who has asked already is to say yes.
    assert actions.open_one_to_one(membership=stay_of(cast, "academic"), by=cast.expert) == space
    assert space_has(space, cast.expert)
    with pytest.raises(ValidationError):
        asked(cast, space, "fellow", by="academic")
    assert pairs.count() == before


def test_a_declined_one_to_one_is_over_and_not_asked_again_at_once(cast, now):
    space = actions.open_one_to_one(membership=stay_of(cast, "expert"), by=cast.academic)
    actions.decline_admission(admission=space.admissions.get(), by=cast.expert)
    space.refresh_from_db()
    assert not space.is_open
    with pytest.raises(ValidationError):
        actions.open_one_to_one(membership=stay_of(cast, "expert"), by=cast.academic)
    # The other may, and after thirty days so may who was declined.
    again = actions.open_one_to_one(membership=stay_of(cast, "academic"), by=cast.expert)
    actions.close_space(space=again, by=cast.expert)
    now.shift(timedelta(days=30))
    actions.open_one_to_one(membership=stay_of(cast, "expert"), by=cast.academic)


def test_when_one_of_the_two_leaves_it_is_closed(cast):
    actions.leave_space(space=cast.one_to_one, by=cast.learning_partner)
    cast.one_to_one.refresh_from_db()
    assert not cast.one_to_one.is_open
    assert reads(cast.practitioner, cast.one_to_one)
    again = actions.open_one_to_one(membership=stay_of(cast, "learning_partner"), by=cast.practitioner)
    assert again != cast.one_to_one


def test_who_is_asked_leaves_the_partnership_and_the_one_to_one_is_over(cast):
    space = actions.open_one_to_one(membership=stay_of(cast, "expert"), by=cast.academic)
    make.end_membership(person=cast.expert, partnership=cast.partnership)
    space.refresh_from_db()
    assert not space.is_open
