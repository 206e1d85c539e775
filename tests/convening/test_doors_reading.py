"""What is read of sessions, list by list: from within their space, while they stand, and with their words or not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from convening import notices, reminding
from convening.access import contributions_to, following
from convening.after import news
from convening.after.commitments import commitments_to
from convening.calendar import sessions_of, unanswered
from convening.looking import reading
from convening.looking.news import decision_line
from convening.looking.reading import evidence_of, evidence_to_offer
from convening.models import Commitment, CommitmentState, Session
from partnerships.reader import Reader
from records.models import Record
from tests import factories as make

from .after_made import commit


def set_aside(record):
    Record.objects.filter(pk=record.pk).update(set_aside_at=timezone.now())


def cancel(record):
    Session.objects.filter(pk=record.pk).update(
        cancelled_at=timezone.now(), cancelled_by=record.host, cancelled_because="It snows."
    )


def fold(record):
    Record.objects.filter(pk=record.pk).update(folded_at=timezone.now())


def test_what_was_written_for_a_session_is_read_from_within_its_space(cast):
    running, seen = cast["running_session"], cast["seen_words"]
    assert list(contributions_to(Reader(cast.practitioner), running)) == [seen]
    assert not contributions_to(Reader(cast.manager), running)
    assert list(contributions_to(Reader(cast.fellow), cast["peers_session"])) == [cast["unseen_words"]]
    fold(seen)
    assert not contributions_to(Reader(cast.practitioner), running)


def test_a_change_takes_along_what_follows_in_the_series_and_stands(cast):
    first, second, third, fourth = cast["series"].sessions.order_by("starts_at")
    reader = Reader(cast.fellow)
    later = make.make_session(by=cast.fellow, space=cast.peers, begins_in=timedelta(days=40))
    assert list(following(reader, first)) == [second, third, fourth]
    assert not following(reader, make.make_session(by=cast.fellow, space=cast.peers)), "in no series"
    for hide, row, left in ((cancel, second, [third, fourth]), (set_aside, third, [fourth]), (fold, fourth, [])):
        hide(row)
        assert list(following(reader, first)) == left
    assert later.series is None


# Each list of sessions or commitments, one of its rows, who finds it there, and who must not.
LISTS = {
    "sessions": (sessions_of, "peers_session", "academic", {"manager", "former", "outsider"}),
    "unanswered": (unanswered, "peers_session", "academic", {"manager", "former", "outsider"}),
    "commitments": (commitments_to, "commitment", "practitioner", {"manager", "former", "outsider"}),
    "due": (news.due, "commitment", "fellow", {"academic", "manager", "outsider"}),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_what_its_reader_may_read(cast, name):
    of, row, reader, others = LISTS[name]
    assert cast[row] in of(Reader(cast[reader]))
    for other in others:
        assert cast[row] not in of(Reader(cast[other])), other


@pytest.mark.parametrize("hide", [set_aside, fold])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_leaves_out_what_was_set_aside_or_folded(cast, name, hide):
    of, row, reader, _others = LISTS[name]
    hide(cast[row])
    assert cast[row] not in of(Reader(cast[reader]))


def test_a_doer_who_has_left_the_space_finds_it_due_no_more(cast):
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    assert cast["commitment"] not in news.due(Reader(cast.fellow))


def test_what_is_done_is_not_due_and_what_is_cancelled_asks_nobody(cast):
    Commitment.objects.filter(pk=cast["commitment"].pk).update(state=CommitmentState.DONE)
    cancel(cast["peers_session"])
    assert cast["commitment"] not in news.due(Reader(cast.fellow))
    assert cast["peers_session"] not in unanswered(Reader(cast.academic))


# Mails


@pytest.mark.parametrize("hide", [None, set_aside, fold])
def test_a_mail_of_a_session_goes_to_who_reads_it(cast, hide):
    session = cast["peers_session"]
    assert notices.asked_line(cast.academic, session.public_id)
    assert notices.asked_line(cast.manager, session.public_id) is None
    if hide:
        hide(session)
        assert notices.asked_line(cast.academic, session.public_id) is None


@pytest.mark.parametrize("hide", [None, set_aside, fold])
def test_a_mail_of_a_commitment_goes_to_who_is_to_do_it(cast, hide):
    row = commit(cast["running_session"], by=cast.academic, doer=cast.fellow, due_on=timezone.localdate())
    assert reminding.due_line(cast.fellow, row.public_id)
    assert reminding.due_line(cast.academic, row.public_id) is None
    if hide:
        hide(row)
    else:
        make.end_membership(person=cast.fellow, partnership=cast.partnership)
    assert reminding.due_line(cast.fellow, row.public_id) is None


@pytest.mark.parametrize("hide", [None, set_aside, fold, cancel])
def test_a_mail_of_a_decision_goes_to_who_reads_its_session(cast, hide):
    session = cast["looking_session"]
    assert decision_line(cast.academic, session.public_id)
    assert decision_line(cast.academic, cast["narrow_looking"].public_id) is None, "nothing is decided there"
    assert decision_line(cast.outsider, session.public_id) is None
    if hide:
        hide(session)
        assert decision_line(cast.academic, session.public_id) is None


# Evidence


def test_evidence_is_that_of_its_session(cast):
    assert [row.pk for row in evidence_of(Reader(cast.academic), cast["looking_session"])] == [cast.everyone_note.pk]
    assert not evidence_of(Reader(cast.academic), cast["narrow_looking"])


def test_what_is_offered_as_evidence_is_read_by_who_adds_it_and_shared_in_the_partnership(cast, monkeypatch):
    monkeypatch.setattr(reading, "MOST_OFFERED", 100)  # What is not offered is refused, and not just further down.
    session, reader = cast["looking_session"], Reader(cast.fellow)

    def offered(of=reader, but=()):
        return {row.pk for row in evidence_to_offer(of, session, but=set(but))}

    shown = {name: make.make_shared_note(by=cast.fellow, space=cast.everyone) for name in ("kept", "aside", "folded")}
    own = make.make_note(by=cast.fellow)
    response = make.make_response(to=cast.everyone_note, by=cast.fellow)
    assert shown["kept"].pk in offered()
    assert not {session.pk, own.pk, response.pk, cast.wider_note.pk} & offered()
    assert cast.supervision_note.pk not in offered(Reader(cast.learning_partner))
    assert cast.everyone_note.pk not in offered(Reader(cast.manager), [cast.everyone_note.pk])
    hidden = make.make_shared_note(by=cast.fellow, space=cast.peers)
    assert hidden.pk in offered()
    assert hidden.pk not in offered(Reader(cast.manager))
    set_aside(shown["aside"])
    fold(shown["folded"])
    assert not {shown["aside"].pk, shown["folded"].pk} & offered(Reader(cast.academic))
