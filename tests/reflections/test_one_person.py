"""One person as the reader: the one to one is made on the way, by the last button, and the other is asked first."""

import pytest
from django.core.exceptions import ValidationError

from partnerships import actions as partnership_actions
from partnerships.models import Admission, Space
from partnerships.reader import Reader
from records.actions import StaleVersion
from records.models import Record
from reflections import actions
from reflections.models import Reflection
from tests import factories as make

NEW = "/reflections/new/"


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


@pytest.fixture
def note(cast):
    return make.make_note(by=cast.practitioner, text="Words for one.")


def stay_of(cast, name):
    return make.membership_of(person=cast[name], partnership=cast.partnership)


def words(**fields):
    return {"draft_key": "k1", "text": "Words for one.", "person_level": "1"} | fields


def pairs():
    return Space.objects.filter(kind=Space.Kind.ONE_TO_ONE).count()


def share_page(note):
    return f"/reflections/{note.public_id}/share/"


def chosen(cast, name, **fields):
    return {"space": "one", "one": stay_of(cast, name).public_id} | fields


def reads(person, note):
    return Record.objects.visible_to(Reader(person)).filter(pk=note.pk).exists()


def test_choosing_one_person_saves_for_oneself_and_leads_to_the_page_that_shares(browser, cast):
    before = pairs()
    answer = browser.post(NEW, words(audience="one", one=stay_of(cast, "expert").public_id))
    note = Reflection.objects.get(submission="k1")
    assert note.is_private
    page = browser.get(answer.url).content.decode()
    assert "One person, and nobody else ever:" in page
    assert "Expert Q is asked as you share. Until Expert Q has said yes, nobody but you reads it." in page
    assert "Share with 1 person" in page
    assert pairs() == before


def test_the_last_button_opens_asks_and_shares(browser, cast, note):
    sent = chosen(cast, "expert", attribution="named", version="1")
    answer = browser.post(share_page(note), sent, follow=True)
    assert "Only you, until Expert Q has accepted" in answer.content.decode()
    note.refresh_from_db()
    assert note.space.kind == Space.Kind.ONE_TO_ONE
    assert not reads(cast.expert, note)
    admission = note.space.admissions.get()
    partnership_actions.accept_admission(admission=admission, by=cast.expert)
    assert reads(cast.expert, note)
    for name in ("fellow", "manager", "steward", "learning_partner", "academic", "site_admin"):
        assert not reads(cast[name], note), name


def test_who_has_a_one_to_one_already_gets_it(browser, cast, note):
    before = pairs()
    page = browser.get(share_page(note), chosen(cast, "learning_partner")).content.decode()
    assert "has said yes" not in page
    browser.post(share_page(note), chosen(cast, "learning_partner", attribution="named", version="1"))
    note.refresh_from_db()
    assert (note.space, pairs()) == (cast.one_to_one, before)


def test_sharing_with_who_has_asked_says_yes_to_that(client_for, cast):
    asked = cast["asked_one_to_one"]
    note = make.make_note(by=cast.expert)
    page = client_for(cast.expert).get(share_page(note), chosen(cast, "academic")).content.decode()
    assert "Academic Q has asked you into a one to one. With sharing you say yes to that" in page
    client_for(cast.expert).post(share_page(note), chosen(cast, "academic", attribution="named", version="1"))
    note.refresh_from_db()
    assert note.space == asked.space
    assert reads(cast.academic, note)


def test_while_the_other_has_not_accepted_the_pages_say_so(client_for, cast):
    space = cast["asked_one_to_one"].space
    note = make.make_note(by=cast.academic)
    browser = client_for(cast.academic)
    assert "Expert Q has not said yes yet, and reads nothing until then." in browser.get(NEW).content.decode()
    page = browser.get(f"{share_page(note)}?space={space.public_id}").content.decode()
    assert "Expert Q has not said yes to your one to one yet." in page
    assert "Share with 1 person" in page


def test_power_is_said_of_one_reader_too(browser, cast, note):
    page = browser.get(share_page(note), chosen(cast, "commissioner")).content.decode()
    assert "One of them decides about the service’s money:</strong> Commissioner Q" in page


def test_nothing_is_opened_where_nothing_can_be_shared(cast, note):
    before = pairs()
    how = {"membership": stay_of(cast, "expert"), "by": cast.practitioner}
    with pytest.raises(StaleVersion):
        actions.share_with_one(note, attribution="named", version=7, **how)
    with pytest.raises(ValidationError):
        actions.share_with_one(note, attribution="not_named", version=1, **how)
    assert pairs() == before
    assert not Admission.objects.filter(asked_by__person=cast.practitioner, membership__person=cast.expert).exists()


def test_who_would_rather_not_is_not_asked_again_at_once(browser, cast, note):
    space = partnership_actions.open_one_to_one(membership=stay_of(cast, "expert"), by=cast.practitioner)
    partnership_actions.decline_admission(admission=space.admissions.get(), by=cast.expert)
    answer = browser.post(share_page(note), chosen(cast, "expert", attribution="named", version="1"))
    assert answer.status_code == 422
    assert "Not now: Expert Q." in answer.content.decode()
    note.refresh_from_db()
    assert note.is_private


@pytest.mark.parametrize("one", ["", "AAAAAAAAAAAA", "\0"])
def test_one_person_must_be_somebody(browser, cast, one):
    answer = browser.post(NEW, words(audience="one", one=one))
    assert answer.status_code == 422
    assert "Words for one." in answer.content.decode()
    assert not Reflection.objects.filter(submission="k1").exists()


def test_nobody_of_another_partnership_is_offered(browser, cast, note):
    outsider = make.membership_of(person=cast.outsider, partnership=cast.sibling)
    page = browser.get(NEW).content.decode()
    assert cast.outsider.name not in page
    assert "Expert Q, Expert by experience" in page
    for one in (outsider.public_id, cast.former.memberships.get().public_id, stay_of(cast, "practitioner").public_id):
        assert browser.get(share_page(note), {"space": "one", "one": one}).status_code == 422
        assert f'value="{one}"' not in page


def test_the_address_can_name_the_person(browser, cast):
    one = stay_of(cast, "expert").public_id
    form = browser.get(NEW, {"one": one}).context["form"]
    assert (form["audience"].value(), form["one"].value()) == ("one", one)
    for wrong in ("AAAAAAAAAAAA", cast.former.memberships.get().public_id, "\0"):
        assert browser.get(NEW, {"one": wrong}).context["form"]["audience"].value() == "me"


def test_a_draft_keeps_the_person(browser, cast):
    one = stay_of(cast, "expert").public_id
    browser.post("/drafts/k1/", words(audience="one", one=one, draft_form="reflection", draft_about=""))
    form = browser.get(NEW, {"draft": "k1"}).context["form"]
    assert (form["audience"].value(), form["one"].value()) == ("one", one)


def test_who_is_alone_is_offered_nobody(client_for, cast):
    page = client_for(cast.orgadmin).get(NEW).content.decode()
    assert "One person" not in page


def test_the_person_can_be_chosen_later_on(browser, cast, note):
    page = browser.get(share_page(note)).content.decode()
    assert 'name="one"' in page
    assert browser.get(share_page(note), {"space": "one"}).status_code == 422
