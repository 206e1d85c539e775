"""Where words go, and back (3-access, 3.1 "Never wider" and "Withdrawing"): sharing, undoing, taking back, deleting."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from partnerships import actions as partnership_actions
from records import actions
from records.models import Attribution, Record, Response
from reflections.models import Reflection
from tests import factories as make
from tests.cast import IN_EVERYONE, IN_PEERS, SIGNED_IN


@pytest.fixture
def me(cast):
    return cast.practitioner


@pytest.fixture
def note(me):
    return make.make_note(by=me, text="the words", title="The title")


def fresh(record):
    return Record.objects.get(pk=record.pk)


# Sharing --------------------------------------------------------------------------------------------------------


def test_sharing_moves_it_once_with_role_and_moment(cast, me, note):
    shared = fresh(make.share(note=note, space=cast.peers))
    assert (shared.space, shared.partnership, shared.role) == (cast.peers, cast.partnership, "practitioner")
    assert shared.shared_at
    assert shared.version == 2
    with pytest.raises(ValidationError):
        actions.share(note, space=cast.everyone, attribution="named", version=2, by=me)
    assert fresh(note).space == cast.peers


def test_only_its_author_shares_it(cast, note):
    for name in sorted(SIGNED_IN - {"practitioner"}):
        with pytest.raises(PermissionDenied):
            actions.share(note, space=cast.everyone, attribution="named", version=1, by=cast[name])
    assert fresh(note).is_private


def test_one_shares_into_spaces_one_is_in(cast, me, note):
    for space in (cast.sibling_everyone, cast.supervision_everyone):
        with pytest.raises(PermissionDenied):
            actions.share(note, space=space, attribution="named", version=1, by=me)
    partnership_actions.leave_space(space=cast.peers, by=me)
    with pytest.raises(PermissionDenied):
        actions.share(note, space=cast.peers, attribution="named", version=1, by=me)
    assert fresh(note).is_private


def test_a_version_that_was_not_looked_at_is_not_shared(cast, me, note):
    actions.edit(note, by=me, version=1, changes={"text": "changed elsewhere"}, key="e", form="reflection-edit")
    with pytest.raises(actions.StaleVersion):
        actions.share(note, space=cast.peers, attribution="named", version=1, by=me)
    assert fresh(note).is_private


def test_in_the_wider_field_everybody_signs(cast, me, note):
    shared = fresh(make.share(note=note, space=cast.wider))
    assert (shared.partnership, shared.role, shared.attribution) == (None, "", "named")


def test_the_page_before_names_every_reader_and_their_power(cast, me, note, client_for):
    url = reverse("reflections:reflection-share", args=[note.public_id])
    body = client_for(me).get(url, {"space": cast.everyone.public_id}).content.decode()
    for name in sorted(IN_EVERYONE - {"practitioner"}):
        assert cast[name].name in body, name
    assert "12" in body
    assert cast.former.name not in body
    body = client_for(me).get(url, {"space": cast.power_line.public_id}).content.decode()
    assert "The manager decides about the rota." in body


def test_looking_at_that_page_shares_nothing(cast, me, note, client_for):
    url = reverse("reflections:reflection-share", args=[note.public_id])
    browser = client_for(me)
    asked = {"space": cast.peers.public_id, "attribution": "not_named", "version": 1}
    for headers in ({}, {"HX-Request": "true", "HX-Target": "div#preview"}):
        assert browser.get(url, asked, headers=headers).status_code == 200
    assert browser.post(url, asked | {"preview": "1"}).status_code == 200
    assert fresh(note).is_private


def test_sharing_by_the_page(cast, me, note, client_for):
    url = reverse("reflections:reflection-share", args=[note.public_id])
    asked = {"space": cast.peers.public_id, "attribution": "not_named", "version": 1}
    browser = client_for(me)
    answer = browser.post(url, asked, follow=True)
    assert answer.redirect_chain[0][0] == note.get_absolute_url()
    assert "Early peers: 7 people" in answer.content.decode()
    assert fresh(note).attribution == Attribution.NOT_NAMED
    assert browser.post(url, asked).status_code == 302, "sent twice, it is shared once"


@pytest.mark.parametrize(
    "wrong", [{"version": 7}, {"attribution": ""}, {"attribution": "x"}, {"space": "x"}, {"version": ""}]
)
def test_what_is_wrong_on_that_page_is_said(cast, me, note, client_for, wrong):
    url = reverse("reflections:reflection-share", args=[note.public_id])
    asked = {"space": cast.peers.public_id, "attribution": "named", "version": 1} | wrong
    assert client_for(me).post(url, asked).status_code == 422
    assert fresh(note).is_private


def test_ones_own_responses_move_with_it(cast, me):
    note = make.make_shared_note(by=me, space=cast.peers)
    own = make.make_response(to=note, by=me)
    actions.undo_share(note, by=me)
    assert fresh(own).is_private
    make.share(note=Reflection.objects.get(pk=note.pk), space=cast.everyone)
    assert fresh(own).space == cast.everyone


# Undoing --------------------------------------------------------------------------------------------------------


def test_undoing_leaves_no_trace(cast, me, note, client_for):
    before = {
        field: getattr(fresh(note), field) for field in ("space", "shared_at", "edited_at", "attribution", "role")
    }
    shared = make.share(note=note, space=cast.peers, attribution=Attribution.NOT_NAMED)
    make.make_response(to=shared, by=me)
    actions.undo_share(shared, by=me)
    after = fresh(note)
    assert {field: getattr(after, field) for field in before} == before
    url = note.get_absolute_url()
    assert client_for(cast.fellow).get(url).status_code == 404
    assert client_for(me).get(url).status_code == 200


def test_it_is_refused_once_somebody_else_has_responded(cast, me, note):
    shared = make.share(note=note, space=cast.peers)
    make.make_response(to=shared, by=me)
    response = make.make_response(to=shared, by=cast.fellow)
    for _try in ("standing", "taken back"):
        with pytest.raises(ValidationError):
            actions.undo_share(shared, by=me)
        if not fresh(response).withdrawn_at:
            actions.withdraw(response, by=cast.fellow)
    assert fresh(shared).space == cast.peers


def test_it_works_where_one_has_taken_back_a_response_of_ones_own(cast, me, note):
    shared = make.share(note=note, space=cast.peers)
    own = make.make_response(to=shared, by=me)
    actions.withdraw(own, by=me)
    actions.undo_share(shared, by=me)
    assert fresh(shared).is_private
    assert fresh(own).is_private


def test_only_its_author_undoes_it(cast, me, note):
    shared = make.share(note=note, space=cast.everyone)
    for name in ("fellow", "steward", "learning_partner", "site_admin"):
        for action in (actions.undo_share, actions.withdraw, actions.delete):
            with pytest.raises(PermissionDenied):
                action(shared, by=cast[name])
    assert fresh(shared).space == cast.everyone


def test_what_is_private_or_taken_back_cannot_be_undone(cast, me, note):
    with pytest.raises(ValidationError):
        actions.undo_share(note, by=me)
    with pytest.raises(ValidationError):
        actions.undo_share(cast.withdrawn_note, by=me)


# Taking back ----------------------------------------------------------------------------------------------------


def test_readers_get_a_notice_without_title_or_text(cast, me, client_for):
    url = cast.withdrawn_note.get_absolute_url()
    for name in sorted(IN_EVERYONE - {"practitioner"}):
        answer = client_for(cast[name]).get(url)
        assert answer.status_code == 200
        body = answer.content.decode()
        assert "taken back" in body
        for gone in ("withdrawn words", "Withdrawn title", "withdrawn-tag"):
            assert gone not in body, (name, gone)


def test_nobody_else_gets_even_the_notice(cast, client_for):
    url = cast.withdrawn_note.get_absolute_url()
    for name in sorted(SIGNED_IN - IN_EVERYONE):
        assert client_for(cast[name]).get(url).status_code == 404, name


def test_its_author_still_reads_it(cast, me, client_for):
    body = client_for(me).get(cast.withdrawn_note.get_absolute_url()).content.decode()
    assert "withdrawn words" in body
    assert "Withdrawn title" in body


def test_the_responses_of_others_stay(cast, me, client_for):
    for name in ("fellow", "manager"):
        body = client_for(cast[name]).get(cast.withdrawn_note.get_absolute_url()).content.decode()
        assert "response to what was withdrawn" in body


def test_its_words_are_on_no_page_of_any_reader(cast, client_for):
    """Lists, filters, home, overview, the response's own page, and the form that somebody had open."""
    slug = cast.partnership.slug
    stream = reverse("records:stream", args=[slug])
    response = Response.objects.get(within=cast.withdrawn_note)
    browser = client_for(cast.manager)
    for url in (
        "/",
        stream,
        f"{stream}?tag=withdrawn-tag",
        f"{stream}?author={cast.practitioner.public_id}",
        reverse("partnerships:partnership-detail", args=[slug]),
        reverse("records:response-detail", args=[response.public_id]),
        reverse("reflections:notebook"),
    ):
        body = browser.get(url).content.decode()
        assert "withdrawn words" not in body, url
        assert "Withdrawn title" not in body, url


def test_words_typed_in_answer_meanwhile_are_given_back_without_the_words_taken_back(cast, client_for):
    url = reverse("records:response-new", args=[cast.withdrawn_note.public_id])
    answer = client_for(cast.fellow).post(url, {"text": "typed meanwhile", "verb": "say", "draft_key": "k1"})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "typed meanwhile" in body
    for gone in ("withdrawn words", "Withdrawn title", "withdrawn-tag"):
        assert gone not in body


def test_taking_back_is_once_and_only_of_what_is_shared(cast, me, note):
    with pytest.raises(ValidationError):
        actions.withdraw(note, by=me)
    with pytest.raises(ValidationError):
        actions.withdraw(cast.withdrawn_note, by=me)


def test_a_response_is_taken_back_too(cast, client_for):
    response = make.make_response(to=cast.peers_note, by=cast.fellow, text="a hasty answer")
    actions.withdraw(response, by=cast.fellow)
    page = cast.peers_note.get_absolute_url()
    for name in sorted(IN_PEERS - {"fellow"}):
        browser = client_for(cast[name])
        body = browser.get(page).content.decode()
        assert "a hasty answer" not in body
        assert "taken back" in body
        alone = browser.get(response.get_absolute_url()).content.decode()
        assert "a hasty answer" not in alone
    assert "a hasty answer" in client_for(cast.fellow).get(page).content.decode()


def test_after_leaving_one_can_still_take_ones_words_back(cast, client_for):
    url = reverse("reflections:reflection-withdraw", args=[cast.former_note.public_id])
    assert client_for(cast.former).post(url).status_code == 302
    assert "former words" not in client_for(cast.practitioner).get(cast.former_note.get_absolute_url()).content.decode()


# Deleting -------------------------------------------------------------------------------------------------------


def test_a_private_note_is_deleted_for_good(cast, me, client_for):
    url = reverse("reflections:reflection-delete", args=[cast.private_note.public_id])
    browser = client_for(me)
    assert "private words" in browser.get(url).content.decode()
    assert browser.post(url).status_code == 302
    assert not Record.objects.filter(pk=cast.private_note.pk).exists()
    assert browser.get(cast.private_note.get_absolute_url()).status_code == 404


def test_what_is_shared_is_never_deleted(cast, me, note):
    """By a page that was opened before it was shared neither."""
    opened_before = Reflection.objects.get(pk=note.pk)
    make.share(note=note, space=cast.peers)
    for stale in (opened_before, Reflection.objects.get(pk=note.pk), cast.withdrawn_note):
        with pytest.raises(ValidationError):
            actions.delete(stale, by=me)
    assert fresh(note).space == cast.peers


def test_ones_own_responses_go_with_it_answers_included(cast, me, note):
    shared = make.share(note=note, space=cast.peers)
    first = make.make_response(to=shared, by=me, verb="ask")
    make.make_response(to=shared, by=me, answers=first)
    actions.undo_share(shared, by=me)
    actions.delete(shared, by=me)
    assert not Record.objects.filter(author=me, within=note.pk).exists()


def test_the_row_of_the_kind_goes_too(cast, me, note):
    actions.delete(note, by=me)
    assert not Reflection.objects.filter(pk=note.pk).exists()
    assert not Record.objects.filter(pk=note.pk).exists()
