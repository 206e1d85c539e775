"""The pages of a partnership: what members may know of each other's places, and no more (3-access, 3.1)."""

import re

import pytest
from django.urls import reverse

from partnerships import actions
from partnerships.models import Space
from partnerships.power import power_among
from partnerships.reader import Reader
from tests import factories as make


@pytest.fixture
def page(cast, client_for):
    """Give a page of the partnership, as one of the cast reads it."""

    def read(name, url_name="partnerships:partnership-detail", *args, partnership=None):
        slug = (partnership or cast.partnership).slug
        response = client_for(cast[name]).get(reverse(url_name, args=[slug, *args]))
        assert response.status_code == 200
        return response.content.decode()

    return read


def test_the_list_shows_ones_own_partnerships_and_their_path(cast, client_for):
    body = client_for(cast.practitioner).get(reverse("partnerships:partnership-list")).content.decode()
    assert "Early Shift" in body
    assert "Doorway Place" in body
    for hidden in ("Night Shelter", "Supervision pair", "Not opened yet"):
        assert hidden not in body


def test_the_path_is_plain_text_where_one_may_not_go(cast, page):
    body = page("practitioner", "partnerships:people-list")
    assert "Doorway Place" in body
    assert cast.parent.slug not in body
    assert 'href=""' not in body
    make.make_member(partnership=cast.parent, person=cast.practitioner)
    assert cast.parent.slug in page("practitioner", "partnerships:people-list")


def test_no_link_leads_nowhere(cast, page):
    for url_name in ("partnership-detail", "people-list", "space-list"):
        for name in ("practitioner", "steward"):
            assert 'href=""' not in page(name, f"partnerships:{url_name}"), (url_name, name)


def test_the_overview_names_what_lies_within_and_who_takes_part(cast, page):
    body = page("parent_member", partnership=cast.parent)
    assert "Early Shift" in body
    assert "Night Shelter" in body
    assert cast.partnership.slug not in body
    assert "Not opened yet" not in page("practitioner"), "a draft is seen by its starter only"
    assert "The council" in page("practitioner")


def test_a_draft_above_is_named_to_nobody_but_its_starter(cast, page):
    """Whatever lies within a draft names no draft to people who may not know of it."""
    draft = make.make_partnership(by=cast.steward, name="Secret plan", opened=False)
    inner = make.make_partnership(by=cast.steward, name="Inner", parent=draft)
    make.make_member(partnership=inner, person=cast.expert, by=cast.steward)
    assert "Secret plan" not in page("expert", partnership=inner)
    assert "Secret plan" not in page("expert", "partnerships:people-list", partnership=inner)
    assert "Secret plan" in page("steward", partnership=inner)


def test_the_overview_shows_the_notes_that_its_reader_may_read(cast, page):
    make.make_shared_note(by=cast.practitioner, space=cast.everyone, title="Newest in everyone")
    make.make_shared_note(by=cast.practitioner, space=cast.peers, title="Newest in peers")
    assert "Newest in peers" in page("fellow")
    for name in ("manager", "learning_partner", "steward"):
        body = page(name)
        assert "Newest in peers" not in body
        assert "peers words" not in body
        assert "Newest in everyone" in body
        assert "Withdrawn title" not in body


def test_people_are_shown_with_what_they_said_of_themselves(cast, page):
    body = page("practitioner", "partnerships:people-list")
    for name in ("fellow", "manager", "commissioner", "steward"):
        assert cast[name].name in body
        assert f"what {name} wants to learn" in body
    for name in ("former", "outsider", "orgadmin", "supervisor"):
        assert cast[name].name not in body


def test_people_are_not_counted_by_what_they_do(cast, page):
    """No per-person count to anybody."""
    body = page("steward", "partnerships:people-list")
    main = re.sub(r"<[^>]+>", " ", body[body.find("<main") : body.find("</main")])
    assert not re.search(r"\b\d+ (notes?|responses?|visits?|records?)\b", main)
    assert "@example.org" not in body


def test_the_spaces_of_others_are_known_by_name_and_members_and_not_entered(cast, page):
    body = page("manager", "partnerships:space-list")
    assert "Early peers" in body
    assert cast.fellow.name in body
    assert f'/spaces/{cast.peers.public_id}/"' not in body
    assert f'/spaces/{cast.peers.public_id}/join/"' in body
    assert "peers words" not in body


def test_one_to_ones_are_seen_by_the_two(cast, page):
    assert cast.one_to_one.public_id in page("learning_partner", "partnerships:space-list")
    for name in ("steward", "manager", "fellow"):
        body = page(name, "partnerships:space-list")
        assert cast.one_to_one.public_id not in body
        assert "and you" not in body


def test_a_closed_space_of_others_is_not_listed(cast, page):
    actions.close_space(space=cast.peers, by=cast.practitioner)
    assert "Early peers" not in page("manager", "partnerships:space-list")
    assert "Early peers" in page("fellow", "partnerships:space-list")


def test_a_space_names_everybody_who_reads_there(cast, page):
    body = page("practitioner", "partnerships:space-detail", cast.peers.public_id)
    for person in (cast.fellow, cast.consultant, cast.academic, *cast.peers_more):
        assert person.name in body
    for name in ("manager", "former", "steward", "learning_partner"):
        assert cast[name].name not in body


def test_sizes_are_of_others(cast):
    reader = Reader(cast.practitioner)
    assert reader.others_in(reader.spaces[cast.peers.pk]) == 7
    assert reader.others_in(reader.spaces[cast.everyone.pk]) == 12
    assert reader.others_in(reader.spaces[cast.one_to_one.pk]) == 1
    assert reader.who_reads(reader.spaces[cast.peers.pk]) == "Early peers: 7 people"
    assert reader.who_reads(reader.spaces[cast.power_line.pk]) == "Kerb to desk: 1 person"
    assert reader.who_reads(reader.spaces[cast.one_to_one.pk]) == "Learning Partner Q and you"
    assert reader.who_reads(None) == "Only you"
    assert "everyone who can sign in" in reader.who_reads(reader.spaces[cast.wider.pk])


def test_sizes_follow_who_leaves(cast):
    actions.leave_space(space=cast.peers, by=cast.fellow)
    make.end_membership(person=cast.academic, partnership=cast.partnership)
    reader = Reader(cast.practitioner)
    assert reader.others_in(reader.spaces[cast.peers.pk]) == 5
    assert reader.others_in(reader.spaces[cast.everyone.pk]) == 11


def power(space):
    return power_among(space, list(space.members().with_roles().order_by("person__name")))


def test_power_is_told_by_roles_and_organisations(cast):
    found = power(cast.everyone)
    assert found.statement == ""
    # By role, and the member of the commissioning council is the same person.
    assert found.deciding == [cast.commissioner.name]
    assert found.managing == [cast.manager.name, cast.steward.name]


def test_peers_hold_none(cast):
    assert not power(cast.peers)


def test_members_of_a_paying_organisation_decide_but_for_its_practitioners(cast):
    for role in ("academic", "practitioner"):
        make.make_member(
            partnership=cast.partnership,
            person=make.make_person(name=f"Council {role}"),
            role=role,
            organisation=cast.council,
        )
    assert power(cast.everyone).deciding == [cast.commissioner.name, "Council academic"]


def test_a_manager_of_another_organisation_manages_nobody_here(cast):
    make.make_member(
        partnership=cast.partnership,
        person=make.make_person(name="Other manager"),
        role="manager",
        organisation=cast.council,
    )
    assert "Other manager" not in power(cast.everyone).managing


def test_a_space_across_the_power_line_has_said_it_itself(cast, page):
    found = power(cast.power_line)
    assert found.statement == "The manager decides about the rota."
    assert found.managing == found.deciding == []
    assert "The manager decides about the rota." in page(
        "practitioner", "partnerships:space-detail", cast.power_line.public_id
    )


def test_a_power_statement_is_kept_for_the_power_line_alone(cast):
    space = actions.open_space(
        partnership=cast.partnership, kind=Space.Kind.PEERS, name="P", power_statement="x", by=cast.fellow
    )
    assert space.power_statement == ""
