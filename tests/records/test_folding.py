""" "This could identify somebody" (3-access, "Setting aside"): folded at once for all but the author, by any reader."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from desk import drafts
from desk.models import AuditEvent, Notice
from partnerships import actions as partnership_actions
from partnerships.asked import asked_of
from partnerships.models import HeldRole
from partnerships.reader import Reader
from records import actions
from records.access import record_or_404
from records.folding import may_put_back, why_not_fold
from records.models import Fold, Record, Response
from records.models.record import WORDS
from reflections.models import Reflection
from tests import factories as make
from tests.cast import IN_EVERYONE, IN_PEERS, SIGNED_IN

OTHERS = sorted(IN_EVERYONE - {"practitioner"})


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def page(name, record):
    return reverse(f"records:record-{name}", args=[record.kind, record.public_id])


def legible_to(person, record):
    """Say whether the person gets the words: asked in each of the ways in which the house asks, which must agree."""
    reader = Reader(person)
    rows = Record.objects.visible_to(reader).filter(pk=record.pk)
    row = rows.for_rows(reader).get()
    through_the_door = record_or_404(reader, type(record), record.public_id)
    answers = {
        not fresh(record).words_withheld_from(person),
        rows.with_words_for(reader).exists(),
        rows.for_rows_with_words(reader).exists(),
        bool(row.shown_title or row.excerpt),
        not row.words_withheld,
        any(getattr(through_the_door, name) for name in WORDS),
    }
    assert len(answers) == 1, answers
    return answers.pop()


def put_back(record, by, reason="Nobody can be recognised."):
    actions.put_back(record, reason=reason, key=drafts.new_key(), by=by)


def edit(record, by, **changes):
    changes = changes or {"text": "changed words"}
    now = fresh(record)
    actions.edit(now, by=by, version=now.version, changes=changes, key=drafts.new_key(), form=f"{record.kind}-edit")


@pytest.fixture
def folded(cast):
    make.fold(record=cast.everyone_note, by=cast.manager, words="It is the street.")
    return fresh(cast.everyone_note)


def gone(cast, name="practitioner"):
    make.end_membership(person=cast[name], partnership=cast.partnership)


# From whom -------------------------------------------------------------------------------------------------------


def test_everybody_reads_it_before_and_only_its_author_after(cast):
    assert all(legible_to(cast[name], cast.everyone_note) for name in IN_EVERYONE)
    make.fold(record=cast.everyone_note, by=cast.expert)
    assert [name for name in sorted(IN_EVERYONE) if legible_to(cast[name], cast.everyone_note)] == ["practitioner"]


def test_a_response_is_folded_like_a_note(cast):
    make.fold(record=cast.response, by=cast.practitioner)
    assert [name for name in sorted(IN_PEERS) if legible_to(cast[name], cast.response)] == ["fellow"]
    assert legible_to(cast.academic, cast.peers_note), "what it responds to is another matter"


def test_so_it_is_in_the_wider_field(cast):
    make.fold(record=cast.wider_note, by=cast.outsider)
    assert [name for name in sorted(SIGNED_IN) if legible_to(cast[name], cast.wider_note)] == ["practitioner"]


def test_once_the_author_is_gone_a_steward_in_the_space_reads_it_to_judge(cast, folded):
    gone(cast)
    assert [name for name in OTHERS if legible_to(cast[name], folded)] == ["steward"]
    assert legible_to(cast.practitioner, folded), "one's own words"


def test_a_closed_account_is_gone_as_well(cast, folded):
    cast.practitioner.is_active = False
    cast.practitioner.save()
    assert legible_to(cast.steward, folded)


def test_no_steward_reads_it_who_is_not_in_the_space(cast):
    """The steward opened this space and left it: 3.1, no other way in."""
    make.fold(record=cast.peers_note, by=cast.academic)
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    assert not [name for name in IN_PEERS - {"practitioner"} if legible_to(cast[name], cast.peers_note)]
    assert not Record.objects.visible_to(Reader(cast.steward)).filter(pk=cast.peers_note.pk).exists()


def test_a_steward_who_comes_into_the_space_reads_it_and_no_learning_partner(cast):
    make.fold(record=cast.one_to_one_note, by=cast.learning_partner)
    partnership_actions.leave_space(space=cast.one_to_one, by=cast.practitioner)
    assert not legible_to(cast.learning_partner, cast.one_to_one_note)
    held = HeldRole.objects.current().filter(membership__person=cast.learning_partner)
    held.filter(membership__partnership=cast.partnership).update(is_steward=True)
    assert legible_to(cast.learning_partner, cast.one_to_one_note)


def test_the_author_comes_back_and_the_steward_reads_it_no_more(cast, folded):
    gone(cast)
    make.make_member(partnership=cast.partnership, person=cast.practitioner, by=cast.steward)
    assert not legible_to(cast.steward, folded)


def test_in_a_space_of_places_being_a_member_is_not_being_there(cast):
    make.fold(record=cast.peers_note, by=cast.academic)
    make.admit(space=cast.peers, person=cast.steward, by=cast.fellow)
    assert not legible_to(cast.steward, cast.peers_note)
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    assert legible_to(cast.steward, cast.peers_note)


# Folding ---------------------------------------------------------------------------------------------------------


def test_only_readers_fold(cast):
    for name in sorted(SIGNED_IN - IN_EVERYONE):
        with pytest.raises(PermissionDenied):
            make.fold(record=cast.everyone_note, by=cast[name])
    with pytest.raises(PermissionDenied):
        make.fold(record=cast.private_note, by=cast.fellow)
    assert not Fold.objects.filter(record=cast.everyone_note).exists()


def test_it_is_folded_once_and_never_ones_own_nor_what_nobody_reads(cast, folded):
    for record, by, words in (
        (folded, cast.fellow, "folded it already"),
        (cast.power_line_note, cast.practitioner, "This is yours"),
        (cast.withdrawn_note, cast.manager, "taken it back"),
        (cast["aside_note"], cast.outsider, "set aside"),
    ):
        with pytest.raises(ValidationError, match=words):
            make.fold(record=record, by=by)
    assert Fold.objects.open().filter(record=folded).count() == 1


def test_a_form_sent_twice_folds_once(cast):
    for _time in range(2):
        actions.fold(cast.everyone_note, version=2, words="w", key="one-form", by=cast.manager)
    assert cast.everyone_note.folds.count() == 1
    with pytest.raises(actions.AlreadySent):
        actions.fold(cast.everyone_note, version=2, words="other words", key="one-form", by=cast.manager)


def test_what_its_author_changed_meanwhile_is_looked_at_again(cast, client_for):
    url, browser = page("fold", cast.everyone_note), client_for(cast.manager)
    form = browser.get(url).context["form"]
    edit(cast.everyone_note, cast.practitioner)
    sent = {"text": "it is the street", "version": form["version"].value(), "draft_key": form.key}
    answer = browser.post(url, sent)
    assert answer.status_code == 422
    assert "it is the street" in answer.content.decode()
    assert not fresh(cast.everyone_note).folded_at
    again = answer.context["form"]
    assert browser.post(url, sent | {"version": again["version"].value(), "draft_key": again.key}).status_code == 302
    assert fresh(cast.everyone_note).folded_at


def test_its_author_who_was_changing_it_is_told_before_they_save_over_it(cast, client_for, folded):
    """The fold takes a version, so that an edit begun before it does not open the text by chance."""
    with pytest.raises(actions.StaleVersion):
        actions.edit(folded, by=cast.practitioner, version=folded.version - 1, changes={"text": "x"}, key="k", form="f")
    assert fresh(folded).folded_at
    sent = {"text": "new", "version": folded.version - 1, "person_level": 1, "draft_key": "k2"}
    answer = client_for(cast.practitioner).post(reverse("reflections:reflection-edit", args=[folded.public_id]), sent)
    assert answer.status_code == 409
    assert "A reader folded this." in answer.content.decode()


def test_the_page_says_what_happens_and_goes_back_to_where_it_is_read(cast, client_for):
    browser = client_for(cast.academic)
    answer = browser.get(page("fold", cast.response))
    assert "and not who" in answer.content.decode()
    form = answer.context["form"]
    answer = browser.post(page("fold", cast.response), {"version": form["version"].value(), "draft_key": form.key})
    assert answer.url == f"{cast.peers_note.get_absolute_url()}#response-{cast.response.public_id}"
    assert "Folded for now" in browser.get(cast.peers_note.get_absolute_url()).content.decode()


def test_folded_or_ones_own_the_page_says_why_not(cast, client_for, folded):
    answer = client_for(cast.fellow).get(page("fold", folded))
    assert (answer.status_code, "folded it already" in answer.content.decode()) == (409, True)
    for ask in ("get", "post"):
        answer = getattr(client_for(cast.practitioner), ask)(page("fold", folded))
        assert (answer.status_code, "This is yours" in answer.content.decode()) == (403, True)


# Being told ------------------------------------------------------------------------------------------------------


def test_the_author_is_told_on_home_and_on_the_page_and_nobody_is_told_who(cast, client_for, folded):
    [asked] = [row for row in asked_of(Reader(cast.practitioner)) if row.address == folded.get_absolute_url()]
    assert "could identify somebody" in asked.title
    assert asked.where == "Early Shift"
    body = client_for(cast.practitioner).get(folded.get_absolute_url()).content.decode()
    assert "It is the street." in body
    assert cast.manager.name not in body
    assert Notice.objects.filter(kind="folded", person=cast.practitioner, about=folded.public_id).exists()
    for name in OTHERS:
        assert not [row for row in asked_of(Reader(cast[name])) if row.address == folded.get_absolute_url()], name


def test_what_a_reader_wrote_is_for_the_author_alone(cast, client_for, folded):
    for name in OTHERS:
        browser = client_for(cast[name])
        for url in (folded.get_absolute_url(), page("fold", folded), reverse("home:home")):
            assert "It is the street." not in browser.get(url).content.decode(), (name, url)
    gone(cast)
    browser = client_for(cast.steward)
    for url in (folded.get_absolute_url(), page("put-back", folded)):
        assert "It is the street." not in browser.get(url).content.decode()


def test_the_steward_is_asked_once_the_author_is_gone(cast, folded):
    gone(cast)
    [asked] = [row for row in asked_of(Reader(cast.steward)) if row.address == folded.get_absolute_url()]
    assert "everyone" not in asked.words, "home tells no words of it"
    assert not [row for row in asked_of(Reader(cast.practitioner)) if row.address == folded.get_absolute_url()]


def test_the_audit_holds_keys_and_no_words(cast, folded):
    put_back(folded, cast.practitioner)
    events = AuditEvent.objects.filter(public_id=folded.public_id).order_by("-pk")[:2]
    assert [event.action for event in events] == ["reflection.put_back", "reflection.fold"]
    assert [event.facts for event in events] == [{}, {}]


# Opening again ---------------------------------------------------------------------------------------------------


def test_a_change_to_the_words_opens_it_by_itself(cast, folded):
    edit(folded, cast.practitioner, title="A title that names nobody")
    assert fresh(folded).folded_at is None
    assert legible_to(cast.manager, folded)
    assert folded.folds.get().end == Fold.End.EDITED


def test_saving_the_same_words_does_not(cast, folded):
    edit(folded, cast.practitioner, text=folded.text, person_level=2)
    assert fresh(folded).folded_at
    assert not legible_to(cast.manager, folded)


def test_the_page_of_the_change_says_so(cast, client_for, folded):
    body = client_for(cast.practitioner).get(reverse("reflections:reflection-edit", args=[folded.public_id]))
    assert "Saved unchanged, it stays folded." in body.content.decode()
    assert "It is the street." in body.content.decode()


def test_its_author_puts_it_back_with_a_reason_that_readers_see(cast, client_for, folded):
    browser = client_for(cast.practitioner)
    url = page("put-back", folded)
    assert browser.post(url, {"text": " ", "draft_key": "k1"}).status_code == 422
    assert fresh(folded).folded_at
    assert browser.post(url, {"text": "The street is made up.", "draft_key": "k2"}).status_code == 302
    assert legible_to(cast.manager, folded)
    body = client_for(cast.manager).get(folded.get_absolute_url()).content.decode()
    assert "The street is made up." in body
    edit(folded, cast.practitioner)
    body = client_for(cast.manager).get(folded.get_absolute_url()).content.decode()
    assert "The street is made up." not in body, "the reason was about words that are no more"


def test_nobody_else_puts_it_back_while_the_author_is_there(cast, client_for, folded):
    for name in OTHERS:
        assert not may_put_back(Reader(cast[name]), folded)
        with pytest.raises(PermissionDenied):
            put_back(folded, cast[name])
        assert client_for(cast[name]).get(page("put-back", folded)).status_code == 403
    assert fresh(folded).folded_at


def test_once_the_author_is_gone_only_a_steward_in_the_space_does(cast, client_for, folded):
    gone(cast)
    for name in sorted({*OTHERS, "practitioner"} - {"steward"}):
        with pytest.raises(PermissionDenied):
            put_back(folded, cast[name])
    assert client_for(cast.practitioner).get(page("put-back", folded)).status_code == 403
    assert client_for(cast.steward).get(page("put-back", folded)).status_code == 200
    put_back(folded, cast.steward, reason="Nobody of that name works here.")
    assert legible_to(cast.manager, folded)
    assert "Nobody of that name" in client_for(cast.manager).get(folded.get_absolute_url()).content.decode()


def test_one_reader_does_not_fold_again_what_was_put_back_unchanged_and_another_may(cast, folded):
    put_back(folded, cast.practitioner)
    assert "put back with a reason" in why_not_fold(fresh(folded), by=cast.manager)
    with pytest.raises(ValidationError):
        make.fold(record=folded, by=cast.manager)
    edit(folded, cast.practitioner)
    assert why_not_fold(fresh(folded), by=cast.manager) == ""
    put = fresh(folded)
    make.fold(record=put, by=cast.fellow)
    assert not legible_to(cast.manager, put)


# What else becomes of it -----------------------------------------------------------------------------------------


def test_responses_go_on_under_it(cast, client_for, folded):
    make.make_response(to=folded, by=cast.manager, text="Which street?")
    body = client_for(cast.expert).get(folded.get_absolute_url()).content.decode()
    assert "Which street?" in body
    assert 'name="text"' in body


def test_undoing_sharing_takes_it_to_the_notebook_and_ends_the_fold(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    own = make.make_response(to=note, by=cast.practitioner)
    make.fold(record=note, by=cast.manager)
    make.fold(record=own, by=cast.manager)
    actions.undo_share(fresh(note), by=cast.practitioner)
    assert fresh(note).is_private
    assert (fresh(note).folded_at, fresh(own).folded_at) == (None, None)
    assert not Fold.objects.open().filter(record__in=[note.pk, own.pk]).exists()
    shared = make.share(note=Reflection.objects.get(pk=note.pk), space=cast.peers)
    assert legible_to(cast.fellow, shared), "a new circle begins anew"


def test_a_reason_for_other_readers_does_not_go_with_it(cast, client_for):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    make.fold(record=note, by=cast.manager)
    put_back(note, cast.practitioner, reason="As the team knows.")
    actions.undo_share(fresh(note), by=cast.practitioner)
    shared = make.share(note=Reflection.objects.get(pk=note.pk), space=cast.peers)
    assert "As the team knows." not in client_for(cast.fellow).get(shared.get_absolute_url()).content.decode()


def test_taking_it_back_ends_the_fold(cast, folded):
    actions.withdraw(folded, by=cast.practitioner)
    assert fresh(folded).folded_at is None
    assert not legible_to(cast.manager, folded)
    assert folded.folds.get().end == Fold.End.TAKEN_BACK


def test_a_response_folded_says_so_in_its_place_and_its_author_reads_it_alone(cast, client_for):
    make.fold(record=cast.response, by=cast.practitioner)
    url = reverse("records:response-detail", args=[cast.response.public_id])
    for name in sorted(IN_PEERS):
        body = client_for(cast[name]).get(url).content.decode()
        assert ("response words" in body) == (name == "fellow"), name
    assert Response.objects.get(pk=cast.response.pk).what_became == "Folded for now"
