"""What an invited person sees and answers. A mail scanner that looks five times changes nothing."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from partnerships import actions
from partnerships.actions.supervision import bring_partnerships
from partnerships.models import Invitation, Membership, Role
from tests import factories as make

from .inviting import ADDRESS, NEWCOMER, everything, invited, next_of, page, signed_in

pytestmark = pytest.mark.django_db


def test_five_looks_of_a_mail_scanner_change_nothing_and_the_link_still_works(place, steward):
    _invitation, token = invited(place, steward)
    before = everything()
    for name in ("detail", "accept", "decline"):
        for _look in range(5):
            scanner = Client()
            assert scanner.get(page(token, name)).status_code == 200
            assert scanner.head(page(token, name)).status_code == 200
    assert everything() == before
    assert Client().post(page(token, "accept"), NEWCOMER).status_code == 302
    assert Membership.objects.filter(partnership=place, person__email=ADDRESS).exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_only_a_post_answers(place, steward, method):
    _invitation, token = invited(place, steward)
    for name in ("accept", "decline"):
        assert getattr(Client(), method)(page(token, name)).status_code == 405
    assert Client().post(page(token)).status_code == 405


def test_answers_carry_the_token_of_the_form(place, steward):
    _invitation, token = invited(place, steward)
    strict = Client(enforce_csrf_checks=True)
    for name in ("accept", "decline"):
        assert strict.post(page(token, name), NEWCOMER).status_code == 403
    assert Invitation.objects.open().exists()


def test_the_page_tells_what_one_joins_and_names_no_member(place, steward):
    make.make_member(partnership=place, person=make.make_person(name="Mona Member"))
    _invitation, token = invited(place, steward, role=Role.COMMISSIONER, name="Nora")
    text = Client().get(page(token)).text
    agreement = place.agreements.adopted().first()
    for said in ("Stella Steward", "Early Shift", "Learning partnership", "To see what the early shift sees.",
                 "Commissioner", "Everyone in the partnership sees", *agreement.lines):  # fmt: skip
        assert said in text, said
    assert 'value="Nora"' in text
    assert "Mona Member" not in text
    assert ADDRESS not in text


def test_the_page_says_when_people_with_power_take_part_but_not_who(place, steward):
    _invitation, token = invited(place, steward)
    assert "decide about the money" not in Client().get(page(token)).text
    make.make_member(partnership=place, person=make.make_person(name="Cora Council"), role=Role.COMMISSIONER)
    text = Client().get(page(token)).text
    assert "decide about the money" in text
    assert "Cora Council" not in text


def test_a_newcomer_accepts_with_a_name_and_a_password_and_is_signed_in(place, steward, doorway):
    invitation, token = invited(place, steward, role=Role.MANAGER, own_words="rota manager", organisation=doorway)
    client = Client()
    answer = client.post(page(token, "accept"), NEWCOMER)
    person = User.objects.get(email=ADDRESS)
    membership = Membership.objects.get(person=person)
    held = membership.held_role
    assert person.name == "Nora Newcomer"
    assert (held.role, held.own_words, held.organisation) == (Role.MANAGER, "rota manager", doorway)
    assert EmailAddress.objects.get(user=person, verified=True, primary=True).email == ADDRESS
    invitation.refresh_from_db()
    assert invitation.accepted_by == person
    # Signed in by allauth's own stages, with the house's clock running.
    assert client.session["_auth_user_id"] == str(person.pk)
    assert "signed_in_at" in client.session
    # What reaches me, then the agreement, then the welcome; each page leads on.
    assert answer["Location"].startswith(reverse("partnerships:mail-edit"))
    mails = client.get(answer["Location"])
    assert mails.status_code == 200
    onward = client.post(answer["Location"], {"mail_choice": "weekly", "next": next_of(answer["Location"])})
    assert onward["Location"].startswith(reverse("partnerships:agreement-detail", args=[place.slug]))
    assert next_of(onward["Location"]) == reverse("partnerships:partnership-welcome", args=[place.slug])
    assert client.get(onward["Location"]).status_code == 200
    assert client.get(next_of(onward["Location"])).status_code == 200
    # And the password is theirs.
    again = Client()
    assert again.login(email=ADDRESS, password=make.PASSWORD)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "Nora\nBcc: x@example.org"), ("password", ""), ("password", "short"),
     ("password", "newcomer@example.org"), ("password", "password1234")],
)  # fmt: skip
def test_a_form_that_is_wrong_says_so_and_opens_no_account(place, steward, field, value):
    _invitation, token = invited(place, steward)
    answer = Client().post(page(token, "accept"), NEWCOMER | {field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert "<title>Error:" in answer.text
    assert make.PASSWORD not in answer.text
    if field == "password":
        assert 'value="Nora Newcomer"' in answer.text
    assert not User.objects.filter(email=ADDRESS).exists()
    assert Invitation.objects.open().exists()


def test_an_address_with_an_account_signs_in_first_and_nothing_else_changes(place, steward):
    known = make.make_person(email=ADDRESS, name="Ann Known")
    _invitation, token = invited(place, steward)
    client, before = Client(), everything()
    answer = client.post(page(token, "accept"), NEWCOMER)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert next_of(answer["Location"]) == page(token)
    assert everything() == before
    assert "_auth_user_id" not in client.session
    # The way through: signing in leads back, and there one button is enough.
    back = client.post(answer["Location"], {"login": ADDRESS, "password": make.PASSWORD})
    assert back["Location"] == page(token)
    looked = client.get(page(token))
    assert 'name="password"' not in looked.text
    onward = client.post(page(token, "accept"))
    assert onward["Location"].startswith(reverse("partnerships:agreement-detail", args=[place.slug]))
    assert Membership.objects.filter(person=known, partnership=place).exists()


def test_any_confirmed_address_of_the_account_will_do_and_no_other(place, steward):
    person = make.make_person()
    address = EmailAddress.objects.create(user=person, email=ADDRESS, verified=False)
    invitation, token = invited(place, steward)
    client = signed_in(person)
    assert "went to another address" in client.get(page(token)).text
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(invitation=invitation, by=person)
    address.verified = True
    address.save()
    assert client.post(page(token, "accept")).status_code == 302
    assert Membership.objects.filter(person=person, partnership=place).exists()


def test_a_forwarded_link_is_no_use_to_another_account(place, steward):
    other = make.make_person(name="Otto Other")
    invitation, token = invited(place, steward, name="Nora")
    client = signed_in(other)
    looked = client.get(page(token))
    assert looked.status_code == 200
    for said in ("went to another address", "Sign in as another person", reverse("account_email")):
        assert said in looked.text
    assert ADDRESS not in looked.text
    assert "Nora" not in looked.text
    assert client.post(page(token, "accept"), NEWCOMER)["Location"] == page(token)
    assert not Membership.objects.filter(person=other).exists()
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(invitation=invitation, by=other)
    # "Sign in as another person" comes back here.
    out = client.post(reverse("account_logout"), {"next": page(token)})
    assert out["Location"] == page(token)
    assert 'name="password"' in client.get(page(token)).text


def test_the_welcome_page_leads_to_writing_the_shelf_and_the_next_talk(place, steward):
    client, url = signed_in(steward), reverse("partnerships:partnership-welcome", args=[place.slug])
    empty = client.get(url).text
    assert "Nothing you write is shared until you choose" in empty
    assert f"{reverse('reflections:reflection-new')}?partnership={place.slug}" in empty
    assert reverse("mfa_add_webauthn") in empty
    assert "The next talk" not in empty
    type(place).objects.filter(pk=place.pk).update(talk_on=timezone.localdate(), talk_words="10am, the library")
    place.shelf_items.create(
        title="What we saw in autumn", address="https://example.org/autumn", position=1, added_by=steward,
        added_at=timezone.now(),
    )  # fmt: skip
    full = client.get(url).text
    for said in ("What we saw in autumn", "https://example.org/autumn", "10am, the library"):
        assert said in full
    type(place).objects.filter(pk=place.pk).update(talk_on=timezone.localdate() - timedelta(days=1))
    assert "10am, the library" not in client.get(url).text
    assert signed_in(make.make_person()).get(url).status_code == 404


def test_a_supervisor_is_told_kindly_why_they_cannot_take_part(place, steward):
    """What `admit_member` refuses, the page says, and nothing has begun."""
    supervisor = make.make_person(email=ADDRESS)
    supervision = make.make_partnership(by=supervisor, kind="supervision")
    supervises = make.membership_of(person=supervisor, partnership=supervision)
    actions.change_role(
        membership=supervises,
        role="other",
        own_words="",
        organisation=None,
        learning_partner=True,
        steward=True,
        by=supervisor,
    )
    partner = make.make_member(partnership=place, learning_partner=True, by=steward).person
    brings = make.make_member(partnership=supervision, person=partner, by=supervisor)
    bring_partnerships(membership=brings, partnerships=[place], by=partner)
    invitation, token = invited(place, steward)
    client = signed_in(supervisor)
    answer = client.post(page(token, "accept"))
    assert answer.status_code == 409
    assert "You supervise somebody who brings this partnership to you" in answer.text
    assert not Membership.objects.filter(person=supervisor, partnership=place).exists()
    invitation.refresh_from_db()
    assert invitation.is_open


def test_a_newcomer_with_a_duty_sets_up_a_second_step_before_anything_else(place, steward, settings):
    settings.SECOND_STEP_REQUIRED = True
    _invitation, token = invited(place, steward, steward=True)
    client = Client()
    answer = client.post(page(token, "accept"), NEWCOMER | {"remember": "on"})
    assert client.get(answer["Location"])["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    # Whatever they ticked, their computer is taken for shared.
    assert client.session["own_device"] is False


def test_on_ones_own_phone_one_stays_signed_in(place, steward):
    _invitation, token = invited(place, steward)
    for remember, own in ((["on"], True), ([], False)):
        client = Client()
        Invitation.objects.update(accepted_at=None, accepted_by=None, email=f"{own}@example.org".lower())
        client.post(page(token, "accept"), NEWCOMER | {"remember": remember})
        assert client.session["own_device"] is own


def test_whoever_accepts_twice_is_led_to_where_they_are(place, steward):
    """The link in the mail is pressed again, a week later."""
    _invitation, token = invited(place, steward)
    client = Client()
    client.post(page(token, "accept"), NEWCOMER)
    again = client.get(page(token))
    assert again.status_code == 200
    assert place.get_absolute_url() in again.text
