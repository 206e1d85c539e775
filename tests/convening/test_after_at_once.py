"""Several at once after a session: note-takers never overwrite each other; of what excludes each other, one happens.

On SQLite on a file with the real settings (`file_database`), on PostgreSQL on the test database itself.
"""

from collections import Counter
from datetime import timedelta

import pytest

from convening import actions
from convening.models import Commitment, CommitmentChange, Objection, Outcome, OutcomeState
from tests import factories as make
from tests.records.test_two_at_once import EDITORS, at_once, enough_connections  # noqa: F401

from . import after_made as made


@pytest.fixture
def held(file_database):
    """Give a session that is over, in a partnership of two."""
    host = make.make_person()
    partnership = make.make_partnership(by=host)
    other = make.make_member(partnership=partnership).person
    session = make.make_session(by=host, space=make.everyone_of(partnership=partnership), begins_in=-timedelta(1))
    return session, host, other


def test_twenty_first_notes_are_one_outcome_and_nineteen_who_are_told(held, enough_connections):  # noqa: F811
    session, host, other = held

    def write(n):
        made.note(session, by=host if n % 2 else other, learned=f"by {n}")
        return n

    results = Counter(at_once(EDITORS, write))
    assert results["StaleVersion"] == EDITORS - 1
    winner = next(result for result in results if result != "StaleVersion")
    assert Outcome.objects.get(session=session).learned == f"by {winner}"


def test_twenty_note_takers_one_winner_and_nineteen_who_are_told(held, enough_connections):  # noqa: F811
    session, host, other = held
    made.note(session, by=host, learned="before")

    def write(n):
        made.note(session, by=host if n % 2 else other, version=1, learned=f"by {n}")
        return n

    results = Counter(at_once(EDITORS, write))
    assert results["StaleVersion"] == EDITORS - 1
    outcome = Outcome.objects.get(session=session)
    winner = next(result for result in results if result != "StaleVersion")
    assert (outcome.learned, outcome.version) == (f"by {winner}", 2)
    assert outcome.versions.get().words["learned"] == "before"


def test_one_form_sent_twenty_times_is_saved_once(held, enough_connections):  # noqa: F811
    session, host, _other = held
    results = set(at_once(EDITORS, lambda n: made.note(session, by=host, learned="once", key="form").version))
    assert results == {1}


def test_amending_and_proposing_at_once_propose_nothing_unseen(held, enough_connections):  # noqa: F811
    """Whoever comes first: what is proposed is what the host saw, or nothing is."""
    _session, host, other = held
    for _round in range(5):
        session = make.make_session(by=host, space=held[0].space, begins_in=-timedelta(1))
        made.note(session, by=host, learned="seen")

        def act(n, session=session):
            if n:
                made.note(session, by=other, version=1, learned="not seen")
                return "noted"
            day = made.today(session) + timedelta(3)
            actions.propose_outcome(session=session, version=1, last_day=day, by=host)
            return "proposed"

        results = Counter(at_once(2, act))
        outcome = Outcome.objects.get(session=session)
        assert (outcome.state == OutcomeState.PROPOSED) == (outcome.learned == "seen") == (results["proposed"] == 1)


def test_twenty_objections_at_once_stop_it_once(held, enough_connections):  # noqa: F811
    session, host, other = held
    made.note(session, by=host)
    made.propose(session, by=host)
    at_once(EDITORS, lambda n: made.object_to(session, by=other, text=f"No {n}.").pk)
    assert Objection.objects.filter(outcome__session=session).count() == EDITORS
    first = Objection.objects.filter(outcome__session=session).order_by("pk").first()
    assert Outcome.objects.get(session=session).stopped_at == first.made_at


def test_done_and_let_go_at_once_are_one_of_the_two(held, enough_connections):  # noqa: F811
    session, host, other = held
    for _round in range(5):
        commitment = made.commit(session, by=host, doer=other)

        def act(n, commitment=commitment):
            mine = Commitment.objects.get(pk=commitment.pk)
            if n:
                actions.finish_commitment(commitment=mine, by=other)
                return "done"
            actions.let_go(commitment=mine, reason="No time.", by=host, key=f"let-{commitment.pk}")
            return "let_go"

        results = set(at_once(2, act))
        assert len(results & {"done", "let_go"}) == 1, results
        assert CommitmentChange.objects.filter(commitment=commitment).count() == 1
        assert Commitment.objects.get(pk=commitment.pk).state in results


def test_marking_it_done_twenty_times_at_once_is_one_change(held, enough_connections):  # noqa: F811
    session, host, other = held
    commitment = made.commit(session, by=host, doer=other)

    def finish(n):
        actions.finish_commitment(commitment=Commitment.objects.get(pk=commitment.pk), by=host if n % 2 else other)

    at_once(EDITORS, finish)
    assert commitment.changes.count() == 1


def test_a_tick_and_a_correction_at_once_leave_what_one_says_oneself(held, enough_connections):  # noqa: F811
    _session, host, other = held
    for _round in range(5):
        session = make.make_session(by=host, space=held[0].space, begins_in=-timedelta(1))

        def act(n, session=session):
            if n:
                actions.correct_attendance(session=session, was_there=False, by=other)
            else:
                actions.note_attendance(session=session, present=[other.public_id], by=host)
            return "said"

        assert set(at_once(2, act)) == {"said"}
        row = session.attendees.get(person=other)
        assert row.attended is False
