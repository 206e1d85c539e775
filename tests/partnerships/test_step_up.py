"""A duty is given by somebody who showed just now that it is them: a session left open on a desk is not enough."""

import pytest
from django.urls import reverse

from partnerships.models import Affiliation, Invitation
from tests import factories as make
from tests.signing_in import confirmed

ASKED = reverse("account_reauthenticate")


def membership(cast, name):
    return make.membership_of(person=cast[name], partnership=cast.partnership)


def grants(cast):
    """Return each way to give a duty: who gives it, the page, what is sent, and whether it is given."""
    slug, expert = cast.partnership.slug, membership(cast, "expert")
    edit = reverse("partnerships:membership-edit", args=[slug, expert.public_id])
    leave = reverse("partnerships:membership-end", args=[slug, membership(cast, "steward").public_id])
    taking, giving = membership(cast, "fellow"), membership(cast, "learning_partner")
    invite = reverse("partnerships:invitation-new", args=[slug])
    appoint = reverse("partnerships:affiliation-edit", args=[cast.provider.public_id, cast["colleague"].public_id])
    admin_wanted = reverse("partnerships:organisation-invite", args=[cast.provider.public_id])
    pair = {"giving": giving.public_id, "taking": taking.public_id}
    new = {"email": "new@example.test", "name": "New", "role": "expert"}
    return {
        "steward": ("steward", edit, {"role": "expert", "steward": "on"}, _holds(expert, "is_steward")),
        "partner": (
            "steward",
            edit,
            {"role": "expert", "learning_partner": "on"},
            _holds(expert, "is_learning_partner"),
        ),
        "successor": ("steward", leave, {"successor": expert.public_id}, _holds(expert, "is_steward")),
        "hand over": (
            "steward",
            reverse("partnerships:hand-over-confirm", args=[slug]),
            pair,
            _holds(taking, "is_learning_partner"),
        ),
        "invitation": ("steward", invite, new | {"steward": "on"}, _invited(steward=True)),
        "admin": (
            "site_admin",
            appoint,
            {"job": "Lead", "is_admin": "on"},
            Affiliation.objects.current().filter(person=cast["colleague"], is_admin=True).exists,
        ),
        "admin invited": (
            "site_admin",
            admin_wanted,
            {"email": "new@example.test", "admin": "on"},
            _invited(organisation_admin=True),
        ),
    }


def _holds(membership, duty):
    return lambda: getattr(type(membership).objects.get(pk=membership.pk).held_role, duty)


def _invited(**duty):
    return Invitation.objects.filter(email="new@example.test", **duty).exists


WAYS = ["steward", "partner", "successor", "hand over", "invitation", "admin", "admin invited"]


@pytest.mark.parametrize("way", WAYS)
def test_a_duty_is_given_after_the_password_once_more_and_what_was_sent_is_done_then(cast, client_for, way):
    giver, page, sent, is_given = grants(cast)[way]
    browser = client_for(cast[giver])
    answer = browser.post(page, sent)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(ASKED)
    assert not is_given()
    wrong = browser.post(answer.headers["Location"], {"password": "not it"})
    assert wrong.status_code == 200
    assert not is_given()
    after = browser.post(answer.headers["Location"], {"password": make.PASSWORD})
    assert after.status_code == 302
    assert is_given()


@pytest.mark.parametrize("way", WAYS)
def test_who_just_showed_it_is_not_asked_again(cast, client_for, way):
    giver, page, sent, is_given = grants(cast)[way]
    answer = confirmed(client_for(cast[giver])).post(page, sent)
    assert answer.status_code == 302
    assert not answer.headers["Location"].startswith(ASKED)
    assert is_given()


def test_what_gives_no_duty_asks_nothing(cast, client_for):
    slug, expert, steward = cast.partnership.slug, membership(cast, "expert"), client_for(cast.steward)
    edit = reverse("partnerships:membership-edit", args=[slug, expert.public_id])
    assert ASKED not in steward.post(edit, {"role": "academic"}).headers["Location"]
    # A duty that somebody has, and keeps, is not given; nor is one that is taken away.
    partner = reverse("partnerships:membership-edit", args=[slug, membership(cast, "learning_partner").public_id])
    assert ASKED not in steward.post(partner, {"role": "academic", "learning_partner": "on"}).headers["Location"]
    assert ASKED not in steward.post(partner, {"role": "academic"}).headers["Location"]
    assert not membership(cast, "learning_partner").held_role.is_learning_partner
    assert (
        ASKED
        not in steward.post(reverse("partnerships:invitation-new", args=[slug]), {"email": "a@b.test"}).content.decode()
    )


def test_the_question_tells_nobody_that_something_is_there(cast, client_for):
    """Access comes first: who may not know of a page, or may not give the duty, is not asked for a password."""
    for way in grants(cast).values():
        assert client_for(cast.outsider).post(way[1], way[2]).status_code == 404
    edit = grants(cast)["steward"]
    assert client_for(cast.learning_partner).post(edit[1], edit[2]).status_code == 403
