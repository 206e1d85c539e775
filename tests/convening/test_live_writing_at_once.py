"""Several at once while all write: two hosts press reveal, somebody writes in that second, two sort the same notes.

On SQLite on a file with the real settings (`file_database`), on PostgreSQL on the test database itself.
"""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from convening import actions
from convening.models import Cluster, Contribution, SilentWriting, UnsignedNote
from desk.models import AuditEvent
from tests import factories as make
from tests.records.test_two_at_once import EDITORS, at_once, enough_connections  # noqa: F401
from tests.scenery.live_writing import open_writing, paper, put_together, running, write


@pytest.fixture
def held(file_database):
    """Give a silent writing that is open in a partnership of seven, with its host and the six others."""
    host = make.make_person()
    partnership = make.make_partnership(by=host)
    others = [make.make_member(partnership=partnership).person for _n in range(6)]
    session = running(by=host, space=make.everyone_of(partnership=partnership))
    return open_writing(session, by=host), host, others


def seen(writing):
    return Contribution.objects.filter(writing=writing, space__isnull=False).count()


def test_twenty_who_press_reveal_reveal_once(held, enough_connections):  # noqa: F811
    """The host in two windows, and twenty times more."""
    writing, host, others = held
    for person in others:
        write(writing, by=person)
    at_once(EDITORS, lambda n: actions.reveal_writing(writing=writing, by=host))
    assert seen(writing) == len(others)
    assert AuditEvent.objects.filter(action="session.reveal_writing").count() == 1


def test_a_host_who_takes_over_and_the_one_before_press_at_once(held, enough_connections):  # noqa: F811
    writing, host, others = held
    for person in others:
        write(writing, by=person)

    def press(n):
        if n % 2:
            member = make.membership_of(person=others[0], partnership=writing.session.partnership)
            actions.hand_over_hosting(session=SilentWriting.objects.get(pk=writing.pk).session, to=member, by=host)
            return "handed"
        actions.reveal_writing(writing=writing, by=host)
        return "revealed"

    results = Counter(at_once(2, press))
    assert results["handed"] == 1
    # Revealed before the hosting went over, or refused after it: never half of it.
    assert seen(writing) == (len(others) if results["revealed"] else 0)


def test_what_is_written_in_the_second_of_the_reveal_is_seen_by_all_or_asked_about(held, enough_connections):  # noqa: F811
    """Whoever comes first: what came before is revealed, what came after is refused with its words."""
    writing, host, others = held
    results = Counter()
    for _round in range(6):

        def act(n, writing=writing):
            if n == 0:
                actions.reveal_writing(writing=writing, by=host)
                return "revealed"
            write(writing, by=others[n - 1], text=f"by {n}", as_unseen=True)
            return "kept"

        told = Counter(at_once(len(others) + 1, act))
        results += told
        assert told["revealed"] == 1
        assert seen(writing) == told["kept"] == len(others) - told["ValidationError"]
        assert not Contribution.objects.filter(writing=writing, space=None).exists()
        writing = open_writing(writing.session, by=host)


@pytest.mark.parametrize("reveals_first", [True, False])
def test_either_order_of_writing_and_the_reveal(held, reveals_first):
    writing, host, others = held
    if reveals_first:
        actions.reveal_writing(writing=writing, by=host)
        with pytest.raises(ValidationError, match="Press once more"), transaction.atomic():
            write(writing, by=others[0], as_unseen=True, key="same")
        assert seen(writing) == 0
        # The key was not used up by that.
        write(writing, by=others[0], key="same")
    else:
        write(writing, by=others[0], as_unseen=True, key="same")
        actions.reveal_writing(writing=writing, by=host)
    assert seen(writing) == 1


def test_two_questions_at_once_are_one_that_is_written_on(held, enough_connections):  # noqa: F811
    writing, host, _others = held
    actions.reveal_writing(writing=writing, by=host)
    results = Counter(at_once(EDITORS, lambda n: open_writing(writing.session, by=host, question=f"Q {n}").question))
    assert results["ValidationError"] == EDITORS - 1
    assert SilentWriting.objects.filter(session=writing.session, revealed_at=None).count() == 1


def test_one_form_sent_twenty_times_is_one_note_and_one_pile_of_paper(held, enough_connections):  # noqa: F811
    writing, _host, others = held

    def send(n):
        actions.add_paper_notes(writing=writing, lines=["one", "two"], by=others[0], key="paper")
        return write(writing, by=others[0], key="form").pk

    assert len(set(at_once(EDITORS, send))) == 1
    assert UnsignedNote.objects.filter(writing=writing).count() == 2


def test_sorting_the_same_notes_at_once_loses_none_and_leaves_no_empty_cluster(held, enough_connections):  # noqa: F811
    writing, host, others = held
    notes = [write(writing, by=person) for person in others] + paper(writing, "a", "b", "c", by=host)
    actions.reveal_writing(writing=writing, by=host)

    def sort(n):
        some = [notes[n % len(notes)], notes[(n + 1) % len(notes)], notes[(n * 3) % len(notes)]]
        cluster = put_together(writing, *some, by=others[n % len(others)])
        if n % 3 == 0:
            other = Cluster.objects.filter(writing=writing).exclude(pk=cluster.pk).first()
            if other:
                actions.merge_clusters(cluster=cluster, into=other.public_id, by=host)
        if n % 4 == 0:
            actions.take_out(writing=writing, notes=[some[0].public_id], by=host)
        return "sorted"

    assert set(at_once(12, sort)) <= {"sorted", "ValidationError"}
    assert seen(writing) + UnsignedNote.objects.filter(writing=writing).count() == len(notes)
    used = {*Contribution.objects.filter(writing=writing).values_list("cluster", flat=True)}
    used |= {*UnsignedNote.objects.filter(writing=writing).values_list("cluster", flat=True)}
    assert {*Cluster.objects.filter(writing=writing).values_list("pk", flat=True)} == used - {None}
