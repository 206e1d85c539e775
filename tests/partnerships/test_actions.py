"""What is done in a partnership, and by whom (3-access, 3.2): nesting, members, roles, stewards, spaces."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partnerships import actions, rooms
from partnerships.models import HeldRole, Membership, Partnership, Role, Space
from partnerships.models.partnerships import DEEPEST_NESTING
from partnerships.permissions import LEARNING_PARTNER, MEMBER, STEWARD, Permission, permissions_of
from partnerships.reader import Reader
from tests import factories as make
from tests.cast import IN_EVERYONE, MEMBERS, SIGNED_IN


def change(cast, name, *, by, role=Role.OTHER, **duties):
    return actions.change_role(
        membership=make.membership_of(person=cast[name], partnership=cast.partnership),
        role=role,
        own_words="",
        organisation=None,
        **{"learning_partner": False, "steward": False} | duties,
        by=by,
    )


# Organisations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SIGNED_IN - {"site_admin"}))
def test_only_a_site_admin_adds_organisations(cast, name):
    with pytest.raises(PermissionDenied):
        actions.add_organisation(name="Another", kind="funder", by=cast[name])


def test_an_organisations_admin_looks_after_its_people_and_appoints_no_admins(cast):
    person = make.make_person()
    actions.affiliate(person=person, organisation=cast.provider, by=cast.orgadmin)
    with pytest.raises(PermissionDenied):
        actions.affiliate(person=make.make_person(), organisation=cast.provider, is_admin=True, by=cast.orgadmin)
    with pytest.raises(PermissionDenied):
        actions.affiliate(person=make.make_person(), organisation=cast.council, by=cast.orgadmin)
    with pytest.raises(PermissionDenied):
        actions.affiliate(person=make.make_person(), organisation=cast.provider, by=cast.steward)
    assert person.affiliations.get().is_current


def test_an_organisations_admin_can_do_nothing_in_a_partnership(cast):
    with pytest.raises(PermissionDenied):
        make.make_member(partnership=cast.partnership, by=cast.orgadmin)
    with pytest.raises(PermissionDenied):
        actions.open_partnership(partnership=cast.unopened, by=cast.orgadmin)


# Nesting --------------------------------------------------------------------------------------------------------


def test_a_partnership_cannot_lie_within_itself(cast):
    for inner in (cast.parent, cast.partnership):
        with pytest.raises(ValidationError) as refused:
            cast.parent.place_within(inner)
        assert refused.value.code == "circle"


def test_nesting_has_a_bottom(cast):
    lowest = cast.parent
    for _level in range(DEEPEST_NESTING - 1):
        lowest = make.make_partnership(by=cast.parent_member, parent=lowest)
    assert len(lowest.path()) == DEEPEST_NESTING - 1
    with pytest.raises(ValidationError) as refused:
        make.make_partnership(by=cast.parent_member, parent=lowest)
    assert refused.value.error_dict["parent"][0].code == "too_deep"


def test_the_path_is_from_the_widest(cast):
    assert cast.unopened.path() == [cast.parent, cast.partnership]


def test_addresses_cannot_be_guessed(cast):
    slugs = {make.make_partnership(by=cast.steward, name="The Same Name").slug for _again in range(3)}
    assert len(slugs) == 3
    assert make.make_partnership(by=cast.steward, name="学び").slug
    long = make.make_partnership(by=cast.steward, name="n" * 120)
    assert len(long.slug) <= 80


# Drafts ---------------------------------------------------------------------------------------------------------


def test_who_starts_one_is_its_first_steward_and_it_has_its_everyone_space(cast):
    draft = make.make_partnership(by=cast.expert, opened=False)
    held = make.membership_of(person=cast.expert, partnership=draft).held_role
    assert held.is_steward
    assert not held.is_learning_partner
    assert draft.is_draft
    assert draft.spaces.get().kind == Space.Kind.EVERYONE


def test_a_draft_has_no_members_but_its_starter(cast):
    draft = make.make_partnership(by=cast.expert, opened=False)
    with pytest.raises(ValidationError):
        make.make_member(partnership=draft, by=cast.expert)
    actions.open_partnership(partnership=draft, by=cast.expert)
    make.make_member(partnership=draft, by=cast.expert)


def test_only_its_steward_opens_it(cast):
    draft = make.make_partnership(by=cast.expert, opened=False)
    for name in ("site_admin", "steward", "orgadmin", "practitioner"):
        with pytest.raises(PermissionDenied):
            actions.open_partnership(partnership=draft, by=cast[name])


def test_partnerships_are_listed_to_their_members_only(cast):
    mine = Partnership.objects.of(cast.practitioner)
    assert list(mine) == [cast.partnership]
    assert set(Partnership.objects.of(cast.steward)) == {cast.partnership, cast.unopened}
    assert not Partnership.objects.of(cast.orgadmin).exists()
    assert not Partnership.objects.of(cast.former).exists()


# Members and duties ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SIGNED_IN - {"learning_partner", "steward"}))
def test_only_those_with_a_duty_look_after_people(cast, name):
    with pytest.raises(PermissionDenied):
        make.make_member(partnership=cast.partnership, by=cast[name])
    with pytest.raises(PermissionDenied):
        change(cast, "expert", by=cast[name])
    with pytest.raises(PermissionDenied):
        membership = make.membership_of(person=cast.academic, partnership=cast.partnership)
        if name == "academic":
            membership = make.membership_of(person=cast.expert, partnership=cast.partnership)
        actions.end_membership(membership=membership, by=cast[name])


def test_a_learning_partner_admits_people_and_gives_no_duty(cast):
    make.make_member(partnership=cast.partnership, by=cast.learning_partner)
    for duty in ("learning_partner", "steward"):
        with pytest.raises(PermissionDenied):
            make.make_member(partnership=cast.partnership, by=cast.learning_partner, **{duty: True})
        with pytest.raises(PermissionDenied):
            change(cast, "expert", by=cast.learning_partner, **{duty: True})
    with pytest.raises(PermissionDenied):
        change(cast, "steward", by=cast.learning_partner)


def test_a_steward_gives_duties(cast):
    assert change(cast, "expert", by=cast.steward, steward=True).is_steward


def test_rights_are_what_the_table_says(cast):
    held = {name: make.membership_of(person=cast[name], partnership=cast.partnership).held_role for name in MEMBERS}
    assert permissions_of(held["practitioner"]) == permissions_of(held["commissioner"]) == MEMBER
    assert permissions_of(held["learning_partner"]) == LEARNING_PARTNER
    assert permissions_of(held["steward"]) == STEWARD
    assert Permission.GIVE_DUTIES not in LEARNING_PARTNER
    assert {Permission.WRITE, Permission.OPEN_SPACE} == MEMBER


def test_a_right_ends_with_the_membership(cast):
    make.make_member(partnership=cast.partnership, by=cast.steward, steward=True)
    make.end_membership(person=cast.steward, partnership=cast.partnership)
    with pytest.raises(PermissionDenied):
        make.make_member(partnership=cast.partnership, by=cast.steward)


def test_the_last_steward_names_another_before_leaving(cast):
    with pytest.raises(ValidationError):
        make.end_membership(person=cast.steward, partnership=cast.partnership)
    with pytest.raises(ValidationError):
        change(cast, "steward", by=cast.steward)
    assert make.membership_of(person=cast.steward, partnership=cast.partnership).held_role.is_steward
    change(cast, "expert", by=cast.steward, steward=True)
    make.end_membership(person=cast.steward, partnership=cast.partnership)


def test_a_steward_whose_stay_has_ended_does_not_count(cast):
    second = make.make_member(partnership=cast.partnership, by=cast.steward, steward=True)
    second.ended_at = timezone.now()
    second.save()
    with pytest.raises(ValidationError):
        make.end_membership(person=cast.steward, partnership=cast.partnership)


def test_ending_a_membership_ends_role_and_places_with_it(cast):
    membership = make.membership_of(person=cast.fellow, partnership=cast.partnership)
    actions.end_membership(membership=membership, by=cast.fellow)
    assert not HeldRole.objects.filter(membership=membership, ended_at=None).exists()
    assert not membership.places.filter(ended_at=None).exists()
    assert not Membership.objects.of(cast.fellow).current().exists()


def test_roles_are_dated_so_that_the_past_stays_as_it_was(cast):
    membership = make.membership_of(person=cast.practitioner, partnership=cast.partnership)
    before = timezone.now()
    with time_machine.travel(before + timedelta(days=30)):
        change(cast, "practitioner", by=cast.steward, role=Role.MANAGER)
        assert membership.held_role.role == Role.MANAGER
        assert membership.held_role_at(before).role == Role.PRACTITIONER
    assert membership.held_roles.count() == 2


def test_the_last_person_out_closes_a_space_by_leaving_the_partnership_too(cast):
    """An empty space is closed, for nobody could ever let anybody in (3-access, 3.1)."""
    space = make.make_space(partnership=cast.partnership, by=cast.expert)
    make.end_membership(person=cast.expert, partnership=cast.partnership)
    space.refresh_from_db()
    assert not space.is_open


# Spaces ---------------------------------------------------------------------------------------------------------


def test_every_member_opens_peers_and_one_to_ones_and_is_their_first_member(cast):
    for name in sorted(IN_EVERYONE):
        for kind in (Space.Kind.PEERS, Space.Kind.ONE_TO_ONE):
            asking = [make.make_member(partnership=cast.partnership)] if kind == Space.Kind.ONE_TO_ONE else []
            space = actions.open_space(
                partnership=cast.partnership, kind=kind, name=f"Of {name}", asking=asking, by=cast[name]
            )
            assert [row.person for row in space.members()] == [cast[name]]


@pytest.mark.parametrize("name", ["outsider", "former", "orgadmin", "parent_member", "site_admin", "supervisor"])
def test_nobody_else_opens_one(cast, name):
    with pytest.raises(PermissionDenied):
        make.make_space(partnership=cast.partnership, by=cast[name])


@pytest.mark.parametrize("name", sorted(IN_EVERYONE - {"learning_partner", "steward"}))
def test_a_space_across_the_power_line_is_opened_by_those_with_a_duty(cast, name):
    with pytest.raises(PermissionDenied):
        make.make_space(partnership=cast.partnership, by=cast[name], kind=Space.Kind.POWER_LINE)
    for duty in ("learning_partner", "steward"):
        make.make_space(partnership=cast.partnership, by=cast[duty], kind=Space.Kind.POWER_LINE)


def test_only_somebody_in_a_space_asks_anybody_in(cast):
    """No duty adds anybody, and nobody adds themselves."""
    expert = make.membership_of(person=cast.expert, partnership=cast.partnership)
    for name in ("steward", "learning_partner", "expert", "manager", "site_admin", "orgadmin", "former"):
        with pytest.raises(PermissionDenied):
            actions.ask_in(space=cast.peers, membership=expert, by=cast[name])
    actions.ask_in(space=cast.peers, membership=expert, by=cast.fellow)


def test_nobody_is_asked_into_everyone_or_the_wider_field(cast):
    expert = make.membership_of(person=cast.expert, partnership=cast.partnership)
    for space in (cast.everyone, cast.wider):
        with pytest.raises(PermissionDenied):
            actions.ask_in(space=space, membership=expert, by=cast.practitioner)
        with pytest.raises(PermissionDenied):
            actions.close_space(space=space, by=cast.practitioner)
        with pytest.raises(PermissionDenied):
            actions.leave_space(space=space, by=cast.practitioner)
        with pytest.raises(PermissionDenied):
            actions.open_space(partnership=cast.partnership, kind=space.kind, by=cast.steward)


def test_only_members_of_the_partnership_are_asked_in(cast):
    outsider = make.membership_of(person=cast.outsider, partnership=cast.sibling)
    ended = cast.former.memberships.get()
    inside = make.membership_of(person=cast.fellow, partnership=cast.partnership)
    for membership in (outsider, ended, inside):
        with pytest.raises(ValidationError):
            actions.ask_in(space=cast.peers, membership=membership, by=cast.practitioner)
    for membership in (outsider, ended):
        with pytest.raises((ValidationError, PermissionDenied)):
            actions.open_one_to_one(membership=membership, by=cast.practitioner)


def test_a_space_has_a_name_of_its_own(cast):
    for name in ("", "Early peers", "early PEERS"):
        with pytest.raises(ValidationError):
            actions.open_space(partnership=cast.partnership, kind=Space.Kind.PEERS, name=name, by=cast.practitioner)
    actions.close_space(space=cast.peers, by=cast.practitioner)
    actions.open_space(partnership=cast.partnership, kind=Space.Kind.PEERS, name="Early peers", by=cast.practitioner)


def test_the_first_space_opens_its_room(cast):
    quiet = make.make_partnership(by=cast.outsider)

    def open_now():
        return {room.key for room in rooms.open_rooms(Reader(cast.outsider), quiet)}

    assert "spaces" not in open_now()
    make.make_space(partnership=quiet, by=cast.outsider)
    assert "spaces" in open_now()


def test_a_one_to_one_never_grows(cast):
    expert = make.membership_of(person=cast.expert, partnership=cast.partnership)
    with pytest.raises(ValidationError):
        actions.ask_in(space=cast.one_to_one, membership=expert, by=cast.practitioner)
    actions.leave_space(space=cast.one_to_one, by=cast.learning_partner)
    with pytest.raises(ValidationError):
        actions.ask_in(space=cast.one_to_one, membership=expert, by=cast.practitioner)
    for asking in ([], [expert, make.membership_of(person=cast.fellow, partnership=cast.partnership)]):
        with pytest.raises(ValidationError):
            actions.open_space(
                partnership=cast.partnership, kind=Space.Kind.ONE_TO_ONE, asking=asking, by=cast.practitioner
            )


def test_the_last_one_out_closes_the_space(cast):
    space = make.make_space(partnership=cast.partnership, by=cast.practitioner, people=(cast.fellow,))
    actions.leave_space(space=space, by=cast.fellow)
    space.refresh_from_db()
    assert space.is_open
    actions.leave_space(space=space, by=cast.practitioner)
    space.refresh_from_db()
    assert not space.is_open


def test_nothing_more_is_shared_in_a_closed_space_and_nobody_comes_in(cast):
    actions.close_space(space=cast.peers, by=cast.fellow)
    cast.peers.refresh_from_db()
    expert = make.membership_of(person=cast.expert, partnership=cast.partnership)
    with pytest.raises(ValidationError):
        make.make_shared_note(by=cast.fellow, space=cast.peers)
    with pytest.raises(ValidationError):
        make.make_response(to=cast.peers_note, by=cast.fellow)
    with pytest.raises(ValidationError):
        actions.ask_in(space=cast.peers, membership=expert, by=cast.fellow)
    with pytest.raises(ValidationError):
        actions.close_space(space=cast.peers, by=cast.practitioner)


def test_who_is_not_in_a_space_neither_closes_nor_leaves_it(cast):
    for name in ("steward", "learning_partner", "manager", "site_admin"):
        with pytest.raises(PermissionDenied):
            actions.close_space(space=cast.peers, by=cast[name])
        with pytest.raises(PermissionDenied):
            actions.leave_space(space=cast.peers, by=cast[name])
