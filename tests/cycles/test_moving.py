"""A cycle goes on, back and over a stage; each move is kept, and two at once do not overtake each other."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cycles import actions
from cycles.models import CycleMove, LearningCycle
from desk import drafts
from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from records.versions import AlreadySent, StaleVersion
from tests import factories as make
from tests.scenery.cycles import begin_cycle, move


def stands(cycle):
    row = LearningCycle.objects.with_where_it_stands().get(pk=cycle.pk)
    return row.stage, row.state


@pytest.fixture
def cycle(cast):
    return begin_cycle(space=cast.peers, by=cast.practitioner)


def test_going_back_keeps_all_that_was(cast, cycle):
    move(cycle, to="co_design", by=cast.fellow, days_ago=30)
    move(cycle, to="understand", by=cast.academic, days_ago=10, note="We had not asked them.")
    assert stands(cycle) == ("understand", "running")
    assert list(cycle.moves.values_list("stage", "note")) == [
        ("understand", ""),
        ("co_design", ""),
        ("understand", "We had not asked them."),
    ]


@pytest.mark.parametrize(("to", "state"), [("embed", "running"), ("understand", "ended")])
def test_over_a_stage_and_at_the_end_a_line_says_why(cast, cycle, to, state):
    with pytest.raises(ValidationError):
        move(cycle, to=to, state=state, by=cast.fellow)
    move(cycle, to=to, state=state, by=cast.fellow, note="It was done before.")
    assert stands(cycle) == (to, state)


def test_back_asks_for_a_line_too(cast, cycle):
    move(cycle, to="co_design", by=cast.fellow, days_ago=3)
    with pytest.raises(ValidationError):
        move(cycle, to="understand", by=cast.fellow)
    assert stands(cycle) == ("co_design", "running")


def test_it_is_paused_and_taken_up_again(cast, cycle):
    move(cycle, to="understand", state="paused", by=cast.fellow, days_ago=9)
    assert stands(cycle) == ("understand", "paused")
    move(cycle, to="co_design", by=cast.fellow)
    assert stands(cycle) == ("co_design", "running")


@pytest.mark.parametrize("days_ago", [70, -1])
def test_no_move_lies_before_the_last_one_nor_ahead(cast, cycle, days_ago):
    with pytest.raises(ValidationError):
        move(cycle, to="co_design", by=cast.fellow, days_ago=days_ago)


def test_where_it_stands_already_is_no_move(cast, cycle):
    with pytest.raises(ValidationError):
        move(cycle, to="understand", by=cast.fellow)
    assert cycle.moves.count() == 1


def test_the_second_of_two_is_told(cast, cycle):
    words = {"stage": "co_design", "state": "running", "moved_on": timezone.localdate(), "note": ""}
    actions.move_cycle(cycle=cycle, seen=1, by=cast.fellow, key=drafts.new_key(), **words)
    with pytest.raises(StaleVersion):
        actions.move_cycle(
            cycle=cycle, seen=1, by=cast.academic, key=drafts.new_key(), **words | {"stage": "experiment", "note": "x"}
        )
    assert cycle.moves.count() == 2


def test_sent_twice_it_moves_once(cast, cycle):
    words = {"stage": "co_design", "state": "running", "moved_on": timezone.localdate(), "note": ""}
    for _time in range(2):
        actions.move_cycle(cycle=cycle, seen=1, by=cast.fellow, key="one-key", **words)
    assert cycle.moves.count() == 2
    with pytest.raises(AlreadySent):
        actions.move_cycle(cycle=cycle, seen=2, by=cast.fellow, key="one-key", **words | {"stage": "experiment"})


def test_who_has_left_the_space_moves_nothing_not_even_who_began_it(cast, cycle):
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    for person in (cast.practitioner, cast.manager, cast.learning_partner):
        with pytest.raises(PermissionDenied):
            move(cycle, to="co_design", by=person)
    assert cycle.moves.count() == 1


def test_a_folded_cycle_is_not_moved(cast, cycle):
    make.fold(record=cycle, by=cast.fellow)
    cycle.refresh_from_db()
    with pytest.raises(PermissionDenied):
        move(cycle, to="co_design", by=cast.academic)


def test_begun_twice_it_is_one(cast):
    words = {"title": "Why?", "stage": "understand", "began_on": timezone.localdate(), "people": [cast.fellow]}
    made = [actions.begin_cycle(space=cast.peers, by=cast.fellow, key="one-key", **words) for _time in range(2)]
    assert made[0] == made[1]
    assert CycleMove.objects.filter(cycle=made[0]).count() == 1
    with pytest.raises(AlreadySent):
        actions.begin_cycle(space=cast.peers, by=cast.fellow, key="one-key", **words | {"title": "Why not?"})


def test_nobody_begins_one_in_a_space_they_are_not_in(cast):
    with pytest.raises(PermissionDenied):
        begin_cycle(space=cast.peers, by=cast.manager)
    with pytest.raises(PermissionDenied):
        begin_cycle(space=cast.wider, by=cast.fellow)


def test_only_people_of_its_space_are_named(cast, cycle):
    with pytest.raises(ValidationError):
        actions.change_cycle(
            cycle=cycle, version=1, changes={"title": "t"}, people=[cast.manager], by=cast.fellow, key=drafts.new_key()
        )


def test_a_change_by_somebody_else_meanwhile_is_not_lost(cast, cycle):
    change = {"cycle": cycle, "version": 1, "people": [], "by": cast.fellow}
    actions.change_cycle(changes={"text": "first"}, key=drafts.new_key(), **change)
    with pytest.raises(StaleVersion):
        actions.change_cycle(changes={"text": "second"}, key=drafts.new_key(), **change | {"by": cast.academic})
    cycle.refresh_from_db()
    assert cycle.text == "first"
    assert cycle.versions.get().words["text"] == ""


def test_no_larger_cycle_lies_within_a_smaller_one(cast):
    large = begin_cycle(space=cast.peers, by=cast.fellow, title="Large")
    small = begin_cycle(space=cast.peers, by=cast.fellow, title="Small", parent=large)
    with pytest.raises(ValidationError):
        actions.change_cycle(
            cycle=large, version=1, changes={"parent": small}, people=[], by=cast.fellow, key=drafts.new_key()
        )


def test_a_larger_cycle_that_one_does_not_read_is_refused(cast):
    with pytest.raises(ValidationError):
        begin_cycle(space=cast.everyone, by=cast.fellow, parent=cast["power_line_cycle"])


@pytest.mark.once
def test_home_asks_those_in_it_when_its_day_has_come_and_nobody_else(cast):
    from cycles.asked import asked_to_look_again, perhaps_to_look_at

    cycle = cast["everyone_cycle"]
    assert not perhaps_to_look_at(Reader(cast.practitioner)).exists()
    LearningCycle.objects.filter(pk=cycle.pk).update(look_again_on=timezone.localdate() - timedelta(days=1))
    assert [row.words for row in asked_to_look_again(Reader(cast.practitioner))] == [cycle.title]
    assert asked_to_look_again(Reader(cast.fellow)) == []
    move(cycle, to="understand", state="ended", note="We know enough.", by=cast.fellow)
    assert asked_to_look_again(Reader(cast.practitioner)) == []
