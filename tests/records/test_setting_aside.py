"""Setting aside (3-access): by who looks after the space, with a reason; and by order of law, by address and unread."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from desk import drafts
from desk.models import AuditEvent, Draft, Notice
from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from records import actions
from records.folding import may_set_aside
from records.models import Record, SettingAside
from tests import factories as make
from tests.cast import IN_EVERYONE, IN_ONE_TO_ONE, IN_PEERS, IN_POWER_LINE, SIGNED_IN

from .test_folding import edit, fresh, legible_to, page

ORDERS, ORDER_NEW = "records:order-list", "records:order-new"


def order(cast, record, address="", reason="By the court."):
    actions.set_aside_by_order(
        address=address or record.get_absolute_url(), reason=reason, key=drafts.new_key(), by=cast.site_admin
    )


def who_may(cast, record):
    return {name for name in SIGNED_IN if may_set_aside(Reader(cast[name]), record)}


@pytest.fixture
def aside(cast):
    make.set_aside(record=cast.everyone_note, by=cast.steward, reason="A judgement on a colleague.")
    return fresh(cast.everyone_note)


# Who may ---------------------------------------------------------------------------------------------------------


def test_a_steward_in_the_space_else_who_opened_it_while_in_it_and_nobody_else(cast):
    assert who_may(cast, cast.everyone_note) == {"steward"}
    # The learning partner opened the one to one; the practitioner wrote the note, and opened the peers' space.
    assert who_may(cast, cast.one_to_one_note) == {"learning_partner"}
    assert who_may(cast, cast.not_named_note) == {"practitioner"}
    # Whoever opened it has left it.
    assert who_may(cast, cast.power_line_note) == set()
    assert who_may(cast, cast.wider_note) == set(), "there are no stewards in the wider field"
    make.admit(space=cast.peers, person=cast.steward, by=cast.practitioner)
    assert who_may(cast, cast.not_named_note) == {"steward"}


def test_nobody_about_their_own_words(cast):
    note = make.make_shared_note(by=cast.steward, space=cast.everyone)
    assert who_may(cast, note) == set()
    with pytest.raises(PermissionDenied):
        make.set_aside(record=note, by=cast.steward)


def test_where_its_author_is_the_only_steward_who_opened_the_space_may(cast):
    space = make.make_space(partnership=cast.partnership, by=cast.fellow, people=(cast.steward, cast.expert))
    note = make.make_shared_note(by=cast.steward, space=space)
    assert who_may(cast, note) == {"fellow"}
    other = make.make_shared_note(by=cast.expert, space=space)
    assert who_may(cast, other) == {"steward"}


@pytest.mark.parametrize(
    ("name", "inside"),
    [("everyone_note", IN_EVERYONE), ("power_line_note", IN_POWER_LINE), ("one_to_one_note", IN_ONE_TO_ONE)],
)
def test_the_action_asks_whoever_acts(cast, name, inside):
    allowed = who_may(cast, cast[name])
    for person in sorted(SIGNED_IN - allowed):
        with pytest.raises(PermissionDenied):
            make.set_aside(record=cast[name], by=cast[person])
    assert not fresh(cast[name]).set_aside_at


# From whom -------------------------------------------------------------------------------------------------------


def test_its_author_alone_reads_it_then_stewards_included(cast, aside):
    assert [name for name in sorted(IN_EVERYONE) if legible_to(cast[name], aside)] == ["practitioner"]
    make.end_membership(person=cast.practitioner, partnership=cast.partnership)
    assert not legible_to(cast.steward, aside)


def test_readers_and_author_find_the_reason(cast, client_for, aside):
    for name in sorted(IN_EVERYONE):
        body = client_for(cast[name]).get(aside.get_absolute_url()).content.decode()
        assert "A judgement on a colleague." in body, name
        assert ("everyone words" in body) == (name == "practitioner"), name
    assert client_for(cast.outsider).get(aside.get_absolute_url()).status_code == 404


def test_a_response_is_set_aside_alone(cast, client_for):
    make.set_aside(record=cast.response, by=cast.practitioner, reason="It says who.")
    assert [name for name in sorted(IN_PEERS) if legible_to(cast[name], cast.response)] == ["fellow"]
    body = client_for(cast.academic).get(cast.peers_note.get_absolute_url()).content.decode()
    assert "It says who." in body
    assert ">response words" not in body
    assert "peers words" in body


def test_responses_to_it_stay_and_there_are_no_new_ones(cast, client_for):
    make.make_response(to=cast.everyone_note, by=cast.manager, text="said before")
    make.set_aside(record=cast.everyone_note, by=cast.steward)
    browser = client_for(cast.expert)
    body = browser.get(cast.everyone_note.get_absolute_url()).content.decode()
    assert "said before" in body
    assert 'name="text"' not in body
    with pytest.raises(ValidationError):
        make.make_response(to=cast.everyone_note, by=cast.expert)
    url = reverse("records:response-new", args=[cast.everyone_note.public_id])
    assert browser.get(url).status_code == 404
    answer = browser.post(url, {"text": "typed before", "verb": "say", "draft_key": "k"})
    assert (answer.status_code, "typed before" in answer.content.decode()) == (422, True)


def test_what_was_typed_to_respond_is_found_again(cast, client_for, aside):
    draft = make.make_draft(by=cast.expert, form="response", about=aside.public_id, text="typed the day before")
    answer = client_for(cast.expert).get(drafts.address_of(draft))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "typed the day before" in body
    assert "takes no more responses" in body
    assert "everyone words" not in body
    assert Draft.objects.of(cast.expert).open().filter(pk=draft.pk).exists()


# What it changes, and does not -----------------------------------------------------------------------------------


def test_its_author_changes_it_and_takes_it_back_and_cannot_undo_sharing(cast, client_for, aside):
    edit(aside, cast.practitioner)
    assert fresh(aside).set_aside_at, "a change does not lift it"
    with pytest.raises(ValidationError, match="set aside"):
        actions.undo_share(fresh(aside), by=cast.practitioner)
    url = reverse("reflections:reflection-undo-share", args=[aside.public_id])
    assert client_for(cast.practitioner).get(url).status_code == 404
    actions.withdraw(fresh(aside), by=cast.practitioner)
    assert fresh(aside).withdrawn_at
    with pytest.raises(ValidationError):
        make.set_aside(record=cast.withdrawn_note, by=cast.steward)


def test_sharing_is_not_undone_around_a_response_that_was_set_aside(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    own = make.make_response(to=note, by=cast.practitioner)
    make.set_aside(record=own, by=cast.steward)
    with pytest.raises(ValidationError, match="set aside"):
        actions.undo_share(fresh(note), by=cast.practitioner)
    assert not fresh(note).is_private


def test_it_stays_folded_under_it(cast):
    make.fold(record=cast.everyone_note, by=cast.manager)
    make.set_aside(record=cast.everyone_note, by=cast.steward)
    actions.lift(cast.everyone_note, by=cast.steward)
    assert fresh(cast.everyone_note).folded_at
    assert not legible_to(cast.manager, cast.everyone_note)


def test_only_who_looks_after_the_space_lifts_it(cast, client_for, aside):
    for name in sorted(IN_EVERYONE - {"steward"}):
        with pytest.raises(PermissionDenied):
            actions.lift(aside, by=cast[name])
        assert client_for(cast[name]).get(page("lift", aside)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.lift(aside, by=cast.site_admin)
    with pytest.raises(ValidationError):
        actions.lift_order(public_id=aside.public_id, by=cast.site_admin)
    browser = client_for(cast.steward)
    assert browser.post(page("lift", aside)).status_code == 302
    assert legible_to(cast.manager, aside)
    assert browser.get(page("lift", aside)).status_code == 404
    assert browser.post(page("lift", aside)).status_code == 409


def test_a_steward_who_has_left_lifts_nothing(cast):
    make.admit(space=cast.peers, person=cast.steward, by=cast.practitioner)
    make.set_aside(record=cast.not_named_note, by=cast.steward)
    partnership_actions.leave_space(space=cast.peers, by=cast.steward)
    with pytest.raises(PermissionDenied):
        actions.lift(cast.not_named_note, by=cast.steward)
    # Now nobody but who opened it looks after it.
    actions.lift(cast.not_named_note, by=cast.practitioner)


def test_a_reason_is_asked_for_and_a_form_sent_twice_does_it_once(cast, client_for):
    browser, url = client_for(cast.steward), page("set-aside", cast.everyone_note)
    assert browser.post(url, {"text": "", "draft_key": "a"}).status_code == 422
    for _time in range(2):
        assert browser.post(url, {"text": "It must not stand here.", "draft_key": "b"}).status_code == 302
    assert SettingAside.objects.filter(record=cast.everyone_note).count() == 1
    assert browser.get(url).status_code == 409


def test_it_is_audited_with_keys_only_and_the_author_is_told(cast, aside):
    event = AuditEvent.objects.filter(public_id=aside.public_id).latest("pk")
    assert (event.action, event.actor, event.facts) == ("reflection.set_aside", cast.steward, {"by_order": False})
    assert Notice.objects.filter(kind="set_aside", person=cast.practitioner, about=aside.public_id).exists()


# By order of law -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["peers_note", "wider_note", "response", "not_named_note"])
def test_the_site_admin_sets_aside_by_address_what_they_cannot_read(cast, name):
    record = cast[name]
    order(cast, record, address=f"https://learn.example{record.get_absolute_url()}?from=mail")
    readers = IN_PEERS if name != "wider_note" else SIGNED_IN
    assert [person for person in sorted(readers) if legible_to(cast[person], record)] == [
        "practitioner" if name in {"peers_note", "wider_note"} else "fellow"
    ]


def test_a_response_is_known_by_the_address_of_the_page_it_stands_on(cast):
    order(cast, None, address=f"{cast.peers_note.get_absolute_url()}#response-{cast.response.public_id}")
    assert fresh(cast.response).set_aside_at
    assert not fresh(cast.peers_note).set_aside_at


def test_what_is_unknown_or_in_a_notebook_or_taken_back_gets_one_answer(cast, client_for):
    browser = client_for(cast.site_admin)
    answers = set()
    for address in (
        cast.private_note.get_absolute_url(),
        cast.withdrawn_note.get_absolute_url(),
        "/reflections/AAAAAAAAAAAA/",
        cast.partnership.get_absolute_url(),
        "not an address",
        "http://[",
        f"{cast.peers_note.get_absolute_url()}edit/",
    ):
        answer = browser.post(reverse(ORDER_NEW), {"address": address, "text": "By the court.", "draft_key": "k"})
        assert answer.status_code == 422, address
        answers.add(str(answer.context["form"].errors["address"]))
    assert len(answers) == 1
    assert not Record.objects.exclude(set_aside_at=None).exclude(space=cast.sibling_everyone).exists()


def test_the_site_admins_pages_show_nothing_of_it(cast, client_for):
    browser = client_for(cast.site_admin)
    sent = {"address": cast.peers_note.get_absolute_url(), "text": "By the court.", "draft_key": "k"}
    bodies = [browser.post(reverse(ORDER_NEW), sent, follow=True).content.decode()]
    bodies += [browser.get(reverse(ORDERS)).content.decode()]
    bodies += [browser.get(reverse("records:order-lift", args=[cast.peers_note.public_id])).content.decode()]
    for body in bodies:
        assert cast.peers_note.get_absolute_url() in body
        for hidden in ("peers words", cast.practitioner.name, "Early Shift", "Early peers"):
            assert hidden not in body
    assert browser.get(cast.peers_note.get_absolute_url()).status_code == 404


def test_only_a_site_admin_does_and_lifts_it(cast, client_for):
    order(cast, cast.everyone_note)
    for name in sorted(SIGNED_IN - {"site_admin"}):
        person = cast[name]
        with pytest.raises(PermissionDenied):
            actions.set_aside_by_order(address="/", reason="r", key="k", by=person)
        with pytest.raises(PermissionDenied):
            actions.lift_order(public_id=cast.everyone_note.public_id, by=person)
    with pytest.raises(ValidationError):
        actions.lift(cast.everyone_note, by=cast.steward)
    url = reverse("records:order-lift", args=[cast.everyone_note.public_id])
    assert client_for(cast.site_admin).post(url).status_code == 302
    assert legible_to(cast.manager, cast.everyone_note)
    assert client_for(cast.site_admin).get(url).status_code == 404


def test_readers_are_told_that_it_is_by_order_and_a_steward_adds_and_takes_nothing_by_it(cast, client_for):
    order(cast, cast.everyone_note, reason="Order 12 of the county court.")
    body = client_for(cast.manager).get(cast.everyone_note.get_absolute_url()).content.decode()
    assert "Order 12 of the county court." in body
    assert "by order of law" in body
    make.set_aside(record=cast.everyone_note, by=cast.steward)
    actions.lift_order(public_id=cast.everyone_note.public_id, by=cast.site_admin)
    assert not legible_to(cast.manager, cast.everyone_note), "each side lifts its own"
    actions.lift(cast.everyone_note, by=cast.steward)
    assert legible_to(cast.manager, cast.everyone_note)


def test_the_order_is_audited_and_stands_in_no_list_of_the_admin(cast, client_for):
    order(cast, cast.peers_note)
    event = AuditEvent.objects.filter(public_id=cast.peers_note.public_id).latest("pk")
    assert (event.action, event.facts) == ("reflection.set_aside", {"by_order": True})
    body = client_for(cast.site_admin).get(reverse("admin:desk_auditevent_changelist")).content.decode()
    assert cast.peers_note.public_id not in body
