"""Organisations and their people, for those who look after them and read nothing by it (issue 3, 6)."""

import html
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import duties
from desk.models import AuditEvent
from partnerships import actions
from partnerships.models import Affiliation, Membership, Organisation
from tests import factories as make
from tests.signing_in import confirmed

LIST, NEW = reverse("partnerships:organisation-list"), reverse("partnerships:organisation-new")


def page_of(organisation):
    return reverse("partnerships:organisation-detail", args=[organisation.public_id])


def edit_of(organisation):
    return reverse("partnerships:organisation-edit", args=[organisation.public_id])


def person_of(verb, organisation, person):
    return reverse(f"partnerships:affiliation-{verb}", args=[organisation.public_id, person.public_id])


def time_of(person):
    return Affiliation.objects.of(person).current().get()


def main_of(response):
    body = html.unescape(response.content.decode())
    return body[body.find("<main") : body.find("</main")]


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(response)).split())


@pytest.fixture
def admin(cast, client_for):
    return client_for(cast.orgadmin)


@pytest.fixture
def site_admin(cast, client_for):
    return client_for(cast.site_admin)


# What is shown, and what never is -------------------------------------------------------------------------------


def test_the_lists_are_of_ones_own_and_a_site_admins_of_all(cast, admin, site_admin):
    assert "Doorway" in text_of(admin.get(LIST))
    assert "The council" not in text_of(admin.get(LIST))
    words = text_of(site_admin.get(LIST))
    assert "Doorway Non-profit. Looked after by Orgadmin Q." in words
    assert "The council Public body. Nobody looks after it yet." in words


def test_people_are_shown_with_job_and_since_when_and_partnerships_with_phase_and_members(cast, admin):
    actions.take_part(partnership=cast.partnership, organisation=cast.provider, ways=["provides"], by=cast.steward)
    words = text_of(admin.get(page_of(cast.provider)))
    assert re.search(r"Colleague Q Team support, Doorway Since \d+ \w+ 20\d\d", words)
    assert re.search(r"Orgadmin Q \(you\) Admin Since", words)
    assert "Early Shift Discovery" in words
    assert "Commissioner Q: Commissioner, The council" in words
    assert "Learning Partner Q: Consultant, Doorway, learning partner" in words
    assert "Former Q" not in words
    assert "@example.org" not in main_of(admin.get(page_of(cast.provider)))
    assert cast.partnership.slug not in main_of(admin.get(page_of(cast.provider))), "no way in"


def test_only_what_it_takes_part_in_is_named_and_no_draft(cast, admin, site_admin):
    actions.take_part(partnership=cast.unopened, organisation=cast.provider, ways=["hosts"], by=cast.steward)
    for browser in (admin, site_admin):
        page = main_of(browser.get(page_of(cast.provider)))
        for hidden in ("Not opened yet", cast.unopened.slug, "Supervision pair", "Early Shift"):
            assert hidden not in page


# Words of records, of tags and drafts, names of spaces, and what only members say to each other.
CANARIES = re.compile(
    r"canary|private words|private title|(everyone|peers|power_line|one_to_one|not named|wider|former|sibling"
    r"|supervision|withdrawn|response|draft) words|title in|own-tag|peers-tag|early peers|kerb to desk"
    r"|decides about the rota|what \w+ wants to learn|to learn what the early shift sees|not opened yet",
    re.I,
)


def canary_pages(cast):
    provider, colleague = cast.provider, cast["colleague"]
    return [
        LIST,
        page_of(provider),
        edit_of(provider),
        *[person_of(verb, provider, who) for verb in ("edit", "end") for who in (colleague, cast.orgadmin)],
    ]


@pytest.mark.parametrize("name", ["orgadmin", "site_admin"])
def test_no_page_shows_a_word_of_a_record_or_how_many_there_are(cast, client_for, name):
    """Before and after more is written everywhere, each page is the same to the byte."""
    browser = client_for(cast[name])
    for partnership in (cast.partnership, cast.sibling):
        actions.take_part(
            partnership=partnership, organisation=cast.provider, ways=["provides"], by=partnership.started_by
        )
    pages = canary_pages(cast)
    if name == "site_admin":
        pages += [NEW, page_of(cast.council), edit_of(cast.council), reverse("partnerships:site-settings-edit")]

    def read():
        answers = [browser.get(url) for url in pages]
        assert [answer.status_code for answer in answers] == [200] * len(pages)
        bodies = [html.unescape(answer.content.decode()) for answer in answers]
        return [re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", body) for body in bodies]

    before = read()
    for url, body in zip(pages, before, strict=True):
        assert not CANARIES.search(body), (url, CANARIES.search(body))
    # Colleague is no member; the fellow of Doorway is, and writes a great deal.
    for person in (cast.fellow, cast.practitioner):
        make.make_note(by=person, text="canary private", title="Canary", tags=["canary-tag"])
        make.make_shared_note(by=person, space=cast.everyone, text="canary shared")
        make.make_response(to=cast.everyone_note, by=person, text="canary response")
        make.make_draft(by=person, text="canary draft")
        make.make_space(partnership=cast.partnership, by=person, name=f"Canary of {person}", purpose="Canary")
        make.make_space(partnership=cast.partnership, by=person, kind="one_to_one", people=(cast.expert,))
        make.make_partnership(by=person, name="Canary draft", opened=False)
    assert read() == before


def test_the_log_of_changes_tells_of_nobodys_words_and_spaces(cast, site_admin):
    body = site_admin.get("/admin/desk/auditevent/").content.decode()
    assert "organisation.affiliate" in body
    assert "membership.end" in body
    for hidden in ("reflection.", "response.", "space.", "partnership.start", cast.unopened.slug):
        assert hidden not in body
    hidden = AuditEvent.objects.filter(kind="reflection").first()
    shown = AuditEvent.objects.filter(kind="membership").first()
    assert site_admin.get(f"/admin/desk/auditevent/{hidden.pk}/change/").status_code == 302
    assert site_admin.get(f"/admin/desk/auditevent/{shown.pk}/change/").status_code == 200


def test_more_partnerships_and_people_take_no_more_queries(cast, admin):
    admin.get("/healthz")

    def grow(number):
        for _one in range(number):
            partnership = make.make_partnership(by=cast.steward)
            for _member in range(2):
                make.make_member(partnership=partnership, organisation=make.make_organisation(by=cast.site_admin))
            actions.take_part(partnership=partnership, organisation=cast.provider, ways=["hosts"], by=cast.steward)
            actions.affiliate(person=make.make_person(), organisation=cast.provider, by=cast.orgadmin)
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(page_of(cast.provider)).status_code == 200
        return len(captured)

    few = grow(2)
    assert grow(12) <= few <= 12


# Adding and changing --------------------------------------------------------------------------------------------


def test_a_site_admin_adds_an_organisation_under_a_name_of_its_own(cast, site_admin):
    response = site_admin.post(NEW, {"name": "Larch Foundation", "kind": "funder"})
    assert response.url == page_of(Organisation.objects.get(name="Larch Foundation"))
    for taken in ("Larch Foundation", "larch foundation", " Doorway "):
        response = site_admin.post(NEW, {"name": taken, "kind": "alliance"})
        assert response.status_code == 422
        page = main_of(response)
        assert page.count("There is an organisation of that name already") == 2, "in the summary and beside the field"
        assert 'id="id_name_error"' in page
        assert f'value="{taken.strip()}"' in page or f'value="{taken}"' in page
        assert Organisation.objects.filter(name__iexact=taken.strip()).count() == 1
    assert site_admin.post(edit_of(cast.council), {"name": "DOORWAY", "kind": "funder"}).status_code == 422
    assert site_admin.post(edit_of(cast.council), {"name": "THE council", "kind": "funder"}).status_code == 302


@pytest.mark.parametrize("body", [{}, {"name": "", "kind": "funder"}, {"name": "x"}, {"name": "x", "kind": "pub"}])
def test_what_is_missing_is_asked_for(cast, site_admin, body):
    before = Organisation.objects.count()
    assert site_admin.post(NEW, body).status_code == 422
    assert Organisation.objects.count() == before


def test_an_admin_says_who_may_start_partnerships_and_leaves_the_name_alone(cast, admin):
    assert admin.post(edit_of(cast.provider), {"kind": "alliance", "members_may_start": "on"}).status_code == 302
    cast.provider.refresh_from_db()
    assert (cast.provider.name, cast.provider.kind, cast.provider.members_may_start) == ("Doorway", "alliance", True)
    forged = {"name": "Mine", "kind": "alliance"}
    assert admin.post(edit_of(cast.provider), forged).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.edit_organisation(
            organisation=cast.provider, name="Mine", kind="alliance", members_may_start=False, by=cast.orgadmin
        )
    cast.provider.refresh_from_db()
    assert cast.provider.name == "Doorway"


@pytest.mark.parametrize("name", ["steward", "practitioner", "outsider"])
def test_nobody_else_changes_an_organisation_or_its_people(cast, name):
    by, affiliation = cast[name], time_of(cast["colleague"])
    for do in (
        lambda: actions.edit_organisation(organisation=cast.provider, kind="funder", members_may_start=True, by=by),
        lambda: actions.change_affiliation(affiliation=affiliation, job="", by=by),
        lambda: actions.end_affiliation(affiliation=affiliation, by=by),
    ):
        with pytest.raises(PermissionDenied):
            do()


# People ---------------------------------------------------------------------------------------------------------


def test_a_site_admin_appoints_admins_and_nobody_else_does(cast, admin, site_admin):
    colleague = cast["colleague"]
    url = person_of("edit", cast.provider, colleague)
    assert "checkbox" not in main_of(admin.get(url))
    assert admin.post(url, {"job": "Team lead"}).status_code == 302
    assert time_of(colleague).job == "Team lead"
    assert admin.post(url, {"job": "x", "is_admin": "on"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.change_affiliation(affiliation=time_of(colleague), job="x", is_admin=True, by=cast.orgadmin)
    assert not duties.has_duties(colleague)
    confirmed(site_admin).post(url, {"job": "Team lead", "is_admin": "on"})
    assert time_of(colleague).is_admin
    # An admin who changes the job leaves the appointment alone; a site admin takes it back.
    admin.post(url, {"job": "Head"})
    assert (time_of(colleague).job, time_of(colleague).is_admin) == ("Head", True)
    site_admin.post(url, {"job": "Head"})
    assert not time_of(colleague).is_admin


def test_an_organisations_admin_carries_a_duty(cast):
    """A second step, and a computer that is taken for shared."""
    assert duties.has_duties(cast.orgadmin)
    actions.end_affiliation(affiliation=time_of(cast.orgadmin), by=cast.site_admin)
    assert not duties.has_duties(cast.orgadmin)


def test_ending_an_affiliation_closes_no_account_and_ends_no_membership(cast, admin, client_for):
    membership = make.membership_of(person=cast.practitioner, partnership=cast.partnership)
    actions.affiliate(person=cast.practitioner, organisation=cast.provider, by=cast.orgadmin)
    url = person_of("end", cast.provider, cast.practitioner)
    words = text_of(admin.get(url))
    assert "No account is closed by it." in words
    assert "No membership ends by it." in words
    assert admin.post(url).status_code == 302
    assert not Affiliation.objects.of(cast.practitioner).current().exists()
    cast.practitioner.refresh_from_db()
    assert cast.practitioner.is_active
    assert Membership.objects.current().filter(pk=membership.pk).exists()
    assert membership.held_role.organisation == cast.provider
    note = reverse("reflections:reflection-detail", args=[cast.private_note.public_id])
    assert client_for(cast.practitioner).get(note).status_code == 200
    assert admin.get(url).status_code == 404


def test_the_last_admin_is_ended_by_a_site_admin_only(cast, admin, site_admin):
    url = person_of("end", cast.provider, cast.orgadmin)
    assert "Who runs this site appoints another first." in text_of(admin.get(url))
    assert "<form" not in main_of(admin.get(url))
    response = admin.post(url)
    assert response.status_code == 409
    assert "Who runs this site appoints another first." in text_of(response)
    assert time_of(cast.orgadmin).is_admin
    assert "Afterwards nobody looks after its people but you." in text_of(site_admin.get(url))
    assert site_admin.post(url).status_code == 302
    assert admin.get(LIST).status_code == 404
    assert admin.get(page_of(cast.provider)).status_code == 404


def test_one_of_two_admins_may_go(cast, admin):
    actions.change_affiliation(affiliation=time_of(cast["colleague"]), job="", is_admin=True, by=cast.site_admin)
    response = admin.post(person_of("end", cast.provider, cast.orgadmin))
    assert response.url == reverse("accounts:profile")


def test_an_admin_who_cannot_sign_in_counts_for_nothing(cast):
    colleague = cast["colleague"]
    actions.change_affiliation(affiliation=time_of(colleague), job="", is_admin=True, by=cast.site_admin)
    colleague.is_active = False
    colleague.save()
    with pytest.raises(ValidationError):
        actions.end_affiliation(affiliation=time_of(cast.orgadmin), by=cast.orgadmin)


def test_what_has_ended_is_not_ended_twice(cast):
    affiliation = time_of(cast["colleague"])
    actions.end_affiliation(affiliation=affiliation, by=cast.orgadmin)
    with pytest.raises(ValidationError):
        actions.end_affiliation(affiliation=affiliation, by=cast.orgadmin)
    with pytest.raises(ValidationError):
        actions.change_affiliation(affiliation=affiliation, job="x", by=cast.orgadmin)


def test_each_change_leaves_one_event_without_words(cast):
    last = AuditEvent.objects.order_by("-pk").first().pk
    affiliation = time_of(cast["colleague"])
    actions.change_affiliation(affiliation=affiliation, job="canary job", is_admin=True, by=cast.site_admin)
    actions.end_affiliation(affiliation=affiliation, by=cast.site_admin)
    actions.edit_organisation(
        organisation=cast.council, name="Canary", kind="funder", members_may_start=True, by=cast.site_admin
    )
    actions.change_site_settings(
        run_by="Canary", members_may_start=False, concern_name="C", concern_email="c@example.org", by=cast.site_admin
    )
    events = AuditEvent.objects.filter(pk__gt=last)
    assert [event.action for event in events] == [
        "organisation.change_affiliation",
        "organisation.end_affiliation",
        "organisation.edit",
        "site.change_settings",
    ]
    assert not any("canary" in str(event.facts).lower() for event in events)


def test_the_profile_leads_there(cast, admin, site_admin, client_for):
    profile = reverse("accounts:profile")
    assert LIST in main_of(admin.get(profile))
    assert LIST in main_of(site_admin.get(profile))
    assert reverse("partnerships:site-settings-edit") in main_of(site_admin.get(profile))
    assert LIST not in main_of(client_for(cast.steward).get(profile))
