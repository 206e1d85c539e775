"""What came of a session: noted, proposed, objected to, amended, proposed, agreed; and who may what at each step."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from convening import actions
from convening.models import Objection, Outcome, OutcomeState
from convening.models.outcomes import BOXES
from partnerships.actions import leave_space
from records.actions import AlreadySent, StaleVersion

from . import after_made as made


def now_of(session):
    return Outcome.objects.get(session=session)


def test_the_whole_way(cast):
    """Noted, proposed, objected to, amended, proposed, agreed: then its words are fixed."""
    host, other = cast.practitioner, cast.fellow
    session = made.held(cast)
    made.note(session, by=other, learned="first")
    assert now_of(session).state == OutcomeState.NOTED
    made.propose(session, by=host)
    assert now_of(session).state == OutcomeState.PROPOSED
    made.object_to(session, by=other)
    assert now_of(session).state == OutcomeState.OBJECTED
    with pytest.raises(ValidationError, match="Amend it first"):
        made.propose(session, by=host)
    made.note(session, by=host, version=1, learned="second")
    assert now_of(session).state == OutcomeState.NOTED
    made.propose(session, by=host)
    made.let_its_day_pass(session)
    outcome = now_of(session)
    assert outcome.state == OutcomeState.AGREED
    for person in (host, other):
        with pytest.raises(ValidationError, match="its words are fixed"):
            made.note(session, by=person, version=2, learned="third")
        with pytest.raises(ValidationError, match="its words are fixed"):
            made.object_to(session, by=person)
    with pytest.raises(ValidationError, match="agreed already"):
        made.propose(session, by=host)
    assert [(row.number, row.words["learned"], row.was_proposed) for row in outcome.versions.all()] == [
        (1, "first", True)
    ]
    assert outcome.versions.get().written_by == other
    assert outcome.objections.get().version == 1


def test_an_objection_stops_it_for_good_until_it_is_amended(cast):
    session = made.held(cast)
    made.note(session, by=cast.fellow)
    made.propose(session, by=cast.practitioner)
    made.object_to(session, by=cast.fellow)
    week = timedelta(days=8)
    with time_machine.travel(datetime.now(tz=ZoneInfo("UTC")) + week, tick=False):
        assert now_of(session).state == OutcomeState.OBJECTED
        assert not Outcome.objects.agreed().filter(session=session).exists()
        with pytest.raises(ValidationError, match="not proposed now"):
            made.object_to(session, by=cast.academic)


def test_who_may_what_at_each_step(cast):
    session = made.held(cast)
    outside = (cast.manager, cast.learning_partner, cast.steward, cast.outsider, cast.site_admin)
    for person in outside:
        with pytest.raises(PermissionDenied):
            made.note(session, by=person)
    made.note(session, by=cast.fellow)
    for person in (*outside, cast.fellow):
        with pytest.raises(PermissionDenied):
            made.propose(session, by=person)
    made.note(session, by=cast.academic, version=1, learned="Anybody here takes notes.")
    made.propose(session, by=cast.practitioner)
    with pytest.raises(ValidationError, match="its host alone amends it now"):
        made.note(session, by=cast.fellow, version=2, learned="Mine.")
    for person in outside:
        with pytest.raises(PermissionDenied):
            made.object_to(session, by=person)
    made.object_to(session, by=cast.practitioner)
    made.object_to(session, by=cast.academic)
    assert Objection.objects.filter(outcome__session=session).count() == 2


def test_amending_takes_the_proposal_back(cast):
    """Nobody agrees to what they did not see; saving the same words changes nothing."""
    session = made.held(cast)
    made.note(session, by=cast.fellow, learned="one")
    made.propose(session, by=cast.practitioner)
    made.note(session, by=cast.practitioner, version=1, learned="one")
    assert now_of(session).state == OutcomeState.PROPOSED
    made.note(session, by=cast.practitioner, version=1, learned="two")
    outcome = now_of(session)
    assert outcome.state == OutcomeState.NOTED
    assert outcome.agrees_at is None
    with pytest.raises(ValidationError, match="not proposed now"):
        made.object_to(session, by=cast.fellow)


def test_it_is_agreed_when_the_day_ends_where_the_session_is(cast):
    """New York is five hours behind London."""
    session = made.held(cast, zone="America/New_York")
    zone = ZoneInfo("America/New_York")
    made.note(session, by=cast.fellow)
    outcome = made.propose(session, by=cast.practitioner, days=1)
    assert outcome.last_day == made.today(session) + timedelta(days=1)
    end = datetime.combine(outcome.last_day, datetime.max.time(), zone)
    with time_machine.travel(end, tick=False):
        assert now_of(session).state == OutcomeState.PROPOSED
        made.object_to(session, by=cast.fellow)
        Outcome.objects.filter(session=session).update(stopped_at=None)
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        assert now_of(session).state == OutcomeState.AGREED
        assert Outcome.objects.agreed().filter(session=session).exists()
        assert not Outcome.objects.open_to_objections().filter(session=session).exists()


@pytest.mark.parametrize("days", [-1, 0, 61, 4000])
def test_a_day_too_near_or_too_far_is_refused(cast, days):
    session = made.held(cast)
    made.note(session, by=cast.fellow)
    with pytest.raises(ValidationError):
        made.propose(session, by=cast.practitioner, days=days)
    assert now_of(session).state == OutcomeState.NOTED


@pytest.mark.parametrize("days", [1, 60])
def test_the_nearest_and_the_farthest_day_are_taken(cast, days):
    session = made.held(cast)
    made.note(session, by=cast.fellow)
    assert made.propose(session, by=cast.practitioner, days=days).state == OutcomeState.PROPOSED


def test_a_day_can_be_put_off_and_not_brought_forward(cast):
    session = made.held(cast)
    made.note(session, by=cast.fellow)
    made.propose(session, by=cast.practitioner, days=7)
    with pytest.raises(ValidationError, match="not brought forward"):
        made.propose(session, by=cast.practitioner, days=2)
    made.propose(session, by=cast.practitioner, days=9)
    assert now_of(session).last_day == made.today(session) + timedelta(days=9)


def test_nothing_is_noted_before_it_begins_nor_where_it_was_cancelled(cast):
    ahead, cancelled = made.held(cast, ago=timedelta(hours=-1)), made.held(cast, ago=timedelta(minutes=5))
    actions.cancel_session(session=cancelled, because="Snow.", by=cast.practitioner, key="k")
    for session, words in ((ahead, "has not begun"), (cancelled, "was cancelled")):
        with pytest.raises(ValidationError, match=words):
            made.note(session, by=cast.fellow)
        with pytest.raises(ValidationError, match=words):
            actions.propose_outcome(session=session, version=1, last_day=made.today(session), by=cast.practitioner)


def test_nothing_cannot_be_proposed(cast):
    session = made.held(cast)
    with pytest.raises(ValidationError, match="Nothing is noted yet"):
        actions.propose_outcome(session=session, version=1, last_day=made.today(session), by=cast.practitioner)


def test_who_writes_on_an_old_version_is_told(cast):
    session = made.held(cast)
    made.note(session, by=cast.fellow, learned="first")
    with pytest.raises(StaleVersion):
        made.note(session, by=cast.academic, learned="mine")
    with pytest.raises(StaleVersion):
        made.note(session, by=cast.academic, version=2, learned="mine")
    made.note(session, by=cast.academic, version=1, learned="mine")
    with pytest.raises(StaleVersion):
        actions.propose_outcome(
            session=session, version=1, last_day=made.today(session) + timedelta(days=3), by=cast.practitioner
        )
    made.propose(session, by=cast.practitioner)
    with pytest.raises(StaleVersion):
        actions.object_to_outcome(session=session, version=1, text="No.", by=cast.fellow, key="k")


def test_a_form_that_is_sent_again_is_saved_once(cast):
    """Also where somebody has saved on top of it meanwhile; other words under the same key are not lost."""
    session = made.held(cast)
    made.note(session, by=cast.fellow, learned="mine", key="form")
    made.note(session, by=cast.fellow, learned="mine", key="form")
    made.note(session, by=cast.academic, version=1, learned="theirs")
    made.note(session, by=cast.fellow, learned="mine", key="form")
    assert (now_of(session).learned, now_of(session).version) == ("theirs", 2)
    with pytest.raises(AlreadySent):
        made.note(session, by=cast.fellow, learned="other words", key="form")
    made.propose(session, by=cast.practitioner)
    for _n in range(2):
        made.object_to(session, by=cast.fellow, key="again")
    assert Objection.objects.filter(outcome__session=session).count() == 1
    with pytest.raises(AlreadySent):
        made.object_to(session, by=cast.fellow, text="Something else.", key="again")


def test_only_those_who_were_there_are_asked_whether_it_may_travel(cast):
    session = made.agreed(cast, there=[cast.fellow])
    with pytest.raises(PermissionDenied):
        actions.answer_carrying(session=session, may_travel=True, by=cast.academic)
    actions.answer_carrying(session=session, may_travel=True, by=cast.fellow)
    leave_space(space=cast.peers, by=cast.fellow)
    with pytest.raises(PermissionDenied):
        actions.answer_carrying(session=session, may_travel=False, by=cast.fellow)


def test_nobody_is_asked_before_it_is_agreed(cast):
    session = made.held(cast)
    actions.note_attendance(session=session, present=[cast.fellow.public_id], by=cast.practitioner)
    made.note(session, by=cast.fellow)
    made.propose(session, by=cast.practitioner)
    with pytest.raises(ValidationError, match="not agreed yet"):
        actions.answer_carrying(session=session, may_travel=True, by=cast.fellow)


def test_it_may_travel_only_where_all_who_were_there_say_yes(cast):
    session = made.agreed(cast, there=[cast.fellow, cast.academic])

    def travels():
        return Outcome.objects.noting_carried().get(session=session).all_say_yes

    assert not travels()
    actions.answer_carrying(session=session, may_travel=True, by=cast.fellow)
    assert not travels()
    actions.answer_carrying(session=session, may_travel=True, by=cast.academic)
    assert travels()
    actions.answer_carrying(session=session, may_travel=False, by=cast.academic)
    assert not travels()
    actions.answer_carrying(session=session, may_travel=True, by=cast.academic)
    actions.correct_attendance(session=session, was_there=True, by=cast.consultant)
    assert not travels()


def test_where_nobody_was_noted_nothing_travels(cast):
    session = made.agreed(cast)
    assert not Outcome.objects.noting_carried().get(session=session).all_say_yes


def test_the_boxes_are_all_kept(cast):
    session = made.held(cast)
    given = {name: f"words of {name}" for name in BOXES}
    made.note(session, by=cast.fellow, **given)
    assert now_of(session).words == given
