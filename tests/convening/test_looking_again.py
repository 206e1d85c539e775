"""Looking again: who writes what of each intention, on which evidence; nothing in the partnership changes by it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from convening import actions
from convening.looking.reading import looked_at
from convening.models import Decision, FormerNote
from desk import drafts
from partnerships import actions as partnership_actions
from partnerships.models import Intention
from partnerships.models.intentions import intentions_of
from partnerships.reader import Reader
from records.versions import AlreadySent, StaleVersion
from tests import factories as make

from .looking import CHANGE, OPEN, held, intention_in, look, page


@pytest.fixture
def session(cast):
    return held(cast)


@pytest.fixture
def intention(cast):
    return intention_in(cast)


def shown_of(person, session, intention):
    rows = looked_at(Reader(person), session)["intentions"]
    return next(row for row in rows if row.intention == intention)


def test_writing_changes_nothing_of_the_partnership(cast, session, intention):
    before = list(Intention.objects.values()), cast.partnership.version
    look(session, intention, by=cast.fellow)
    cast.partnership.refresh_from_db()
    assert (list(Intention.objects.values()), cast.partnership.version) == before


def test_each_intention_is_shown_as_first_written_and_as_it_reads_now(cast, session, intention, client_for):
    first = intention.text
    partnership_actions.change_intention(intention=intention, text="Second words.", by=cast.steward)
    second = Intention.objects.get(text="Second words.")
    partnership_actions.change_intention(intention=second, text="Third words.", by=cast.steward)
    later = held(cast, begins_in=timedelta(seconds=-1))
    third = Intention.objects.get(text="Third words.")
    assert shown_of(cast.fellow, later, third).first.text == first
    body = client_for(cast.fellow).get(later.get_absolute_url()).content.decode()
    assert first in body and "Third words." in body and "Second words." not in body


@pytest.mark.parametrize("who", ["outsider", "former", "site_admin"])
def test_nobody_outside_the_space_writes(cast, session, intention, who):
    with pytest.raises(PermissionDenied):
        look(session, intention, by=cast[who])


def test_nobody_writes_before_it_begins_or_where_it_is_cancelled(cast, intention):
    ahead = held(cast, begins_in=timedelta(days=1))
    with pytest.raises(ValidationError) as early:
        look(ahead, intention, by=cast.fellow)
    actions.cancel_session(session=ahead, because="Snow.", by=cast.practitioner, key="snow")
    with pytest.raises(ValidationError) as cancelled:
        look(ahead, intention, by=cast.fellow)
    assert (early.value.code, cancelled.value.code) == ("early", "cancelled")


def test_other_sessions_do_not_look_again(cast, intention, client_for):
    other = make.make_session(by=cast.practitioner, space=cast.everyone, begins_in=timedelta(minutes=-5))
    with pytest.raises(PermissionDenied):
        look(other, intention, by=cast.practitioner)
    browser = client_for(cast.practitioner)
    assert browser.get(page("intention-review", other.public_id, intention.public_id)).status_code == 404
    assert "Looking again</h2>" not in browser.get(other.get_absolute_url()).content.decode()


def test_of_two_note_takers_neither_overwrites_the_other(cast, session, intention, client_for):
    look(session, intention, by=cast.fellow)
    with pytest.raises(StaleVersion):
        look(session, intention, by=cast.manager, why="Another reason.")
    address = page("intention-review", session.public_id, intention.public_id)
    typed = CHANGE | {"why": "Another reason.", "draft_key": drafts.new_key()}
    answer = client_for(cast.manager).post(address, typed)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "The wards asked." in body and "Another reason." in body
    assert Decision.objects.get(session=session).why == "The wards asked."


def test_a_box_that_one_left_alone_holds_what_the_other_wrote(cast, session, intention, client_for):
    look(session, intention, by=cast.fellow)
    look(session, intention, by=cast.fellow, version=1, unintended="Queues elsewhere.")
    typed = CHANGE | {"why": "Mine.", "version": 1, "draft_key": drafts.new_key()}
    body = client_for(cast.manager).post(page("intention-review", session.public_id, intention.public_id), typed)
    assert body.status_code == 409
    sent = CHANGE | {"unintended": "Queues elsewhere.", "why": "Mine.", "version": 2, "draft_key": drafts.new_key()}
    assert "Queues elsewhere.</textarea>" in body.content.decode()
    assert (
        client_for(cast.manager)
        .post(page("intention-review", session.public_id, intention.public_id), sent)
        .status_code
        == 302
    )
    saved = Decision.objects.get(session=session)
    assert (saved.why, saved.unintended, saved.version) == ("Mine.", "Queues elsewhere.", 3)
    assert [row.words["why"] for row in FormerNote.objects.filter(session=session)] == ["The wards asked."] * 2


def test_sent_twice_it_is_written_once(cast, session, intention):
    look(session, intention, by=cast.fellow, key="once")
    look(session, intention, by=cast.fellow, key="once")
    assert Decision.objects.get(session=session).version == 1
    with pytest.raises(AlreadySent):
        look(session, intention, by=cast.fellow, key="once", version=1, why="Other words.")


@pytest.mark.parametrize(
    ("words", "box"),
    [
        ({"verdict": "change", "why": "So."}, "new_words"),
        ({"verdict": "let_go"}, "why"),
        ({"verdict": "keep", "new_words": "Words.", "why": "So."}, "verdict"),
        ({}, "unintended"),
        ({"verdict": "burn", "why": "So."}, "verdict"),
        ({"verdict": "keep", "why": "x" * 241}, "why"),
        ({"verdict": "change", "new_words": "x" * 301, "why": "So."}, "new_words"),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_box(cast, session, intention, client_for, words, box):
    address = page("intention-review", session.public_id, intention.public_id)
    answer = client_for(cast.fellow).post(address, OPEN | words | {"draft_key": drafts.new_key()})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [box]
    assert not Decision.objects.filter(session=session).exists()


def evidence(session, intention, record, *, by):
    return actions.add_evidence(session=session, intention=intention, record=record, by=by)


def test_evidence_is_shown_to_those_who_may_read_it_and_to_others_as_not_shared(cast, session, intention, client_for):
    note = make.make_shared_note(by=cast.practitioner, space=cast.peers, title="Quagga evidence")
    evidence(session, intention, note, by=cast.practitioner)
    reads, does_not = shown_of(cast.fellow, session, intention), shown_of(cast.manager, session, intention)
    assert ([row.pk for row in reads.evidence], reads.not_shared) == ([note.pk], False)
    assert (does_not.evidence, does_not.not_shared) == ([], True)
    body = client_for(cast.manager).get(session.get_absolute_url()).content.decode()
    assert "A source not shared with you" in body
    assert "Quagga evidence" not in body and note.public_id not in body


def test_what_is_taken_back_says_so_to_those_alone_who_could_read_it(cast, session, intention, client_for):
    note = make.make_shared_note(by=cast.practitioner, space=cast.peers, title="Quagga evidence")
    make.make_response(to=note, by=cast.fellow)
    evidence(session, intention, note, by=cast.fellow)
    make.withdraw(record=note)
    could = client_for(cast.fellow).get(session.get_absolute_url()).content.decode()
    could_not = client_for(cast.manager).get(session.get_absolute_url()).content.decode()
    assert "Taken back" in could and "Quagga evidence" not in could
    assert "Taken back" not in could_not and "A source not shared with you" in could_not


def test_nobody_adds_what_they_cannot_read_nor_their_notebook(cast, session, intention, client_for):
    hidden = make.make_shared_note(by=cast.practitioner, space=cast.peers)
    private = make.make_note(by=cast.manager)
    for note in (hidden, private):
        with pytest.raises(PermissionDenied):
            evidence(session, intention, note, by=cast.manager)
    address = page("evidence-new", session.public_id, intention.public_id)
    said = set()
    for typed in (hidden.get_absolute_url(), "/reflections/AAAAAAAAAAAA/", "https://elsewhere.example/x", "http://["):
        answer = client_for(cast.manager).post(address, {"address": typed})
        assert answer.status_code == 422
        said |= set(answer.context["form"].errors["address"])
    assert len(said) == 1
    assert (
        client_for(cast.fellow).post(address, {"address": f"https://x.example{hidden.get_absolute_url()}"}).status_code
        == 302
    )


def test_evidence_is_taken_off_by_who_added_it_and_by_the_host(cast, session, intention):
    note = make.make_shared_note(by=cast.fellow, space=cast.everyone)
    row = evidence(session, intention, note, by=cast.fellow)
    assert evidence(session, intention, note, by=cast.manager) == row
    with pytest.raises(PermissionDenied):
        actions.remove_evidence(evidence=row, by=cast.manager)
    actions.remove_evidence(evidence=row, by=cast.practitioner)
    assert not shown_of(cast.fellow, session, intention).evidence


def test_evidence_before_any_words_is_in_nobodys_way(cast, session, intention):
    note = make.make_shared_note(by=cast.fellow, space=cast.everyone)
    evidence(session, intention, note, by=cast.fellow)
    assert look(session, intention, by=cast.manager).version == 1


def test_an_intention_of_another_partnership_is_not_there(cast, session, client_for):
    elsewhere = Intention.objects.create(partnership=cast.sibling, text="Theirs.", recorded_by=cast.outsider)
    with pytest.raises(PermissionDenied):
        look(session, elsewhere, by=cast.fellow)
    assert (
        client_for(cast.fellow).get(page("intention-review", session.public_id, elsewhere.public_id)).status_code == 404
    )


def test_what_is_set_out_after_the_session_is_not_put_before_it(cast, session, intention):
    over = held(cast, begins_in=timedelta(days=-9))
    new = Intention.objects.create(partnership=cast.partnership, text="New.", recorded_by=cast.steward)
    rows = [row.intention for row in looked_at(Reader(cast.fellow), over)["intentions"]]
    assert new not in rows
    assert intentions_of(cast.partnership)[0][-1] == new
