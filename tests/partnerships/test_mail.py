"""What reaches somebody: chosen on one page, left by one click."""

import pytest
from django.test import Client
from django.urls import reverse

from desk.models import AuditEvent, MailChoice
from desk.unsubscribing import address_for, person_of, token_of
from partnerships.models import Mute
from tests import factories as make

PAGE = "/account/mail/"


def chosen(person):
    person.refresh_from_db()
    return person.mail_choice


def muted(person):
    return set(Mute.objects.filter(person=person).values_list("space", flat=True))


def test_straight_away_is_where_everybody_begins(cast, client_for):
    assert chosen(cast.practitioner) == MailChoice.STRAIGHT_AWAY
    page = client_for(cast.practitioner).get(PAGE).content.decode()
    assert 'value="straight_away"' in page
    assert page.count(" checked") == 1
    assert "Mails about signing in and invitations always come." in page


def test_it_is_saved_with_one_event(cast, client_for):
    browser = client_for(cast.practitioner)
    body = {"mail_choice": "weekly", "muted": [cast.peers.public_id, cast.one_to_one.public_id, cast.wider.public_id]}
    before = AuditEvent.objects.count()
    response = browser.post(PAGE, body, follow=True)
    assert response.redirect_chain == [(reverse("accounts:profile"), 302)]
    assert "Saved. This is what reaches you from now on." in response.content.decode()
    assert chosen(cast.practitioner) == MailChoice.WEEKLY
    assert muted(cast.practitioner) == {cast.peers.pk, cast.one_to_one.pk, cast.wider.pk}
    assert AuditEvent.objects.count() == before + 1
    browser.post(PAGE, {"mail_choice": "never", "muted": [cast.peers.public_id]})
    assert muted(cast.practitioner) == {cast.peers.pk}
    assert browser.get(PAGE).content.decode().count(" checked") == 2


def test_it_shows_ones_own_spaces_and_no_others(cast, client_for):
    page = client_for(cast.manager).get(PAGE).content.decode()
    assert "Kerb to desk" in page
    assert "Early peers" not in page
    for space in (cast.peers, cast.one_to_one, cast.sibling_everyone):
        assert space.public_id not in page


def test_a_space_that_one_is_not_in_cannot_be_named(cast, client_for):
    response = client_for(cast.manager).post(PAGE, {"mail_choice": "weekly", "muted": [cast.peers.public_id]})
    assert response.status_code == 422
    assert response.content.decode().count("<title>Error: ") == 1
    assert "Early peers" not in response.content.decode()
    assert chosen(cast.manager) == MailChoice.STRAIGHT_AWAY
    assert muted(cast.manager) == set()


def test_a_wish_about_a_space_that_one_has_left_stays(cast, client_for):
    """Who comes back does not get the mails that they had stopped."""
    Mute.objects.create(person=cast.former, space=cast.peers)
    client_for(cast.former).post(PAGE, {"mail_choice": "weekly"})
    assert muted(cast.former) == {cast.peers.pk}


def test_an_answer_is_needed(cast, client_for):
    response = client_for(cast.practitioner).post(PAGE, {"muted": [cast.peers.public_id]})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'class="error-summary"' in page
    assert page.count(" checked") == 1, "what was ticked is ticked still"


def test_it_leads_on_to_a_page_of_ours(cast, client_for):
    browser = client_for(cast.practitioner)
    onward = f"/partnerships/{cast.partnership.slug}/welcome/"
    page = browser.get(f"{PAGE}?next={onward}").content.decode()
    assert f'name="next" value="{onward}"' in page
    assert browser.post(PAGE, {"mail_choice": "weekly", "next": onward}).headers["Location"] == onward


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example", "http:///evil"]
)
def test_it_never_leads_elsewhere(cast, client_for, elsewhere):
    browser = client_for(cast.practitioner)
    assert "evil" not in browser.get(PAGE, {"next": elsewhere}).content.decode()
    response = browser.post(PAGE, {"mail_choice": "weekly", "next": elsewhere})
    assert response.headers["Location"] == reverse("accounts:profile")


def test_the_profile_leads_there(cast, client_for):
    page = client_for(cast.practitioner).get(reverse("accounts:profile")).content.decode()
    assert f'href="{PAGE}"' in page
    assert "Straight away" in page


@pytest.mark.parametrize("enforced", [True, False])
def test_a_mail_program_ends_the_mails_by_itself(cast, enforced):
    """No sign-in, no cookie, no token of a form (RFC 8058), with Django's protection switched on."""
    browser = Client(enforce_csrf_checks=enforced)
    response = browser.post(
        f"/unsubscribe/{token_of(cast.practitioner)}/",
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert chosen(cast.practitioner) == MailChoice.NEVER
    event = AuditEvent.objects.latest("pk")
    assert (event.actor, event.public_id) == (cast.practitioner, cast.practitioner.public_id)


def test_opening_the_link_changes_nothing_however_often(cast, client):
    """Mail scanners open every link, some of them five times."""
    events = AuditEvent.objects.count()
    for _time in range(5):
        response = client.get(f"/unsubscribe/{token_of(cast.practitioner)}/")
        assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<button") - page.count('type="button"') >= 1
    assert cast.practitioner.name not in page
    assert cast.practitioner.email not in page
    assert chosen(cast.practitioner) == MailChoice.STRAIGHT_AWAY
    assert AuditEvent.objects.count() == events


def test_pressing_it_twice_is_as_good_as_once(cast, client):
    for _time in range(2):
        assert client.post(f"/unsubscribe/{token_of(cast.practitioner)}/").status_code == 200
    assert AuditEvent.objects.filter(action="account.change").count() == 1


def test_a_link_ends_the_mails_of_one_person_whoever_is_signed_in(cast, client_for):
    client_for(cast.fellow).post(f"/unsubscribe/{token_of(cast.practitioner)}/")
    assert chosen(cast.practitioner) == MailChoice.NEVER
    assert chosen(cast.fellow) == MailChoice.STRAIGHT_AWAY


def forged(cast):
    token = token_of(cast.practitioner)
    public_id, _sign, signature = token.partition(":")
    return [
        public_id,
        f"{public_id}:",
        f"{cast.fellow.public_id}:{signature}",
        f"{token}x",
        "x",
        ":",
        "ü",
        "%00",
        token_of(type("Nobody", (), {"public_id": "AAAAAAAAAAAA"})),
    ]


def test_a_token_of_nobody_is_not_found(cast, client):
    for token in forged(cast):
        for method in ("get", "post"):
            assert getattr(client, method)(f"/unsubscribe/{token}/").status_code == 404, token
    assert {chosen(cast.practitioner), chosen(cast.fellow)} == {MailChoice.STRAIGHT_AWAY}


def test_a_token_is_for_this_and_nothing_else(cast):
    from django.core import signing

    assert person_of(token_of(cast.practitioner)) == cast.practitioner.public_id
    assert person_of(signing.Signer().sign(cast.practitioner.public_id)) == ""
    assert address_for(cast.practitioner).startswith("http://testserver/unsubscribe/")


def test_the_page_does_not_ask_more_with_more_spaces(cast, client_for, django_assert_max_num_queries):
    for _space in range(10):
        make.make_space(partnership=cast.partnership, by=cast.practitioner, people=(cast.fellow,))
    browser = client_for(cast.practitioner)
    browser.get("/healthz")
    with django_assert_max_num_queries(12):
        browser.get(PAGE)
