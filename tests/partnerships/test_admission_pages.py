"""The pages on which people are asked in, and answer: what each says to whom, and what none says."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from desk.models import Notice
from partnerships import actions, admission_news
from partnerships.models import Admission, Role
from tests import factories as make
from tests.access.asking import CSRF
from tests.cast import IN_EVERYONE

from .coming_in import at, stay_of, titles

# Asking in --------------------------------------------------------------------------------------------------------


def test_before_asking_one_sees_what_it_means(open_as, cast, small):
    address = at(cast, "space-ask", small.public_id)
    listed = open_as("practitioner", address)
    assert "Expert Q" in listed
    assert "Fellow Q" not in listed.partition("<main")[2]
    page = open_as("practitioner", f"{address}?member={stay_of(cast, 'expert').public_id}")
    assert "Expert Q would read everything that has been shared here, from the beginning." in page
    assert "Academic Q, Fellow Q." in page
    assert not small.admissions.pending().exists()


def test_asking_tells_the_person_and_all_inside_by_name(client_for, cast, small):
    client_for(cast.practitioner).post(
        at(cast, "space-ask", small.public_id), {"member": stay_of(cast, "expert").public_id}
    )
    assert "Practitioner Q asks you into Small one" in titles(cast, "expert")
    for name in ("fellow", "academic"):
        assert "Expert Q is asked into Small one" in titles(cast, name)
    for name in sorted(IN_EVERYONE - {"expert", "fellow", "academic"}):
        assert not [title for title in titles(cast, name) if "Small one" in title], name
    admission = small.admissions.get(membership__person=cast.expert)
    told = Notice.objects.filter(about=admission.public_id)
    assert {(row.person.name, row.kind) for row in told} == {
        ("Expert Q", "asked_in"),
        ("Fellow Q", "admission"),
        ("Academic Q", "admission"),
    }


def test_the_question_about_a_manager_must_be_answered(client_for, cast, small):
    browser = client_for(cast.practitioner)
    address = at(cast, "space-ask", small.public_id)
    member = {"member": stay_of(cast, "manager").public_id}
    question = "Manager Q manages people here. Is this still a space of peers?"
    assert question in browser.get(address, member).content.decode()
    answer = browser.post(address, member)
    assert answer.status_code == 422
    assert question in answer.content.decode()
    assert browser.post(address, member | {"still_peers": "no"}).url == small.get_absolute_url()
    assert not small.admissions.filter(membership__person=cast.manager).exists()
    browser.post(address, member | {"still_peers": "yes"})
    admission = small.admissions.get(membership__person=cast.manager)
    page = client_for(cast.fellow).get(admission_news.address_of(admission)).content.decode()
    assert question in page
    assert "silence is no yes here" in page


def test_who_cannot_be_asked_now_is_said(client_for, cast, small):
    admission = actions.ask_in(space=small, membership=stay_of(cast, "expert"), by=cast.fellow)
    actions.answer_admission(admission=admission, says_yes=False, by=cast.academic)
    member = {"member": stay_of(cast, "expert").public_id}
    answer = client_for(cast.practitioner).get(at(cast, "space-ask", small.public_id), member)
    assert answer.status_code == 422
    assert "Not now: Expert Q. This can be asked again from" in answer.content.decode()
    assert "Academic" not in answer.content.decode().partition("There is a problem")[2].partition("</div>")[0]


# What is shown of it ----------------------------------------------------------------------------------------------


def test_before_accepting_one_is_told_what_it_means(open_as, cast):
    page = open_as("expert", admission_news.address_of(cast["asked_in"]))
    assert "You will read everything shared here, also what was shared before. They will see your name." in page
    assert "Fellow Q" in page
    assert "Academic Q" in page


def test_a_no_is_shown_to_all_alike_and_without_a_name(open_as, client_for, cast, small):
    """Whoever said it: those inside read the same bytes, but for what is their own."""
    admission = actions.ask_in(space=small, membership=stay_of(cast, "expert"), by=cast.practitioner)
    client_for(cast.fellow).post(admission_news.address_of(admission), {"answer": "no"})
    for name in ("practitioner", "academic", "fellow"):
        page = open_as(name, small.get_absolute_url())
        assert "Expert Q: not now" in page
        assert "You said" not in page
        told = open_as(name, admission_news.address_of(admission)).partition("<main")[2]
        assert "Expert Q: not now" in told
        assert "Fellow Q" not in told
        assert 'name="answer"' not in told
    mine = open_as("expert", admission_news.address_of(admission)).partition("<main")[2]
    assert "Not now." in mine
    assert "Fellow Q" not in mine
    assert "You can ask again from" in open_as("expert", at(cast, "space-list"))


def test_declining_reads_as_not_now_too(open_as, client_for, cast, small):
    admission = actions.ask_in(space=small, membership=stay_of(cast, "expert"), by=cast.practitioner)
    client_for(cast.expert).post(admission_news.address_of(admission), {"answer": "no"})
    assert "Expert Q: not now" in open_as("fellow", small.get_absolute_url())


def test_nobody_sees_what_the_others_said(open_as, cast, small):
    """A page says who asked whom, since when, until when, and one's own answer: it is the same however others said."""
    admission = actions.ask_in(space=small, membership=stay_of(cast, "expert"), by=cast.practitioner)
    pages = [small.get_absolute_url(), admission_news.address_of(admission)]
    before = [strip(open_as("fellow", page)) for page in pages]
    actions.answer_admission(admission=admission, says_yes=True, by=cast.academic)
    actions.accept_admission(admission=admission, by=cast.expert)
    assert [strip(open_as("fellow", page)) for page in pages] == before
    actions.answer_admission(admission=admission, says_yes=True, by=cast.practitioner)
    mine = [strip(open_as("fellow", page)) for page in pages]
    assert mine == before


def strip(page):
    """Take out what differs from one request to the next."""
    return CSRF.sub(rb"", page.encode())


def test_answering_on_the_page(client_for, cast, small):
    admission = actions.ask_in(space=small, membership=stay_of(cast, "expert"), by=cast.practitioner)
    address = admission_news.address_of(admission)
    assert client_for(cast.expert).post(address, {"answer": "yes"}).url == at(cast, "space-list")
    for name in ("fellow", "academic"):
        assert client_for(cast[name]).post(address, {"answer": "yes"}).url == small.get_absolute_url()
    assert client_for(cast.expert).get(address).url == small.get_absolute_url()
    late = client_for(cast.fellow).post(address, {"answer": "no"})
    assert late.status_code == 409
    assert "This has been decided meanwhile." in late.content.decode()
    assert small.members().filter(person=cast.expert).exists()


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "perhaps"}])
def test_an_answer_that_is_none_changes_nothing(client_for, cast, sent):
    answer = client_for(cast.expert).post(admission_news.address_of(cast["asked_in"]), sent)
    assert answer.status_code == 422
    assert Admission.objects.get(pk=cast["asked_in"].pk).accepted_at is None


def test_power_that_came_between_page_and_answer_is_asked_about(client_for, cast, small):
    admission = actions.ask_in(space=small, membership=stay_of(cast, "consultant"), by=cast.practitioner)
    actions.change_role(
        membership=stay_of(cast, "consultant"),
        role=Role.MANAGER,
        own_words="",
        organisation=cast.provider,
        by=cast.steward,
    )
    address = admission_news.address_of(admission)
    answer = client_for(cast.fellow).post(address, {"answer": "yes"})
    assert answer.status_code == 422
    assert "Consultant Q manages people here." in answer.content.decode()
    assert client_for(cast.fellow).post(address, {"answer": "yes", "still_peers": "yes"}).status_code == 302


def test_new_power_is_asked_on_home_and_told_to_the_person(open_as, client_for, cast, small):
    make.admit(space=small, person=cast.consultant, by=cast.practitioner)
    actions.change_role(
        membership=stay_of(cast, "consultant"), role=Role.COMMISSIONER, own_words="", organisation=None, by=cast.steward
    )
    admission = small.admissions.pending().get()
    assert "Is Small one still a space of peers?" in titles(cast, "fellow")
    assert not [title for title in titles(cast, "consultant") if "Small one" in title]
    assert "Your role is another one now" in open_as("consultant", small.get_absolute_url())
    assert "You stay, unless one of them says no." in open_as("consultant", admission_news.address_of(admission))
    client_for(cast.fellow).post(admission_news.address_of(admission), {"answer": "no", "still_peers": "yes"})
    open_as("consultant", small.get_absolute_url(), status=404)
    told = open_as("consultant", admission_news.address_of(admission)).partition("<main")[2]
    assert "Not now." in told
    assert "Fellow Q" not in told


# By mail ----------------------------------------------------------------------------------------------------------


def test_mails_say_where_and_nobodys_name(cast, small):
    admission = actions.ask_in(space=small, membership=stay_of(cast, "expert"), by=cast.practitioner)
    line = admission_news.asked_in_line(cast.expert, admission.public_id)
    assert (line.place, line.words) == ("Early Shift", "You are asked into Small one")
    inside = admission_news.inside_line(cast.fellow, admission.public_id)
    assert inside.words == "Somebody may come into Small one: you are asked"
    for name in ("manager", "steward", "outsider", "practitioner", "fellow"):
        assert admission_news.asked_in_line(cast[name], admission.public_id) is None
    for name in ("manager", "steward", "expert", "practitioner"):
        assert admission_news.inside_line(cast[name], admission.public_id) is None
    pair = admission_news.asked_in_line(cast.expert, cast["asked_one_to_one"].public_id)
    assert pair.words == "You are asked into a one to one"


def test_a_mail_that_is_not_true_any_more_is_not_sent(cast, small):
    admission = actions.ask_in(space=small, membership=stay_of(cast, "expert"), by=cast.practitioner)
    actions.accept_admission(admission=admission, by=cast.expert)
    assert admission_news.asked_in_line(cast.expert, admission.public_id) is None
    cast.fellow.mutes.create(space=small)
    assert admission_news.inside_line(cast.fellow, admission.public_id) is None
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert admission_news.inside_line(cast.academic, admission.public_id) is None
