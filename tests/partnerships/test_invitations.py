"""Inviting: who may, whom, and what the mail says. Nobody is told whether an address has an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.mail import may_go
from desk.models import Outbox
from partnerships import actions
from partnerships.invitations import Invitee
from partnerships.models import Invitation, Role
from partnerships.models.invitations import hash_of
from tests import factories as make

from .inviting import ADDRESS, invited, mail_of, page, signed_in, text_of, token_of

pytestmark = pytest.mark.django_db


def test_who_looks_after_people_invites_and_a_member_does_not(place, steward):
    member = make.make_member(partnership=place).person
    partner = make.make_member(partnership=place, learning_partner=True).person
    actions.invite(place=place, invitee=Invitee(email=ADDRESS), by=partner)
    for person in (member, make.make_person()):
        with pytest.raises(PermissionDenied):
            actions.invite(place=place, invitee=Invitee(email="other@example.org"), by=person)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("duty", ["learning_partner", "steward"])
def test_only_a_steward_invites_with_a_duty(place, steward, duty):
    partner = make.make_member(partnership=place, learning_partner=True).person
    with pytest.raises(PermissionDenied):
        actions.invite(place=place, invitee=Invitee(email=ADDRESS, **{duty: True}), by=partner)
    actions.invite(place=place, invitee=Invitee(email=ADDRESS, **{duty: True}), by=steward)
    forged = signed_in(partner).post(
        reverse("partnerships:invitation-new", args=[place.slug]),
        {"email": "other@example.org", "role": "practitioner", duty: "on"},
    )
    assert forged.status_code == 403
    assert Invitation.objects.count() == 1


def test_nobody_is_invited_before_an_agreement_is_adopted(steward):
    draft = make.make_partnership(by=steward, opened=False)
    with pytest.raises(ValidationError) as caught:
        actions.invite(place=draft, invitee=Invitee(email=ADDRESS), by=steward)
    assert caught.value.code == "agreement"
    url = reverse("partnerships:invitation-new", args=[draft.slug])
    answer = signed_in(steward).post(url, {"email": ADDRESS, "role": "practitioner"})
    assert answer.status_code == 422
    assert reverse("partnerships:agreement-detail", args=[draft.slug]) in answer.text
    draft.refresh_from_db()
    assert draft.is_draft
    assert not Invitation.objects.exists()
    assert not Outbox.objects.exists()


def test_the_first_invitation_opens_a_draft_and_the_page_says_so_before(steward):
    draft = make.make_partnership(by=steward, opened=False)
    make.make_agreement(partnership=draft, by=steward)
    client, url = signed_in(steward), reverse("partnerships:invitation-new", args=[draft.slug])
    assert "The first invitation opens it" in client.get(url).text
    # One that is refused opens nothing.
    assert client.post(url, {"email": steward.email, "role": "practitioner"}).status_code == 422
    draft.refresh_from_db()
    assert draft.is_draft
    assert client.post(url, {"email": ADDRESS, "role": "practitioner"}).status_code == 302
    draft.refresh_from_db()
    assert not draft.is_draft
    assert "The first invitation opens it" not in client.get(url).text


def test_one_does_not_invite_oneself_by_any_of_ones_addresses(place, steward):
    EmailAddress.objects.create(user=steward, email="private@example.org", verified=True)
    for address in (steward.email, "private@example.org"):
        with pytest.raises(ValidationError) as caught:
            actions.invite(place=place, invitee=Invitee(email=address), by=steward)
        assert caught.value.code == "own"
    # One that somebody else could have added just as well says nothing.
    EmailAddress.objects.create(user=steward, email="not-shown@example.org", verified=False)
    actions.invite(place=place, invitee=Invitee(email="not-shown@example.org"), by=steward)


def test_a_members_main_address_is_refused_and_their_other_one_is_not_given_away(place, steward):
    member = make.make_member(partnership=place).person
    EmailAddress.objects.create(user=member, email="private@example.org", verified=True)
    with pytest.raises(ValidationError) as caught:
        actions.invite(place=place, invitee=Invitee(email=member.email), by=steward)
    assert caught.value.code == "there"
    _invitation, token = invited(place, steward, "private@example.org")
    there = signed_in(member).get(page(token))
    assert there.status_code == 200
    assert "already" in there.text
    assert place.get_absolute_url() in there.text


def test_an_open_invitation_is_sent_again_and_not_twice(place, steward):
    invitation, _token = invited(place, steward)
    answer = signed_in(steward).post(
        reverse("partnerships:invitation-new", args=[place.slug]), {"email": "NewComer@Example.org ", "role": "manager"}
    )
    assert answer.status_code == 422
    assert reverse("partnerships:invitation-renew", args=[place.slug, invitation.public_id]) in answer.text
    assert Outbox.objects.count() == 1
    # Elsewhere it is another matter.
    elsewhere = make.make_partnership(by=steward)
    make.make_agreement(partnership=elsewhere, by=steward)
    invited(elsewhere, steward)


def test_an_invitation_that_has_run_out_makes_room_for_another(place, steward):
    old, _token = invited(place, steward, name="Nora")
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    new, _token = invited(place, steward)
    old.refresh_from_db()
    assert (old.email, old.name) == ("", "")
    assert new.is_open


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b.org\r\nBcc: x@example.org",
        "a@b.org, c@d.org",
        "a\0@b.org",
        "a@b\ufffd.org",
        "a" * 260 + "@b.org",
    ],
)
def test_what_is_no_address_is_refused_beside_the_field(place, steward, address):
    url = reverse("partnerships:invitation-new", args=[place.slug])
    answer = signed_in(steward).post(url, {"email": address, "role": "practitioner"})
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.text
    assert not Outbox.objects.exists()


def test_nothing_typed_gets_into_the_head_of_the_mail(place, steward):
    url = reverse("partnerships:invitation-new", args=[place.slug])
    words = {"email": ADDRESS, "role": "practitioner"}
    for field in ("name", "own_words"):
        answer = signed_in(steward).post(url, words | {field: "Nora\r\nBcc: victim@example.org"})
        assert answer.status_code == 422
        assert f'id="id_{field}_error"' in answer.text
    invitation, _token = invited(place, steward, name="{user.__class__} %(x)s {{ 7 }}")
    sent = mail_of(invitation)
    assert sent["To"] == ADDRESS
    assert sent["Subject"] == "Stella Steward invites you to Early Shift"
    assert "Dear {user.__class__} %(x)s {{ 7 }}," in text_of(sent)
    assert set(sent.keys()) <= {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"
    }  # fmt: skip


def test_the_mail_says_who_what_which_role_what_others_see_until_when_and_how_to_decline(place, steward):
    invitation, token = invited(place, steward, name="Nora", role=Role.MANAGER, own_words="rota manager", steward=True)
    words = " ".join(text_of(mail_of(invitation)).split())
    until = timezone.localtime(invitation.expires_at)
    for said in (
        "Dear Nora,",
        "Stella Steward invites you",
        "Early Shift",
        "To see what the early shift sees.",
        "rota manager",
        "steward",
        "your name, your organisation, your role, and what you write in your profile",
        f"{until:%A} {until.day} {until:%B} {until.year}, {until:%H:%M}",
        f"/invitations/{token}/",
        f"/invitations/{token}/decline/",
    ):
        assert said in words, said
    html = mail_of(invitation).get_body(("html",)).get_content()
    assert f"/invitations/{token}/decline/" in html


def test_the_token_is_kept_nowhere_but_in_the_mail_that_waits(place, steward):
    invitation, token = invited(place, steward)
    assert invitation.token_hash == hash_of(token)
    # A page that is looked at writes it nowhere either.
    Client().get(page(token))
    holding = [
        model._meta.label
        for model in apps.get_models()
        for row in model._base_manager.values_list()
        if token in str(row) or any(isinstance(value, bytes | memoryview) and token in readable(value) for value in row)
    ]
    assert set(holding) == {"desk.Outbox"}
    Outbox.objects.get().delivered(keep_words=False)
    assert not any(token in readable(row.message) for row in Outbox.objects.all())


def readable(value):
    """Give a mail's text without the soft line breaks of its encoding."""
    return bytes(value).decode().replace("=\n", "").replace("=\r\n", "")


def test_an_address_with_an_account_is_told_apart_by_nothing(place, steward, monkeypatch):
    """The same pages and the same mail: for who has an account elsewhere, and who has none."""
    moment = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    known = make.make_person(email="aknown@example.org", name="Ann Known")
    url = reverse("partnerships:invitation-new", args=[place.slug])
    client, seen = signed_in(steward), []
    client.get("/healthz")
    for address in (known.email, "astray@example.org"):
        Invitation.objects.all().delete()
        Outbox.objects.all().delete()
        answer = client.post(url, {"email": address, "role": "practitioner", "name": "A. N. Other"})
        following = client.get(answer["Location"])
        invitation = Invitation.objects.get()
        secrets = (address, invitation.public_id, token_of(invitation))
        sent = text_of(mail_of(invitation)) + mail_of(invitation).get_body(("html",)).get_content()
        looked = Client().get(page(token_of(invitation)))
        texts = [answer["Location"], following.text, sent, looked.text]
        for secret in secrets:
            texts = [text.replace(secret, "…") for text in texts]
        texts = [re.sub(r'csrfmiddlewaretoken" value="\w+"', "", text) for text in texts]
        seen.append([f"{answer.status_code} {following.status_code} {looked.status_code}", *texts])
    for one, other in zip(*seen, strict=True):
        assert one.splitlines() == other.splitlines()


def test_the_mail_goes_only_while_the_invitation_can_be_accepted(place, steward):
    def row(of):
        return Outbox.objects.filter(about=of.public_id).first()

    invitation, _token = invited(place, steward)
    assert may_go(row(invitation))
    first = row(invitation)
    actions.renew_invitation(invitation=invitation, by=steward)
    assert not may_go(first), "its link is dead"
    assert may_go(row(invitation))
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    assert not may_go(row(invitation))
    partner = make.make_member(partnership=place, learning_partner=True)
    by_partner, _token = invited(place, partner.person, "second@example.org")
    assert may_go(row(by_partner))
    actions.end_membership(membership=partner, by=steward)
    assert not may_go(row(by_partner))


def test_withdrawing_and_declining_leave_no_mail_with_the_address(place, steward):
    for end in (
        lambda invitation: actions.withdraw_invitation(invitation=invitation, by=steward),
        lambda invitation: actions.decline_invitation(invitation=invitation),
    ):
        invitation, _token = invited(place, steward)
        end(invitation)
        assert not Outbox.objects.exists()
