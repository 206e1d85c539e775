"""Sorting what was revealed: whoever is present does, the last one says where a note lies, and nothing is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from convening import actions
from convening.models import Cluster
from records import actions as record_actions
from tests.scenery.live_writing import open_writing, paper, put_together, running, write


@pytest.fixture
def writing(cast):
    return open_writing(running(by=cast.practitioner, space=cast.peers), by=cast.practitioner)


@pytest.fixture
def notes(writing, cast):
    """Give four revealed notes, the last of them from paper."""
    rows = [write(writing, by=cast.fellow, text=f"note {n}") for n in range(3)]
    rows += paper(writing, "note from paper", by=cast.fellow)
    actions.reveal_writing(writing=writing, by=cast.practitioner)
    return rows


def lies(*notes):
    for note in notes:
        note.refresh_from_db()
    return [note.cluster for note in notes]


def test_whoever_is_present_puts_notes_together(writing, notes, cast):
    cluster = put_together(writing, notes[0], notes[3], by=cast.academic)
    assert lies(*notes) == [cluster, None, None, cluster]
    with pytest.raises(PermissionDenied):
        put_together(writing, notes[1], by=cast.manager)


def test_pressed_twice_one_cluster_is_made(writing, notes, cast):
    first = put_together(writing, *notes[:2], by=cast.fellow)
    actions.name_cluster(cluster=first, name="Beds", by=cast.fellow)
    assert put_together(writing, *notes[:2], by=cast.academic) == first
    assert Cluster.objects.get(writing=writing).name == "Beds"


def test_some_of_a_cluster_make_another_one(writing, notes, cast):
    first = put_together(writing, *notes[:3], by=cast.fellow)
    second = put_together(writing, *notes[:2], by=cast.fellow)
    assert lies(*notes[:3]) == [second, second, first]


def test_what_is_emptied_is_gone(writing, notes, cast):
    first = put_together(writing, notes[0], by=cast.fellow)
    second = put_together(writing, notes[1], by=cast.fellow)
    put_together(writing, notes[0], by=cast.fellow, cluster=second.public_id)
    assert list(Cluster.objects.filter(writing=writing)) == [second]
    with pytest.raises(ValidationError, match="gone"):
        put_together(writing, notes[2], by=cast.fellow, cluster=first.public_id)
    actions.take_out(writing=writing, notes=[note.public_id for note in notes], by=cast.fellow)
    assert lies(*notes) == [None] * 4
    assert not Cluster.objects.filter(writing=writing).exists()


def test_a_merged_cluster_keeps_a_name(writing, notes, cast):
    first, second = (put_together(writing, note, by=cast.fellow) for note in notes[:2])
    actions.name_cluster(cluster=first, name="Beds", by=cast.fellow)
    actions.merge_clusters(cluster=first, into=second.public_id, by=cast.academic)
    assert lies(*notes[:2]) == [second, second]
    assert Cluster.objects.get(writing=writing).name == "Beds"
    # Pressed once more, or into itself: nothing more happens.
    actions.merge_clusters(cluster=first, into=second.public_id, by=cast.academic)
    actions.merge_clusters(cluster=second, into=second.public_id, by=cast.academic)
    assert lies(*notes[:2]) == [second, second]


def test_nothing_is_sorted_before_the_reveal_nor_after_the_session(writing, cast):
    note = write(writing, by=cast.fellow)
    with pytest.raises(ValidationError, match="once they are revealed"):
        put_together(writing, note, by=cast.fellow)
    actions.reveal_writing(writing=writing, by=cast.practitioner)
    with (
        time_machine.travel(writing.session.ends_at + timedelta(minutes=1), tick=True),
        pytest.raises(ValidationError, match="over"),
    ):
        put_together(writing, note, by=cast.fellow)


def test_notes_of_another_writing_and_what_is_taken_back_are_left_alone(writing, notes, cast):
    record_actions.withdraw(notes[0], by=cast.fellow)
    for strange in (notes[0], cast["live_notes"][0]):
        with pytest.raises(ValidationError, match="Tick"):
            put_together(writing, strange, by=cast.academic)
    with pytest.raises(ValidationError, match="gone"):
        put_together(writing, notes[1], by=cast.fellow, cluster=cast["cluster"].public_id)
    mine = put_together(writing, notes[1], by=cast.fellow)
    with pytest.raises(ValidationError, match="gone"):
        actions.merge_clusters(cluster=mine, into=cast["cluster"].public_id, by=cast.fellow)


def test_a_note_that_is_taken_back_takes_its_cluster_along_only_if_it_lay_there_alone(writing, notes, cast, client_for):
    alone, shared = put_together(writing, notes[0], by=cast.fellow), put_together(writing, *notes[1:3], by=cast.fellow)
    for cluster, name in ((alone, "Alone here"), (shared, "Two of them")):
        actions.name_cluster(cluster=cluster, name=name, by=cast.fellow)
    for note in notes[:2]:
        note.refresh_from_db()
        record_actions.withdraw(note, by=cast.fellow)
    page = client_for(cast.academic).get(f"{writing.session.get_absolute_url()}live/").content.decode()
    assert "Alone here" not in page
    assert "Two of them" in page
    assert "note 1" not in page
    assert "note 2" in page
