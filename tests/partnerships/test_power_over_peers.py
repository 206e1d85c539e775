"""The question of 6-voices: who holds power over people comes into a space of peers neither unasked nor by silence.

A change that gives power asks again.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from partnerships import actions
from partnerships.models import Admission, Role, Space
from partnerships.reader import Reader
from records.models import Record
from tests import factories as make

from .coming_in import accept, asked, change_role, reads, say, space_has, stay_of

DAYS = timedelta(days=3)
Outcome = Admission.Outcome


# Power over peers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["manager", "commissioner"])
def test_the_question_comes_before_asking_in_who_holds_power(cast, small, name):
    with pytest.raises(ValidationError) as refused:
        asked(cast, small, name)
    assert refused.value.code == "question"
    assert "Is this still a space of peers?" in refused.value.messages[0]
    assert asked(cast, small, name, still_peers=True).holds_power


def test_silence_is_no_yes_to_power(cast, small, now):
    admission = asked(cast, small, "manager", still_peers=True)
    accept(cast, admission, "manager")
    now.shift(DAYS * 10)
    assert not reads(cast.manager, small)
    say(cast, admission, True, "fellow", still_peers=True)
    assert not reads(cast.manager, small)
    with pytest.raises(ValidationError) as refused:
        say(cast, admission, True, "academic")
    assert refused.value.code == "question"
    say(cast, admission, True, "academic", still_peers=True)
    assert reads(cast.manager, small)


def test_one_no_stops_power_too(cast, small):
    admission = asked(cast, small, "manager", still_peers=True)
    accept(cast, admission, "manager")
    say(cast, admission, True, "fellow", still_peers=True)
    say(cast, admission, False, "academic")
    assert not reads(cast.manager, small)


def test_who_takes_up_a_request_gets_the_question(cast, small):
    admission = actions.ask_to_join(space=small, by=cast.manager)
    with pytest.raises(ValidationError) as refused:
        say(cast, admission, True, "fellow")
    assert refused.value.code == "question"
    say(cast, admission, True, "fellow", still_peers=True)
    assert admission.holds_power


def test_there_is_no_question_across_the_power_line_nor_about_the_powerless(cast, small):
    assert not asked(cast, cast.power_line, "commissioner").holds_power
    assert not asked(cast, small, "consultant").holds_power


def test_managers_and_those_who_pay_are_peers_among_themselves(cast):
    space = make.make_space(partnership=cast.partnership, by=cast.manager, people=(cast.learning_partner,))
    assert not asked(cast, space, "steward", by="manager").holds_power
    with pytest.raises(ValidationError):
        asked(cast, space, "commissioner", by="manager")


def test_the_question_comes_with_opening_too(cast):
    words = {"partnership": cast.partnership, "kind": Space.Kind.PEERS, "name": "New", "by": cast.practitioner}
    people = [stay_of(cast, "fellow"), stay_of(cast, "manager")]
    with pytest.raises(ValidationError) as refused:
        actions.open_space(asking=people, **words)
    assert "Manager Q manages people here" in refused.value.messages[0]
    space = actions.open_space(asking=people, still_peers=True, **words)
    # Each accepts for themselves, with open eyes.
    actions.accept_admission(admission=space.admissions.get(membership=people[1]), by=cast.manager)
    assert space_has(space, cast.manager)


def test_a_role_that_gives_power_asks_again_and_silence_leaves_the_place(cast, small, now):
    make.admit(space=small, person=cast.consultant, by=cast.practitioner)
    change_role(cast, "consultant", Role.MANAGER, cast.provider)
    admission = small.admissions.pending().get()
    assert (admission.kind, admission.membership.person) == (Admission.Kind.NEW_POWER, cast.consultant)
    now.shift(DAYS * 10)
    assert reads(cast.consultant, small)
    with pytest.raises(PermissionDenied):
        say(cast, admission, True, "consultant", still_peers=True)
    say(cast, admission, True, "practitioner", "fellow", "academic", still_peers=True)
    assert (admission.outcome, reads(cast.consultant, small)) == (Outcome.ADMITTED, True)


def test_a_no_ends_the_place_of_who_gained_power_and_leaves_their_words(cast, small):
    make.admit(space=small, person=cast.consultant, by=cast.practitioner)
    mine = make.make_shared_note(by=cast.consultant, space=small)
    change_role(cast, "consultant", Role.COMMISSIONER)
    admission = small.admissions.pending().get()
    say(cast, admission, False, "academic")
    assert admission.outcome == Outcome.STOPPED
    assert not small.members().filter(person=cast.consultant).exists()
    visible = Record.objects.visible_to(Reader(cast.consultant)).filter(space=small)
    assert [row.pk for row in visible] == [mine.pk]
    with pytest.raises(ValidationError):
        actions.ask_to_join(space=small, by=cast.consultant)


def test_a_role_without_power_asks_nothing_and_one_that_takes_it_ends_the_question(cast, small):
    make.admit(space=small, person=cast.consultant, by=cast.practitioner)
    change_role(cast, "consultant", Role.ACADEMIC, cast.provider)
    change_role(cast, "consultant", Role.MANAGER, cast.council)
    # The council pays, so that is power after all.
    assert small.admissions.pending().count() == 1
    change_role(cast, "consultant", Role.CONSULTANT)
    assert not small.admissions.pending().exists()
    assert reads(cast.consultant, small)


def test_another_ones_role_may_give_power_as_well(cast):
    """Who becomes a practitioner beside the manager of their organisation is managed from then on."""
    space = make.make_space(partnership=cast.partnership, by=cast.manager, people=(cast.academic,))
    change_role(cast, "academic", Role.PRACTITIONER, cast.provider)
    assert space.admissions.pending().get().membership.person == cast.manager


def test_an_organisation_that_begins_to_pay_asks_about_its_people(cast, small):
    university = make.make_organisation(name="University", by=cast.site_admin)
    change_role(cast, "academic", Role.ACADEMIC, university)
    assert not small.admissions.pending().exists()
    actions.take_part(
        partnership=cast.partnership, organisation=university, ways=["provides_learning"], by=cast.steward
    )
    assert not small.admissions.pending().exists()
    actions.take_part(partnership=cast.partnership, organisation=university, ways=["funds"], by=cast.steward)
    assert small.admissions.pending().get().membership.person == cast.academic
    actions.take_part(partnership=cast.partnership, organisation=university, ways=["hosts"], by=cast.steward)
    assert not small.admissions.pending().exists()


def test_power_gained_while_one_is_asked_in_asks_anew(cast, small, now):
    admission = asked(cast, small, "consultant")
    accept(cast, admission, "consultant")
    say(cast, admission, True, "fellow")
    change_role(cast, "consultant", Role.MANAGER, cast.provider)
    now.shift(DAYS)
    assert not reads(cast.consultant, small)
    admission.refresh_from_db()
    assert admission.holds_power
    assert not admission.answers.exists()
    say(cast, admission, True, "fellow", "academic", "practitioner", still_peers=True)
    assert reads(cast.consultant, small)


def test_power_gained_before_a_founder_has_accepted_asks_those_inside(cast):
    space = actions.open_space(
        partnership=cast.partnership,
        kind=Space.Kind.PEERS,
        name="New",
        asking=[stay_of(cast, "consultant")],
        by=cast.practitioner,
    )
    change_role(cast, "consultant", Role.MANAGER, cast.provider)
    admission = space.admissions.get()
    accept(cast, admission, "consultant")
    assert not space_has(space, cast.consultant)
    say(cast, admission, True, "practitioner", still_peers=True)
    assert space_has(space, cast.consultant)


def test_somebody_whom_they_manage_comes_in_before_them(cast, now):
    """The one asked in manages nobody there when asked, and somebody when their days are over."""
    space = make.make_space(partnership=cast.partnership, by=cast.academic, people=(cast.expert,))
    make.make_shared_note(by=cast.academic, space=space)
    manager = asked(cast, space, "manager", by="academic")
    accept(cast, manager, "manager")
    assert not manager.holds_power
    make.admit(space=space, person=cast.fellow, by=cast.academic)
    now.shift(DAYS)
    assert not reads(cast.manager, space)
    manager.refresh_from_db()
    assert manager.holds_power


def test_a_founder_who_loses_power_again_is_asked_as_the_others_are(cast):
    space = actions.open_space(
        partnership=cast.partnership,
        kind=Space.Kind.PEERS,
        name="New",
        asking=[stay_of(cast, "fellow"), stay_of(cast, "manager")],
        still_peers=True,
        by=cast.practitioner,
    )
    admission = space.admissions.get(membership__person=cast.manager)
    assert admission.holds_power
    change_role(cast, "manager", Role.OTHER)
    accept(cast, admission, "manager")
    assert not admission.holds_power
    assert space_has(space, cast.manager)
