"""Who takes part, in which role and until when: pages and rules (3-access, 3.2)."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.models import AuditEvent
from partnerships import actions
from partnerships.models import Membership, Role
from records.checks import broken_rules
from records.pages import held_role_of
from tests import factories as make
from tests.signing_in import confirmed

from .early_shift import World, main_of, text_of


@pytest.fixture
def world(cast, client_for):
    """Give what the tests below ask of Early Shift."""
    return World(cast, client_for)


# The people page ------------------------------------------------------------------------------------------------


def test_who_looks_after_people_gets_the_means_and_others_only_their_own(world):
    member, steward, partner = (world.url("edit", name) for name in ("expert", "steward", "learning_partner"))
    end = {name: world.url("end", name) for name in ("expert", "steward", "learning_partner", "practitioner")}
    page = world.people("steward")
    assert all(url in page for url in (member, steward, partner, *end.values()))
    page = world.people("learning_partner")
    assert all(url in page for url in (member, steward, partner, end["expert"], end["learning_partner"]))
    assert end["steward"] not in page, "only a steward ends those with a duty"
    page = world.people("practitioner")
    assert world.url("edit", "practitioner") in page
    assert end["practitioner"] in page
    assert member not in page
    assert end["expert"] not in page


def test_the_learning_partner_is_engaged_by_somebody_until_a_day(world):
    world.cast.partnership.resources.all().delete()
    world.line(who="Learning Partner Q", paid_by="Larch Foundation", ends_on=date(2099, 3, 31), days="12.5")
    world.line(who="Somebody else", paid_by="The council")
    world.line(who="Long ago Q", paid_by="Nobody", ends_on=date(2001, 3, 31))
    page = text_of(world.people("expert"))
    assert "Learning partner, engaged by Larch Foundation until 31 March 2099" in page
    assert "Somebody else Engaged by The council" in page
    assert "Long ago Q" not in page
    assert "12.5" not in page, "nothing countable"


def test_one_organisation_is_said_once(world):
    partnership = make.make_partnership(by=world.cast.steward, organisation=world.cast.provider)
    address = reverse("partnerships:people-list", args=[partnership.slug])
    make.make_member(partnership=partnership, person=world.cast.expert, organisation=world.cast.provider)
    page = text_of(main_of(world.get("steward", address)))
    assert page.count("Doorway") == 1
    make.make_member(partnership=partnership, organisation=world.cast.council)
    page = text_of(main_of(world.get("steward", address)))
    assert "Everybody here comes from" not in page
    assert page.count("Doorway") == 2


@pytest.mark.parametrize("name", ["practitioner", "steward"])
def test_sixty_people_take_no_more_queries_than_four(world, name):
    partnership = make.make_partnership(by=world.cast.steward)
    if name != "steward":
        make.make_member(partnership=partnership, person=world.cast[name])
    browser = world.client_for(world.cast[name])
    browser.get("/healthz")

    def queries(number):
        while partnership.memberships.count() < number:
            organisation = make.make_organisation(by=world.cast.site_admin)
            make.make_member(partnership=partnership, organisation=organisation, learning_partner=True)
        with CaptureQueriesContext(connection) as captured:
            response = browser.get(reverse("partnerships:people-list", args=[partnership.slug]))
        assert main_of(response).count('class="row"') == number
        return len(captured)

    few = queries(4)
    assert queries(60) <= few <= 12


# A role changes -------------------------------------------------------------------------------------------------


def test_a_change_of_role_is_a_dated_row_and_leaves_notes_and_spaces_alone(world):
    cast = world.cast
    role = {"role": "manager", "own_words": "head of outreach", "organisation": cast.council.public_id}
    places = set(world.of("practitioner").places.values_list("space", "ended_at"))
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        response = world.post("steward", world.url("edit", "practitioner"), **role)
        assert response.status_code == 302
        held = world.of("practitioner").held_role
        assert (held.role, held.own_words, held.organisation) == ("manager", "head of outreach", cast.council)
        assert held_role_of(cast.everyone_note).role == Role.PRACTITIONER, "the role held when it was shared"
        assert held_role_of(cast.everyone_note).organisation == cast.provider
        later = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
        assert held_role_of(later).role == Role.MANAGER
    assert set(world.of("practitioner").places.values_list("space", "ended_at")) == places
    assert world.of("practitioner").held_roles.count() == 2
    assert "Notes shared before keep the role held then" in main_of(
        world.get("steward", world.url("edit", "practitioner"))
    )


def test_the_words_of_the_partnership_stand_beside_the_roles(world):
    world.cast.partnership.words = {"role:expert": "peer adviser"}
    world.cast.partnership.save()
    page = main_of(world.get("steward", world.url("edit", "fellow")))
    assert "Peer adviser" in page
    assert "Expert by experience" not in page


def test_duties_are_facts_to_who_does_not_give_them_and_a_forged_one_is_refused(world):
    page = main_of(world.get("learning_partner", world.url("edit", "expert")))
    assert "checkbox" not in page
    assert "Duties are given by a steward." in page
    for duty in ("steward", "learning_partner"):
        response = world.post("learning_partner", world.url("edit", "expert"), role="expert", **{duty: "on"})
        assert response.status_code == 403
    assert not world.of("expert").held_role.has_duty
    assert "checkbox" in main_of(world.get("steward", world.url("edit", "expert")))
    confirmed(world.client_for(world.cast.steward)).post(
        world.url("edit", "expert"), {"role": "expert", "steward": "on"}
    )
    assert world.of("expert").held_role.is_steward


def test_a_learning_partner_who_changes_a_role_leaves_its_duties_alone(world):
    response = world.post("learning_partner", world.url("edit", "steward"), role="academic")
    assert response.status_code == 302
    held = world.of("steward").held_role
    assert (held.role, held.is_steward) == ("academic", True)


def test_everybody_says_their_own_role_in_their_own_words_and_nothing_else(world):
    url = world.url("edit", "expert")
    page = main_of(world.get("expert", url))
    assert "radio" not in page
    assert world.post("expert", url, own_words="been there").status_code == 302
    held = world.of("expert").held_role
    assert (held.role, held.own_words) == (Role.EXPERT, "been there")
    for forged in ({"role": "manager"}, {"organisation": ""}, {"steward": "on"}):
        assert world.post("expert", url, own_words="x", **forged).status_code == 403
    assert world.post("expert", world.url("edit", "fellow"), own_words="x").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.change_own_words(membership=world.of("expert"), own_words="theirs", by=world.cast.steward)
    assert world.of("expert").held_role.own_words == "been there"


def test_what_changes_nothing_begins_no_row(world):
    organisation = world.cast.provider.public_id
    before = AuditEvent.objects.count()
    world.post("steward", world.url("edit", "fellow"), role="practitioner", organisation=organisation)
    world.post("fellow", world.url("edit", "fellow"), own_words="")
    assert world.of("fellow").held_roles.count() == 1
    assert AuditEvent.objects.count() == before


def test_a_change_over_somebody_elses_is_looked_at_once_more(world):
    url = world.url("edit", "expert")
    seen = world.of("expert").held_role.started_at.isoformat()
    actions.change_own_words(membership=world.of("expert"), own_words="mine", by=world.cast.expert)
    response = world.post("steward", url, role="expert", own_words="typed", seen_at=seen)
    assert response.status_code == 409
    assert "Somebody changed this meanwhile" in main_of(response)
    assert "typed" in main_of(response)
    assert world.of("expert").held_role.own_words == "mine"
    fresh = world.of("expert").held_role.started_at.isoformat()
    assert world.post("steward", url, role="expert", own_words="typed", seen_at=fresh).status_code == 302


def test_what_is_no_role_or_organisation_here_is_refused_beside_its_field(world):
    elsewhere = make.make_organisation(name="Elsewhere", by=world.cast.site_admin)
    url = world.url("edit", "expert")
    for body in ({"role": "king"}, {}, {"role": "expert", "organisation": elsewhere.public_id}):
        assert world.post("steward", url, own_words="kept as typed", **body).status_code == 422
    long = world.post("steward", url, role="expert", own_words="x" * 121)
    assert long.status_code == 422
    assert "x" * 121 in main_of(long)
    assert "Elsewhere" not in main_of(world.get("steward", url))
    assert world.of("expert").held_roles.count() == 1


def test_the_last_steward_cannot_untick_the_duty(world):
    response = world.post("steward", world.url("edit", "steward"), role="manager")
    assert response.status_code == 422
    assert "Name another steward first" in main_of(response)
    assert world.of("steward").held_role.is_steward


# A membership ends ----------------------------------------------------------------------------------------------


def test_an_end_takes_effect_at_the_next_request(world):
    cast, browser = world.cast, world.client_for(world.cast.fellow)
    overview = reverse("partnerships:partnership-detail", args=[world.slug])
    own = reverse("reflections:reflection-detail", args=[cast.not_named_note.public_id])
    assert browser.get(overview).status_code == 200
    page = main_of(world.get("steward", world.url("end", "fellow")))
    assert "reads nothing more here, but their own words" in page
    world.post("steward", world.url("end", "fellow"))
    assert browser.get(overview).status_code == 404
    assert browser.get(own).status_code == 200
    everyones = reverse("reflections:reflection-detail", args=[cast.everyone_note.public_id])
    assert browser.get(everyones).status_code == 404


def test_everybody_may_leave(world):
    page = main_of(world.get("expert", world.url("end", "expert")))
    assert "Leave Early Shift?" in page
    response = world.post("expert", world.url("end", "expert"))
    assert response.url == reverse("partnerships:partnership-list")
    assert not Membership.objects.of(world.cast.expert).current().exists()


def test_only_a_steward_ends_those_with_a_duty(world):
    second = make.make_member(partnership=world.cast.partnership, by=world.cast.steward, learning_partner=True)
    for membership in (world.of("steward"), second):
        with pytest.raises(PermissionDenied):
            actions.end_membership(membership=membership, by=world.cast.learning_partner)
    assert world.get("learning_partner", world.url("end", "steward")).status_code == 403
    actions.end_membership(membership=second, by=world.cast.steward)
    actions.end_membership(membership=world.of("expert"), by=world.cast.learning_partner)


def test_the_last_steward_names_another_on_the_same_page_and_in_the_same_moment(world):
    cast, url = world.cast, world.url("end", "steward")
    page = main_of(world.get("steward", url))
    assert "You are the only steward." in page
    assert world.of("expert").public_id in page
    assert world.of("steward").public_id not in re.findall(r'value="([^"]+)"', page)
    response = world.post("steward", url)
    assert response.status_code == 422
    assert "Choose who becomes steward." in main_of(response)
    outsider = make.membership_of(person=cast.outsider, partnership=cast.sibling)
    assert world.post("steward", url, successor=outsider.public_id).status_code == 422
    assert world.of("steward").held_role.is_steward
    leaving = confirmed(world.client_for(cast.steward))
    assert leaving.post(url, {"successor": world.of("expert").public_id}).status_code == 302
    assert world.of("expert").held_role.is_steward
    assert world.of("expert").held_role.role == Role.EXPERT
    assert not Membership.objects.of(cast.steward).current().filter(partnership=cast.partnership).exists()


def test_naming_another_and_leaving_is_both_or_neither(world, monkeypatch):
    membership = world.of("steward")
    monkeypatch.setattr("partnerships.actions.memberships.record_event", lambda **_event: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.end_membership(membership=membership, successor=world.of("expert"), by=world.cast.steward)
    assert not world.of("expert").held_role.is_steward
    assert world.of("steward").held_role.is_steward


def test_nobody_names_a_steward_who_may_not_give_duties(world):
    for successor in (
        world.of("expert"),
        make.membership_of(person=world.cast.outsider, partnership=world.cast.sibling),
    ):
        with pytest.raises(PermissionDenied):
            actions.end_membership(
                membership=world.of("learning_partner"), successor=successor, by=world.cast.learning_partner
            )
    assert world.of("learning_partner").is_current


def test_a_steward_who_cannot_sign_in_looks_after_nobody(world):
    second = make.make_member(partnership=world.cast.partnership, steward=True)
    second.person.is_active = False
    second.person.save()
    with pytest.raises(ValidationError):
        make.end_membership(person=world.cast.steward, partnership=world.cast.partnership)
    assert second.public_id not in main_of(world.get("steward", world.url("end", "steward")))


def test_who_is_alone_is_told_what_to_do(world):
    partnership = make.make_partnership(by=world.cast.expert)
    alone = make.membership_of(person=world.cast.expert, partnership=partnership)
    url = reverse("partnerships:membership-end", args=[partnership.slug, alone.public_id])
    page = main_of(world.get("expert", url))
    assert "You are the only member" in page
    assert "<form" not in page
    assert world.post("expert", url).status_code == 422
    assert alone.is_current
    draft = make.make_partnership(by=world.cast.expert, opened=False)
    alone = make.membership_of(person=world.cast.expert, partnership=draft)
    page = main_of(world.get("expert", reverse("partnerships:membership-end", args=[draft.slug, alone.public_id])))
    assert reverse("partnerships:partnership-delete", args=[draft.slug]) in page


def test_who_was_ended_a_moment_ago_ends_nobody_and_is_told(world, monkeypatch):
    """Both had the page open: the second sends the form after the first, and is a member no more by then."""
    make.make_member(partnership=world.cast.partnership, person=world.cast.outsider, steward=True)
    steward, url, real = world.of("steward"), world.url("end", "steward"), actions.end_membership

    def ended_first(*, membership, by, successor):
        real(membership=world.of("outsider"), by=world.cast.steward)
        return real(membership=membership, by=by, successor=successor)

    monkeypatch.setattr(actions, "end_membership", ended_first)
    response = world.client_for(world.cast.outsider).post(url, follow=True)
    assert "Your own membership was ended a moment ago, so nothing was changed." in main_of(response)
    steward.refresh_from_db()
    assert steward.is_current


def test_an_ended_membership_has_no_page(world):
    url = world.url("end", "fellow"), world.url("edit", "fellow")
    make.end_membership(person=world.cast.fellow, partnership=world.cast.partnership)
    assert [world.get("steward", one).status_code for one in url] == [404, 404]


def test_who_returns_gets_a_new_membership_without_the_old_spaces(world):
    cast = world.cast
    old = world.of("fellow")
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    new = make.make_member(partnership=cast.partnership, person=cast.fellow)
    assert new != old
    browser = world.client_for(cast.fellow)
    space = reverse("partnerships:space-detail", args=[world.slug, cast.peers.public_id])
    note = reverse("reflections:reflection-detail", args=[cast.peers_note.public_id])
    assert [browser.get(url).status_code for url in (space, note)] == [404, 404]
    everyones = reverse("reflections:reflection-detail", args=[cast.everyone_note.public_id])
    assert browser.get(everyones).status_code == 200


def test_a_membership_ends_now_and_two_at_once_are_found(world):
    """An end in days to come would let a second stay begin past the constraint: no action sets one."""
    actions.end_membership(membership=world.of("fellow"), by=world.cast.fellow)
    assert not Membership.objects.filter(ended_at__gt=timezone.now()).exists()
    assert broken_rules() == []
    membership = world.of("expert")
    Membership.objects.filter(pk=membership.pk).update(ended_at=timezone.now() + timedelta(days=9))
    twin = Membership.objects.create(person=world.cast.expert, partnership=world.cast.partnership)
    twin.begin_role(role=Role.EXPERT)
    assert len(broken_rules()) == 1
    assert "twice" in broken_rules()[0]
