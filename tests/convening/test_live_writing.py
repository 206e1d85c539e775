"""Writing in silence at a session: nobody sees it before the reveal, then all at once, each named as they wished."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from convening import actions
from convening.models import Contribution, GuestLink, LiveState, SilentWriting, UnsignedNote
from desk import drafts
from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from records import actions as record_actions
from records.actions import AlreadySent
from records.models import Record
from tests import factories as make
from tests.scenery.live_writing import open_writing, paper, running, write


@pytest.fixture
def session(cast):
    return running(by=cast.practitioner, space=cast.peers)


@pytest.fixture
def writing(session, cast):
    return open_writing(session, by=cast.practitioner)


def revealed(writing, cast):
    actions.reveal_writing(writing=writing, by=cast.practitioner)
    writing.refresh_from_db()
    return writing


def changes(session):
    return LiveState.objects.filter(session=session).values_list("changes", flat=True).first()


def test_one_question_is_written_on_at_a_time(session, writing, cast):
    with pytest.raises(ValidationError, match="Reveal it first"):
        open_writing(session, by=cast.practitioner)
    revealed(writing, cast)
    assert open_writing(session, by=cast.practitioner).pk != writing.pk


def test_sent_twice_it_is_opened_once(session, cast):
    words = {"session": session, "question": "Who?", "wish": "named", "by": cast.practitioner, "key": "twice"}
    assert actions.open_writing(**words) == actions.open_writing(**words)
    assert SilentWriting.objects.filter(session=session).count() == 1


def test_only_the_host_asks_and_reveals_and_only_while_the_page_is_open(session, writing, cast):
    with pytest.raises(PermissionDenied):
        actions.reveal_writing(writing=writing, by=cast.fellow)
    with pytest.raises(PermissionDenied):
        open_writing(session, by=cast.fellow)
    ahead = make.make_session(by=cast.practitioner, space=cast.peers)
    with pytest.raises(ValidationError, match="not begun"):
        open_writing(ahead, by=cast.practitioner)
    with pytest.raises(ValidationError, match="over"):
        open_writing(make.make_session(by=cast.fellow, space=cast.peers, begins_in=timedelta(-1)), by=cast.fellow)


def test_that_guests_read_it_is_settled_when_it_is_opened(session, writing, cast):
    """Who writes is told so: a link that is made afterwards changes nothing of it."""
    link = GuestLink(session=session, nonce="n", token_hash="h", opened_at=timezone.now(), opened_by=cast.practitioner)
    link.save()
    revealed(writing, cast)
    assert not writing.is_shown_to_guests
    assert open_writing(session, by=cast.practitioner).is_shown_to_guests


def test_what_is_written_is_nobodys_before_the_reveal_and_changes_nothing_that_pages_ask(session, writing, cast):
    before = changes(session)
    note = write(writing, by=cast.fellow)
    paper(writing, by=cast.fellow)
    assert note.is_private
    assert changes(session) == before
    assert not Record.objects.visible_to(Reader(cast.practitioner)).filter(pk=note.pk).exists()


def test_at_the_reveal_each_is_named_as_they_wished(session, writing, cast):
    notes = {wish: write(writing, by=cast.fellow, wish=wish) for wish in ("named", "role", "not_named")}
    seen = changes(session)
    revealed(writing, cast)
    for wish, note in notes.items():
        note.refresh_from_db()
        assert (note.attribution, note.space) == (wish, cast.peers)
    assert changes(session) == seen + 1


def test_where_too_few_are_left_to_hide_among_it_is_kept_back(writing, cast):
    note, signed = write(writing, by=cast.fellow), write(writing, by=cast.fellow, wish="named")
    for person in (*cast.peers_more, cast.consultant):
        partnership_actions.leave_space(space=cast.peers, by=person)
    revealed(writing, cast)
    for row in (note, signed):
        row.refresh_from_db()
    assert (note.is_private, note.is_kept_back) == (True, True)
    assert not signed.is_private
    actions.show_kept_back(contribution=note, by=cast.fellow)
    note.refresh_from_db()
    assert note.attribution == "named"


def test_who_left_keeps_what_they_wrote(writing, cast):
    note = write(writing, by=cast.fellow)
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    revealed(writing, cast)
    note.refresh_from_db()
    assert note.is_private


def test_revealed_twice_it_is_revealed_once(session, writing, cast):
    revealed(writing, cast)
    at, seen = writing.revealed_at, changes(session)
    late = write(writing, by=cast.fellow)
    assert revealed(writing, cast).revealed_at == at
    assert changes(session) == seen
    assert not late.is_private


def test_the_two_reveals_of_a_session_do_not_touch_each_other(session, writing, cast):
    before, note = make.make_contribution(to=session, by=cast.fellow), write(writing, by=cast.fellow)
    actions.reveal(session=session, by=cast.practitioner)
    for row in (before, note):
        row.refresh_from_db()
    assert (before.is_private, note.is_private) == (False, True)
    later = running(by=cast.practitioner, space=cast.peers)
    before = make.make_contribution(to=later, by=cast.fellow)
    revealed(open_writing(later, by=cast.practitioner), cast)
    before.refresh_from_db()
    assert before.is_private


def test_what_was_written_as_unseen_is_not_shown_after_the_reveal_without_asking(writing, cast):
    revealed(writing, cast)
    with pytest.raises(ValidationError, match="Press once more") as caught:
        write(writing, by=cast.fellow, text="not for all", as_unseen=True)
    assert caught.value.code == "revealed"
    assert not Contribution.objects.filter(text="not for all").exists()
    assert not write(writing, by=cast.fellow, text="for all").is_private


def test_one_form_is_kept_once(writing, cast):
    first = write(writing, by=cast.fellow, text="once", key="form")
    assert write(writing, by=cast.fellow, text="once", key="form") == first
    with pytest.raises(AlreadySent):
        write(writing, by=cast.fellow, text="other words", key="form")


def test_nobody_outside_the_space_writes_or_types(writing, cast):
    for do in (write, paper):
        with pytest.raises(PermissionDenied):
            do(writing, by=cast.manager)


def test_until_a_day_after_the_session_the_host_reveals_and_nobody_writes_any_more(session, writing, cast):
    note = write(writing, by=cast.fellow)
    with time_machine.travel(session.ends_at + timedelta(hours=23), tick=True):
        with pytest.raises(ValidationError, match="over"):
            write(writing, by=cast.fellow)
        revealed(writing, cast)
    note.refresh_from_db()
    assert not note.is_private


def test_what_was_never_revealed_stays_with_those_who_wrote_it(session, writing, cast):
    note = write(writing, by=cast.fellow)
    with time_machine.travel(session.ends_at + timedelta(hours=25), tick=True):
        with pytest.raises(ValidationError, match="more than a day ago"):
            revealed(writing, cast)
        assert [row.pk for row in Record.objects.visible_to(Reader(cast.fellow)).filter(pk=note.pk)] == [note.pk]
    note.refresh_from_db()
    assert note.is_private


def test_a_cancelled_session_reveals_nothing(session, writing, cast):
    note = write(writing, by=cast.fellow)
    actions.cancel_session(session=session, because="Fire.", by=cast.practitioner, key="off")
    with pytest.raises(ValidationError, match="cancelled"):
        revealed(writing, cast)
    note.refresh_from_db()
    assert note.is_private


def test_what_was_revealed_is_taken_back_by_its_author(session, writing, cast):
    note = write(writing, by=cast.fellow)
    revealed(writing, cast)
    note.refresh_from_db()
    record_actions.withdraw(note, by=cast.fellow)
    assert not Contribution.objects.visible_to(Reader(cast.academic)).standing().filter(pk=note.pk).exists()


def test_paper_notes_wait_for_the_reveal_and_are_sent_once(session, writing, cast):
    words = {"writing": writing, "lines": ["one", "two"], "by": cast.fellow, "key": "paper"}
    actions.add_paper_notes(**words)
    actions.add_paper_notes(**words)
    assert list(UnsignedNote.objects.filter(writing=writing).order_by("line").values_list("text", flat=True)) == [
        "one",
        "two",
    ]
    with pytest.raises(AlreadySent):
        actions.add_paper_notes(**words | {"lines": ["three"]})
    revealed(writing, cast)
    with pytest.raises(ValidationError, match="Press once more"):
        actions.add_paper_notes(**words | {"key": "late", "as_unseen": True})
    seen = changes(session)
    paper(writing, "at once", by=cast.fellow)
    assert changes(session) == seen + 1


def test_a_note_without_an_account_is_taken_off_by_who_typed_it_and_once_seen_by_the_host(writing, cast):
    note, other = paper(writing, "one", "two", by=cast.fellow)
    for person in (cast.practitioner, cast.academic):
        with pytest.raises(PermissionDenied):
            actions.remove_unsigned_note(note=note, by=person)
    actions.remove_unsigned_note(note=note, by=cast.fellow)
    revealed(writing, cast)
    with pytest.raises(PermissionDenied):
        actions.remove_unsigned_note(note=other, by=cast.academic)
    actions.remove_unsigned_note(note=other, by=cast.practitioner)
    assert not UnsignedNote.objects.filter(writing=writing).exists()


def test_drafts_of_a_note_are_used_up_when_it_is_kept(writing, cast):
    key = drafts.new_key()
    write(writing, by=cast.fellow, key=key)
    assert cast.fellow.drafts.get(key=key).used_at
