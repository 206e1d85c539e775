"""Two stewards at the same moment: exactly one remains, and the other is told what happened.

On SQLite these work on a file with the real settings (`file_database`), on PostgreSQL on the test database itself.
"""

import html

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from partnerships import actions
from partnerships.models import Affiliation, HeldRole, Membership
from tests import factories as make
from tests.records.test_two_at_once import at_once

ROUNDS = 3


@pytest.fixture
def two_stewards(file_database):
    """Give a partnership with two stewards and somebody else, and a browser for each of the two."""
    first, second = make.make_person(), make.make_person()
    partnership = make.make_partnership(by=first)
    stewards = [
        make.membership_of(person=first, partnership=partnership),
        make.make_member(partnership=partnership, person=second, steward=True),
    ]
    browsers = [Client(), Client()]
    for browser, steward in zip(browsers, stewards, strict=True):
        browser.force_login(steward.person)
        browser.get("/healthz")
    return partnership, stewards, browsers


def stewards_left(stewards):
    return HeldRole.objects.current().filter(is_steward=True, membership__in=stewards)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_who_end_each_other_leave_one(two_stewards, _round):
    partnership, stewards, browsers = two_stewards
    other = [
        reverse("partnerships:membership-end", args=[partnership.slug, stewards[1 - number].public_id])
        for number in (0, 1)
    ]
    answers = at_once(2, lambda number: browsers[number].post(other[number]))
    assert stewards_left(stewards).count() == 1
    assert Membership.objects.current().filter(pk__in=[row.pk for row in stewards]).count() == 1
    ended = 0 if stewards_left(stewards).get().membership == stewards[1] else 1
    assert answers[1 - ended].status_code == 302
    # Told by a sentence, where the page was let in before the end; nothing is there for who came after it.
    if answers[ended].status_code != 404:
        assert answers[ended].url == reverse("partnerships:partnership-list")
        page = html.unescape(browsers[ended].get(answers[ended].url).content.decode())
        assert "Your own membership was ended a moment ago, so nothing was changed." in page


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_who_leave_the_second_is_asked_to_name_another(two_stewards, _round):
    partnership, stewards, browsers = two_stewards
    third = make.make_member(partnership=partnership)
    own = [reverse("partnerships:membership-end", args=[partnership.slug, row.public_id]) for row in stewards]
    answers = at_once(2, lambda number: browsers[number].post(own[number]))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert stewards_left(stewards).count() == 1
    last = 0 if answers[0].status_code == 422 else 1
    page = html.unescape(answers[last].content.decode())
    assert "Choose who becomes steward." in page
    assert third.public_id in page
    assert browsers[last].post(own[last], {"successor": third.public_id}).status_code == 302


def test_two_admins_of_an_organisation_who_end_each_other_leave_one(file_database):
    site_admin = make.make_person(is_site_admin=True)
    organisation = make.make_organisation(by=site_admin)
    admins = [
        actions.affiliate(person=make.make_person(), organisation=organisation, is_admin=True, by=site_admin)
        for _admin in range(2)
    ]

    def end(number):
        actions.end_affiliation(
            affiliation=Affiliation.objects.select_related("organisation").get(pk=admins[1 - number].pk),
            by=admins[number].person,
        )
        return "done"

    assert sorted(at_once(2, end)) == ["PermissionDenied", "done"]
    assert Affiliation.objects.current().filter(organisation=organisation, is_admin=True).count() == 1


def test_one_name_for_two_organisations_at_once_is_refused_in_words(file_database):
    site_admin = make.make_person(is_site_admin=True)

    def add(number):
        try:
            return actions.add_organisation(name="Larch Foundation", kind="funder", by=site_admin).name
        except ValidationError as error:
            return error.message_dict["name"][0]

    assert sorted(at_once(2, add)) == ["Larch Foundation", "There is an organisation of that name already."]


def test_one_person_is_admitted_once(file_database):
    steward, person = make.make_person(), make.make_person()
    partnership = make.make_partnership(by=steward)

    def admit(number):
        make.make_member(partnership=partnership, person=person, by=steward)
        return "in"

    assert sorted(at_once(3, admit)) == ["ValidationError", "ValidationError", "in"]
