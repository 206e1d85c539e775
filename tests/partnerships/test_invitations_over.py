"""An invitation is good once, for seven days, and only while who invited may still invite."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from desk.models import AuditEvent
from partnerships import actions
from partnerships.invitations import Invitee, Standing, standing_of
from partnerships.models import Affiliation, Invitation, Membership, Role
from partnerships.models.invitations import hash_of
from tests import factories as make

from .inviting import ADDRESS, NEWCOMER, everything, invited, page, signed_in, token_of

pytestmark = pytest.mark.django_db


def test_it_is_good_once(place, steward):
    invitation, token = invited(place, steward)
    Client().post(page(token, "accept"), NEWCOMER)
    person = User.objects.get(email=ADDRESS)
    make.end_membership(person=person, partnership=place)
    for client in (Client(), signed_in(person), signed_in(make.make_person())):
        assert client.get(page(token)).status_code == 410
        assert client.post(page(token, "accept"), NEWCOMER | {"password": "another four words"}).status_code == 302
        assert client.post(page(token, "decline")).status_code == 302
    assert Membership.objects.filter(partnership=place, person=person).count() == 1
    with pytest.raises(ValidationError):
        actions.accept_invitation(invitation=invitation, by=person)
    invitation.refresh_from_db()
    assert standing_of(invitation) == Standing.ACCEPTED


def test_who_is_a_member_already_is_led_there(place, steward):
    person = make.make_person(email=ADDRESS)
    invitation, token = invited(place, steward)
    make.make_member(partnership=place, person=person)
    client = signed_in(person)
    assert place.get_absolute_url() in client.get(page(token)).text
    assert client.post(page(token, "accept"))["Location"] == page(token)
    assert Membership.objects.filter(person=person, partnership=place).count() == 1
    with pytest.raises(ValidationError):
        actions.accept_invitation(invitation=invitation, by=person)


def end_stay(place, steward, partner):
    actions.end_membership(membership=partner, by=steward)


def take_duty(place, steward, partner):
    held = partner.held_role
    actions.change_role(
        membership=partner, role=held.role, own_words="", organisation=None, learning_partner=False, steward=False,
        by=steward,
    )  # fmt: skip


def close_account(place, steward, partner):
    User.objects.filter(pk=partner.person_id).update(is_active=False)


@pytest.mark.parametrize("end", [end_stay, take_duty, close_account])
def test_it_holds_only_while_who_invited_may_still_invite(place, steward, end):
    partner = make.make_member(partnership=place, learning_partner=True)
    known = make.make_person(email="known@example.org")
    _one, to_newcomer = invited(place, partner.person)
    of_known, to_known = invited(place, partner.person, known.email)
    end(place, steward, partner)
    for client, token in ((Client(), to_newcomer), (signed_in(known), to_known)):
        looked = client.get(page(token))
        assert looked.status_code == 410
        assert "does not hold any more" in looked.text
        assert client.post(page(token, "accept"), NEWCOMER)["Location"] == page(token)
    with pytest.raises(ValidationError) as caught:
        actions.accept_invitation(invitation=of_known, by=known)
    assert caught.value.code == Standing.NOT_ALLOWED
    assert not User.objects.filter(email=ADDRESS).exists()
    # Sent again by somebody who may, it holds again.
    actions.renew_invitation(invitation=of_known, by=steward)
    assert signed_in(known).get(page(token_of(of_known))).status_code == 200


def test_a_duty_in_it_holds_only_while_who_invited_is_steward(place, steward):
    second = make.make_member(partnership=place, steward=True, learning_partner=True)
    with_duty, token = invited(place, second.person, learning_partner=True)
    plain, plain_token = invited(place, second.person, "plain@example.org")
    actions.change_role(
        membership=second, role="other", own_words="", organisation=None, learning_partner=True, steward=False,
        by=steward,
    )  # fmt: skip
    assert Client().get(page(token)).status_code == 410
    assert Client().get(page(plain_token)).status_code == 200
    # Nor can they send it again, and are told why.
    with pytest.raises(ValidationError) as caught:
        actions.renew_invitation(invitation=with_duty, by=second.person)
    assert caught.value.code == "duty"
    url = reverse("partnerships:invitation-renew", args=[place.slug, with_duty.public_id])
    assert signed_in(second.person).post(url).status_code == 409
    actions.renew_invitation(invitation=plain, by=second.person)


def test_expired_withdrawn_and_closed_have_their_pages(place, steward):
    invitation, token = invited(place, steward)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert_over(token, "has run out", Standing.EXPIRED)
    actions.renew_invitation(invitation=invitation, by=steward)
    token = token_of(invitation)
    type(place).objects.filter(pk=place.pk).update(opened_at=None)
    assert_over(token, "Nobody joins here now", Standing.CLOSED)
    type(place).objects.filter(pk=place.pk).update(opened_at=timezone.now())
    actions.withdraw_invitation(invitation=invitation, by=steward)
    assert_over(token, "has been withdrawn", Standing.WITHDRAWN)


def assert_over(token, words, standing):
    looked = Client().get(page(token))
    assert looked.status_code == 410
    assert words in looked.text
    assert ADDRESS not in looked.text
    assert Client().post(page(token, "accept"), NEWCOMER)["Location"] == page(token)
    assert Client().post(page(token, "decline"))["Location"] == page(token)
    assert not User.objects.filter(email=ADDRESS).exists()
    [invitation] = Invitation.objects.all()
    assert (standing_of(invitation), invitation.declined_at) == (standing, None)


def test_an_unknown_token_is_nothing(place, steward):
    for method in ("get", "post"):
        for name in ("detail", "accept", "decline"):
            if (method, name) != ("post", "detail"):
                assert getattr(Client(), method)(page("A" * 43, name)).status_code == 404


def test_declining_is_one_click_and_erases_name_and_address(place, steward):
    _invitation, token = invited(place, steward, name="Nora Newcomer")
    answer = Client().post(page(token, "decline"))
    assert answer["Location"] == page(token)
    thanks = Client().get(page(token))
    assert thanks.status_code == 200
    assert "Thank you" in thanks.text
    for words in everything().values():
        assert not any(ADDRESS in row or "Nora" in row for row in words)
    event = AuditEvent.objects.get(action="invitation.decline")
    assert event.actor is None
    # The list tells that somebody did, and not who.
    listed = signed_in(steward).get(reverse("partnerships:invitation-list", args=[place.slug])).text
    assert "One invitation was declined" in listed
    assert ADDRESS not in listed
    # It cannot be accepted, or declined, any more.
    assert Client().post(page(token, "accept"), NEWCOMER).status_code == 302
    assert not User.objects.filter(email=ADDRESS).exists()


def test_sent_again_it_has_a_new_link_and_seven_more_days_and_the_old_link_is_dead(place, steward):
    invitation, old = invited(place, steward)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    url = reverse("partnerships:invitation-renew", args=[place.slug, invitation.public_id])
    client = signed_in(steward)
    client.get(url)
    assert Invitation.objects.get().token_hash == hash_of(old)
    assert client.post(url).status_code == 302
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now() + timedelta(days=6, hours=23)
    assert token_of(invitation) != old
    assert Client().get(page(old)).status_code == 404
    assert Client().post(page(old, "accept"), NEWCOMER).status_code == 404
    assert Client().get(page(token_of(invitation))).status_code == 200


def test_what_is_answered_is_not_sent_again_nor_withdrawn(place, steward):
    invitation, token = invited(place, steward)
    Client().post(page(token, "accept"), NEWCOMER)
    client = signed_in(steward)
    for name in ("renew", "withdraw"):
        url = reverse(f"partnerships:invitation-{name}", args=[place.slug, invitation.public_id])
        assert client.post(url).status_code == 404
    for action in (actions.renew_invitation, actions.withdraw_invitation):
        with pytest.raises(ValidationError):
            action(invitation=invitation, by=steward)


def test_withdrawing_asks_first_and_erases_the_address(place, steward):
    invitation, token = invited(place, steward, name="Nora")
    url = reverse("partnerships:invitation-withdraw", args=[place.slug, invitation.public_id])
    client = signed_in(steward)
    assert ADDRESS in client.get(url).text
    assert Client().get(page(token)).status_code == 200
    assert client.post(url).status_code == 302
    invitation.refresh_from_db()
    assert (invitation.email, invitation.name) == ("", "")


def test_an_invitation_of_another_place_is_not_to_be_had(place, steward):
    other_steward = make.make_person()
    other = make.make_partnership(by=other_steward)
    invitation, _token = invited(place, steward)
    for name in ("renew", "withdraw"):
        url = reverse(f"partnerships:invitation-{name}", args=[other.slug, invitation.public_id])
        assert signed_in(other_steward).post(url).status_code == 404
    for action in (actions.renew_invitation, actions.withdraw_invitation):
        with pytest.raises(PermissionDenied):
            action(invitation=invitation, by=other_steward)


def test_the_list_says_who_which_role_until_when_and_nothing_of_accounts(place, steward, doorway):
    make.make_person(email="known@example.org", name="Ann Known")
    open_one, _token = invited(place, steward, name="Nora", role=Role.MANAGER, organisation=doorway)
    invited(place, steward, "known@example.org")
    old, _token = invited(place, steward, "old@example.org")
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    _gone, token = invited(place, steward, "here@example.org")
    Client().post(page(token, "accept"), NEWCOMER)
    text = signed_in(steward).get(reverse("partnerships:invitation-list", args=[place.slug])).text
    for said in (
        "Nora",
        ADDRESS,
        "Manager, Doorway",
        "known@example.org",
        "old@example.org",
        "Ran out",
        "Nora Newcomer",
    ):
        assert said in text, said
    assert "Ann Known" not in text
    assert "here@example.org" not in text
    assert reverse("partnerships:invitation-withdraw", args=[place.slug, open_one.public_id]) in text


def test_the_list_asks_as_often_for_many_as_for_few(place, steward, django_assert_max_num_queries):
    client, url = signed_in(steward), reverse("partnerships:invitation-list", args=[place.slug])
    client.get(url)
    for number in range(12):
        invited(place, steward, f"person{number}@invited.example", steward=True)
    with django_assert_max_num_queries(14):
        client.get(url)


def test_an_organisation_admin_invites_people_and_only_a_site_admin_an_admin(doorway, orgadmin, site_admin):
    with pytest.raises(PermissionDenied):
        actions.invite(place=doorway, invitee=Invitee(email=ADDRESS), by=make.make_person())
    with pytest.raises(PermissionDenied):
        actions.invite(place=doorway, invitee=Invitee(email=ADDRESS, admin=True), by=orgadmin)
    url = reverse("partnerships:organisation-invite", args=[doorway.public_id])
    assert signed_in(orgadmin).post(url, {"email": ADDRESS, "admin": "on"}).status_code == 403
    _invitation, token = invited(doorway, orgadmin, own_words="outreach worker")
    assert "Doorway" in Client().get(page(token)).text
    client = Client()
    assert client.post(page(token, "accept"), NEWCOMER)["Location"].startswith(reverse("partnerships:mail-edit"))
    affiliation = Affiliation.objects.get(person__email=ADDRESS)
    assert (affiliation.organisation, affiliation.job, affiliation.is_admin) == (doorway, "outreach worker", False)
    assert not Membership.objects.exists()
    _invitation, token = invited(doorway, site_admin, "chief@example.org", admin=True)
    Client().post(page(token, "accept"), NEWCOMER)
    assert Affiliation.objects.get(person__email="chief@example.org").is_admin


def test_an_organisations_invitation_holds_while_its_sender_is_admin(doorway, orgadmin, site_admin):
    _invitation, token = invited(doorway, orgadmin)
    assert Client().get(page(token)).status_code == 200
    actions.end_affiliation(affiliation=Affiliation.objects.get(person=orgadmin), by=site_admin)
    assert Client().get(page(token)).status_code == 410
    _invitation, token = invited(doorway, site_admin, "chief@example.org", admin=True)
    User.objects.filter(pk=site_admin.pk).update(is_staff=False)
    assert Client().get(page(token)).status_code == 410


def test_who_belongs_to_the_organisation_already_is_told_so(doorway, orgadmin, site_admin):
    person = make.make_person(email=ADDRESS)
    _invitation, token = invited(doorway, orgadmin)
    actions.affiliate(person=person, organisation=doorway, by=site_admin)
    client = signed_in(person)
    assert "already" in client.get(page(token)).text
    client.post(page(token, "accept"))
    assert Affiliation.objects.filter(person=person).count() == 1
    with pytest.raises(ValidationError) as caught:
        actions.invite(place=doorway, invitee=Invitee(email=ADDRESS), by=orgadmin)
    assert caught.value.code in {"there", "invited"}


def test_an_organisations_pages_work_as_a_partnerships_do(doorway, orgadmin):
    client = signed_in(orgadmin)
    url = reverse("partnerships:organisation-invite", args=[doorway.public_id])
    assert client.get(url).status_code == 200
    assert client.post(url, {"email": ADDRESS, "name": "Nora"}).status_code == 302
    invitation = Invitation.objects.get()
    listed = client.get(reverse("partnerships:organisation-invitation-list", args=[doorway.public_id])).text
    assert ADDRESS in listed
    for name in ("renew", "withdraw"):
        url = reverse(f"partnerships:organisation-invitation-{name}", args=[doorway.public_id, invitation.public_id])
        assert client.get(url).status_code == 200
        assert client.post(url).status_code == 302
    assert Invitation.objects.get().withdrawn_at
