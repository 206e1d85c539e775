"""The pages about spaces: opening, joining, leaving, closing, and one to ones; and the check of the data."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnerships import actions, admission_news
from partnerships.models import Admission, Space
from partnerships.reader import Reader
from records.checks import broken_rules
from tests import factories as make
from tests.cast import IN_EVERYONE

from .coming_in import at, stay_of, titles

# Opening ----------------------------------------------------------------------------------------------------------


def test_a_space_is_opened_with_its_first_people_asked(client_for, cast):
    sent = {"name": "Rota talk", "purpose": "The rota.", "people": [stay_of(cast, "fellow").public_id]}
    answer = client_for(cast.practitioner).post(at(cast, "space-new") + "?kind=peers", sent)
    space = Space.objects.get(name="Rota talk")
    assert answer.url == space.get_absolute_url()
    assert space.purpose == "The rota."
    assert "Practitioner Q asks you into Rota talk" in titles(cast, "fellow")
    assert "Practitioner Q asks you into Rota talk" not in titles(cast, "academic")


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(client_for, cast):
    browser = client_for(cast.steward)
    for kind, sent, words in (
        ("peers", {"name": "", "purpose": "Kept words"}, "Give it a name."),
        ("peers", {"name": "Early peers", "purpose": "Kept words"}, "There is a space of that name here already."),
        ("peers", {"name": "N", "people": ["AAAAAAAAAAAA"], "purpose": "Kept words"}, "Somebody is no longer a member"),
        ("power_line", {"name": "N", "purpose": "Kept words"}, "Say in one sentence who holds power over whom."),
        ("peers", {"name": "n" * 81, "purpose": "Kept words"}, "at most 80 characters"),
        ("one_to_one", {}, "Choose the other person."),
        ("one_to_one", {"person": "AAAAAAAAAAAA"}, "That person is no longer a member here."),
    ):
        answer = browser.post(at(cast, "space-new") + f"?kind={kind}", sent)
        body = answer.content.decode()
        assert answer.status_code == 422
        assert words in body, words
        assert "<title>Error: " in body
        assert ("Kept words" in body) == ("purpose" in sent)


def test_who_holds_power_among_the_first_is_asked_about(client_for, cast):
    browser = client_for(cast.practitioner)
    people = [stay_of(cast, name).public_id for name in ("fellow", "manager")]
    sent = {"name": "Rota talk", "people": people}
    answer = browser.post(at(cast, "space-new") + "?kind=peers", sent)
    assert answer.status_code == 422
    assert "Manager Q manages people here. Is this still a space of peers?" in answer.content.decode()
    answer = browser.post(at(cast, "space-new") + "?kind=peers", sent | {"still_peers": "no"})
    assert "leave out who holds power" in answer.content.decode()
    assert not Space.objects.filter(name="Rota talk").exists()
    browser.post(at(cast, "space-new") + "?kind=peers", sent | {"still_peers": "yes"})
    assert Space.objects.get(name="Rota talk").admissions.count() == 2


def test_a_one_to_one_that_there_is_already_is_gone_to(client_for, cast):
    sent = {"person": stay_of(cast, "learning_partner").public_id}
    answer = client_for(cast.practitioner).post(at(cast, "space-new") + "?kind=one_to_one", sent)
    assert answer.url == cast.one_to_one.get_absolute_url()
    sent = {"person": stay_of(cast, "academic").public_id}
    answer = client_for(cast.expert).post(at(cast, "space-new") + "?kind=one_to_one", sent)
    asked = cast["asked_one_to_one"]
    assert answer.url == asked.space.get_absolute_url()
    assert asked.space.members().count() == 2


def test_the_kinds_offered_are_those_one_may_open(open_as, cast):
    assert "?kind=power_line" not in open_as("practitioner", at(cast, "space-new"))
    assert "?kind=power_line" in open_as("steward", at(cast, "space-new"))


def test_alone_or_as_two_the_page_makes_sense(client_for, cast):
    partnership = make.make_partnership(by=cast.outsider)
    address = reverse("partnerships:space-new", args=[partnership.slug])
    browser = client_for(cast.outsider)
    assert "Nobody else is here yet" in browser.get(address).content.decode()
    make.make_member(partnership=partnership, person=cast.expert)
    assert "There are two of you here." in browser.get(address).content.decode()
    assert browser.get(address + "?kind=one_to_one").content.decode().count('type="radio"') == 1
    assert "Power line" not in browser.get(address + "?kind=peers").content.decode()


# One to one -------------------------------------------------------------------------------------------------------


def test_only_the_two_know_of_a_one_to_one(client_for, cast):
    asked = cast["asked_one_to_one"]
    for name in sorted(IN_EVERYONE - {"academic", "expert"}):
        browser = client_for(cast[name])
        for address in (asked.space.get_absolute_url(), admission_news.address_of(asked)):
            assert browser.get(address).status_code == 404
        for page in (at(cast, "space-list"), at(cast, "people-list"), at(cast, "partnership-detail"), "/"):
            body = browser.get(page).content.decode()
            assert asked.space.public_id not in body
            assert asked.public_id not in body
    expert = client_for(cast.expert)
    assert expert.get(asked.space.get_absolute_url()).status_code == 404
    assert "Academic Q asks you into a one to one" in expert.get("/").content.decode()
    assert "Academic Q asks you into a one to one" in expert.get(at(cast, "space-list")).content.decode()


def test_who_opened_it_reads_plainly_that_the_other_has_not_accepted(open_as, cast):
    space = cast["asked_one_to_one"].space
    assert "Expert Q has not said yes yet." in open_as("academic", space.get_absolute_url())
    assert Reader(cast.academic).who_reads(space) == "Only you, until Expert Q has accepted"
    actions.accept_admission(admission=cast["asked_one_to_one"], by=cast.expert)
    assert Reader(cast.academic).who_reads(space) == "Expert Q and you"
    actions.leave_space(space=space, by=cast.expert)
    assert Reader(cast.academic).who_reads(space) == "Only you: Expert Q is not in it"


# Joining, leaving, closing ----------------------------------------------------------------------------------------


def test_asking_to_join_leads_from_the_list_and_back(client_for, open_as, cast, small):
    address = at(cast, "space-join", small.public_id)
    assert address in open_as("expert", at(cast, "space-list"))
    assert "Those inside see your name:" in open_as("expert", address)
    assert client_for(cast.expert).post(address).url == at(cast, "space-list")
    page = open_as("expert", at(cast, "space-list"))
    assert "You have asked to join Small one" in page
    assert address not in page
    for name in ("practitioner", "fellow", "academic"):
        assert "Expert Q asks to join Small one" in titles(cast, name)
    admission = small.admissions.get(membership__person=cast.expert)
    assert client_for(cast.expert).get(address).url == admission_news.address_of(admission)
    client_for(cast.expert).post(admission_news.address_of(admission), {"answer": "no"})
    assert not small.admissions.pending().exists()
    assert client_for(cast.fellow).get(address).url == small.get_absolute_url()


def test_who_holds_power_is_told_before_asking_to_join(open_as, cast, small):
    assert "You hold power over people there." in open_as("manager", at(cast, "space-join", small.public_id))
    assert "You hold power over people there." not in open_as("expert", at(cast, "space-join", small.public_id))


def test_after_a_no_the_page_says_from_when_one_may_ask_again(client_for, cast, small):
    admission = actions.ask_to_join(space=small, by=cast.expert)
    actions.answer_admission(admission=admission, says_yes=False, by=cast.fellow)
    browser, address = client_for(cast.expert), at(cast, "space-join", small.public_id)
    assert "Not now. You can ask again from" in browser.get(address).content.decode()
    assert browser.post(address).status_code == 409
    assert not small.admissions.pending().exists()


def test_leaving_says_what_stays_and_what_goes_dark(client_for, open_as, cast, small):
    address = at(cast, "space-leave", small.public_id)
    page = open_as("fellow", address)
    assert "What you wrote there stays yours" in page
    assert "What others wrote there goes dark for you." in page
    assert "You are the last one here" not in page
    assert client_for(cast.fellow).post(address).url == at(cast, "space-list")
    open_as("fellow", small.get_absolute_url(), status=404)
    actions.leave_space(space=small, by=cast.academic)
    assert "You are the last one here, so leaving closes it" in open_as("practitioner", address)


def test_closing_leaves_it_to_be_read_and_folds_it_away(client_for, open_as, cast, small):
    note = make.make_shared_note(by=cast.practitioner, space=small, title="Still there")
    address = at(cast, "space-close", small.public_id)
    client_for(cast.fellow).post(address)
    assert client_for(cast.academic).get(address).url == small.get_absolute_url()
    open_as("academic", note.get_absolute_url())
    assert "What you can still read" in open_as("academic", at(cast, "space-list"))
    assert "Small one" not in open_as("expert", at(cast, "space-list"))
    assert "Ask somebody in" not in open_as("academic", small.get_absolute_url())
    open_as("expert", at(cast, "space-join", small.public_id), status=404)


def test_everyone_has_none_of_these_buttons(open_as, cast):
    page = open_as("steward", cast.everyone.get_absolute_url())
    for words in ("Ask somebody in", "Leave this space", "Close it for all"):
        assert words not in page


def test_the_page_of_a_space_says_who_holds_power(open_as, cast, small):
    assert "manage people in this list:</strong> Manager Q, Steward Q" in open_as(
        "fellow", cast.everyone.get_absolute_url()
    )
    assert "The manager decides about the rota." in open_as("manager", cast.power_line.get_absolute_url())
    assert "notice--care" not in open_as("fellow", small.get_absolute_url())


# The data -----------------------------------------------------------------------------------------------------------


def test_the_check_of_the_data_finds_questions_that_lead_nowhere(cast, small):
    assert broken_rules() == []
    admission = actions.ask_in(space=small, membership=stay_of(cast, "expert"), by=cast.practitioner)
    assert broken_rules() == []
    copy = Admission(space=small, membership=admission.membership, kind="asked_in", asked_at=timezone.now())
    copy.closed_at, copy.outcome = timezone.now() + timedelta(days=1), Admission.Outcome.ADMITTED
    copy.save()
    assert [line.partition(":")[0] for line in broken_rules()] == ["Somebody is asked into a space twice at a time"]
    copy.delete()
    Space.objects.filter(pk=small.pk).update(closed_at=timezone.now())
    assert broken_rules() == [f"A question who comes in is open, and nobody can: admission {admission.pk}"]
    Space.objects.filter(pk=small.pk).update(closed_at=None)
    stay = stay_of(cast, "expert")
    stay.ended_at = timezone.now()
    stay.save()
    assert f"A question who comes in is open, and nobody can: admission {admission.pk}" in broken_rules()


def test_the_check_of_the_data_finds_a_second_one_to_one(cast):
    space = Space.objects.create(partnership=cast.partnership, kind=Space.Kind.ONE_TO_ONE, opened_by=cast.practitioner)
    for name in ("practitioner", "learning_partner"):
        space.places.create(membership=stay_of(cast, name))
    assert broken_rules() == [f"Two people have two one to ones: space {space.pk}"]


@pytest.mark.parametrize("page", ["home", "space"])
def test_many_questions_take_no_more_queries_than_few(client_for, cast, small, page):
    address = "/" if page == "home" else small.get_absolute_url()
    browser = client_for(cast.fellow)
    browser.get("/healthz")
    taken = []
    for _round in range(2):
        for _person in range(3):
            member = make.make_member(partnership=cast.partnership)
            actions.ask_in(space=small, membership=member, by=cast.practitioner)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1]
