"""Carrying out what a session decided: who may, when, and what stops it (docs/decisions/0017)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.looking.news import decision_line
from convening.models import Decision
from desk import drafts
from desk.models import Notice
from partnerships import actions as partnership_actions
from partnerships.models import Intention, PhaseChange
from partnerships.models.phases import phase_of
from records.versions import StaleVersion
from tests import factories as make

from .looking import CHANGE, decide, held, intention_in, look, page, stood


def carry_out(decision, *, by, version=None):
    return actions.carry_out(decision=decision, version=decision.version if version is None else version, by=by)


def object_to(decision, *, by, text="Not like this."):
    return actions.object_to_decision(
        decision=decision, version=decision.version, text=text, by=by, key=drafts.new_key()
    )


def refuses(decision, *, by):
    """Return why it is refused: the code, or the class where it is not theirs."""
    with pytest.raises((PermissionDenied, ValidationError)) as refused:
        carry_out(decision, by=by)
    assert not Decision.objects.get(pk=decision.pk).is_carried_out
    return getattr(refused.value, "code", "") or "denied"


@pytest.fixture
def session(cast):
    """Hosted by a member without a duty, in the space of everyone."""
    return held(cast)


@pytest.fixture
def changed(cast, session):
    return look(session, intention_in(cast), by=cast.fellow)


def member(cast, name):
    return make.membership_of(person=cast[name], partnership=cast.partnership)


@pytest.fixture
def duty(cast, session):
    return decide(session, about="learning_partner", member=member(cast, "expert"), by=cast.fellow)


def holds(cast, name, duty="is_learning_partner"):
    return getattr(member(cast, name).held_role, duty)


def test_who_may_do_it_anyway_does_it_at_once(cast, changed):
    carry_out(changed, by=cast.learning_partner)
    now = Intention.objects.get(text=CHANGE["new_words"])
    assert now.follows == changed.intention and now.is_current
    changed.refresh_from_db()
    assert changed.successor == now and changed.carried_out_by == cast.learning_partner


def test_the_host_does_it_once_it_has_stood_for_seven_days(cast, changed):
    assert refuses(changed, by=cast.practitioner) == "early"
    carry_out(stood(changed), by=cast.practitioner)
    assert Intention.objects.get(text=CHANGE["new_words"]).recorded_by == cast.practitioner


@pytest.mark.parametrize("who", ["fellow", "manager", "outsider", "former", "site_admin"])
def test_nobody_else_does(cast, changed, who):
    assert refuses(stood(changed), by=cast[who]) == "denied"


def test_changing_the_words_begins_the_seven_days_anew_and_lifts_an_objection(cast, session, changed):
    object_to(stood(changed), by=cast.manager)
    changed.refresh_from_db()
    assert refuses(changed, by=cast.practitioner) == "stopped"
    again = look(session, changed.intention, by=cast.fellow, version=1, why="Otherwise.")
    assert not again.is_stopped
    assert refuses(again, by=cast.practitioner) == "early"


def test_an_objection_stops_it_for_everybody(cast, changed, duty):
    for decision in (changed, duty):
        object_to(decision, by=cast.expert)
        decision.refresh_from_db()
        assert refuses(stood(decision), by=cast.practitioner) == "stopped"
        assert refuses(decision, by=cast.steward) == "stopped"


def test_after_it_was_carried_out_it_is_too_late_to_object_or_to_change(cast, session, changed):
    carry_out(changed, by=cast.steward)
    changed.refresh_from_db()
    with pytest.raises(ValidationError) as late:
        object_to(changed, by=cast.manager)
    with pytest.raises(ValidationError) as fixed:
        look(session, changed.intention, by=cast.fellow, version=1, why="Otherwise.")
    assert (late.value.code, fixed.value.code) == ("carried_out", "carried_out")


def test_carried_out_twice_it_is_done_once(cast, changed):
    carry_out(changed, by=cast.steward)
    carry_out(changed, by=cast.learning_partner)
    assert Intention.objects.filter(follows=changed.intention).count() == 1


def test_who_looked_at_other_words_looks_again(cast, session, changed):
    look(session, changed.intention, by=cast.fellow, version=1, why="Otherwise.")
    with pytest.raises(StaleVersion):
        carry_out(changed, by=cast.steward, version=1)


def test_letting_go_ends_it_and_keeping_it_changes_nothing(cast, session):
    intention = intention_in(cast)
    kept = look(session, intention, by=cast.fellow, verdict="keep", new_words="")
    assert refuses(kept, by=cast.steward) == "nothing"
    gone = look(session, intention, by=cast.fellow, version=1, verdict="let_go", new_words="")
    carry_out(gone, by=cast.steward)
    intention.refresh_from_db()
    assert not intention.is_current and not hasattr(intention, "followed_by")


def test_changed_in_the_settings_meanwhile_it_is_left_alone(cast, changed):
    partnership_actions.change_intention(intention=changed.intention, text="Other words.", by=cast.steward)
    assert refuses(changed, by=cast.steward) == "ended"


def test_the_phase_begins_on_the_day_of_the_session_with_its_reason(cast):
    session = held(cast, begins_in=timedelta(days=-3))
    phase = cast.partnership.phases.get(key="working")
    decision = decide(session, about="phase", phase=phase, by=cast.fellow)
    before = PhaseChange.objects.count()
    assert refuses(decision, by=cast.practitioner) == "early"
    assert PhaseChange.objects.count() == before
    carry_out(stood(decision), by=cast.practitioner)
    assert phase_of(cast.partnership) == phase
    change = PhaseChange.objects.latest("pk")
    assert change.began_on == session.day
    assert "Since it is so." in change.reason


def test_a_phase_taken_out_meanwhile_is_not_entered(cast, session):
    phase = cast.partnership.phases.get(key="afterlife")
    decision = decide(session, about="phase", phase=phase, by=cast.fellow)
    phase.delete()
    assert refuses(decision, by=cast.steward) == "gone"


def test_a_duty_is_given_by_the_host_after_seven_days_and_by_a_steward_at_once(cast, session, duty):
    assert refuses(duty, by=cast.practitioner) == "early"
    carry_out(stood(duty), by=cast.practitioner)
    assert holds(cast, "expert")
    second = decide(session, about="steward", member=member(cast, "academic"), by=cast.fellow)
    carry_out(second, by=cast.steward)
    assert holds(cast, "academic", "is_steward")
    assert member(cast, "academic").held_role.role == "academic"


def test_a_learning_partner_who_does_not_host_gives_no_duty(cast, duty):
    assert refuses(stood(duty), by=cast.learning_partner) == "denied"
    assert not holds(cast, "expert")


def test_a_session_of_a_narrower_space_lets_its_host_do_nothing(cast):
    session = held(cast, space=cast.peers)
    duty = stood(decide(session, about="steward", member=member(cast, "fellow"), by=cast.fellow))
    changed = stood(look(session, intention_in(cast), by=cast.fellow))
    for decision in (duty, changed):
        assert refuses(decision, by=cast.practitioner) == "denied"


def test_the_host_of_a_session_cancelled_or_for_something_else_does_nothing(cast, session, duty):
    stood(duty)
    type(session).objects.filter(pk=session.pk).update(occasion="reflection")
    assert refuses(duty, by=cast.practitioner) == "denied"


@pytest.mark.parametrize("about", ["phase", "steward"])
def test_the_actions_of_partnerships_ask_the_decision_themselves(cast, session, changed, duty, about):
    """A public id that is no decision, of something else, too young, stopped, or carried out, lets nobody do it."""
    phase = cast.partnership.phases.get(key="working")
    expert = member(cast, "expert")

    def enter(decided_in):
        partnership_actions.enter_phase(
            partnership=cast.partnership,
            phase=phase,
            began_on=timezone.localdate(),
            decided_in=decided_in,
            by=cast.practitioner,
        )

    def give(decided_in):
        partnership_actions.give_duty(membership=expert, duty="steward", decided_in=decided_in, by=cast.practitioner)

    mine = decide(
        session,
        by=cast.fellow,
        **({"about": "phase", "phase": phase} if about == "phase" else {"about": "steward", "member": expert}),
    )
    other = stood(duty if about == "phase" else changed)
    does = enter if about == "phase" else give
    for decided_in in ("", "AAAAAAAAAAAA", other.public_id, mine.public_id):
        with pytest.raises(PermissionDenied):
            does(decided_in)
    object_to(stood(mine), by=cast.manager)
    with pytest.raises(PermissionDenied):
        does(mine.public_id)
    Decision.objects.filter(pk=mine.pk).update(stopped_at=None)
    does(mine.public_id)


def test_giving_a_duty_asks_who_it_is_once_more(cast, session, duty, client_for):
    browser = client_for(cast.steward)
    address = page("decision-carry-out", session.public_id, duty.public_id)
    answer = browser.post(address, {"version": 1})
    assert answer.status_code == 302 and answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not holds(cast, "expert")


def test_the_page_says_what_changes_and_does_it(cast, session, changed, client_for):
    address = page("decision-carry-out", session.public_id, changed.public_id)
    browser = client_for(cast.learning_partner)
    body = browser.get(address).content.decode()
    assert CHANGE["new_words"] in body and changed.intention.text in body
    assert browser.post(address, {"version": 1}).status_code == 302
    assert "Carried out by" in browser.get(session.get_absolute_url()).content.decode()


def test_the_page_waits_for_the_host_and_is_not_there_for_others(cast, session, changed, client_for):
    address = page("decision-carry-out", session.public_id, changed.public_id)
    waiting = client_for(cast.practitioner).get(address)
    assert "seven days first" in waiting.content.decode()
    assert '<button class="button">Carry it out' not in waiting.content.decode()
    assert client_for(cast.practitioner).post(address, {"version": 1}).status_code == 422
    assert client_for(cast.fellow).get(address).status_code == 403
    assert client_for(cast.outsider).get(address).status_code == 404


def made_steward(cast, name):
    held = member(cast, name).held_role
    partnership_actions.change_role(
        membership=member(cast, name), role=held.role, own_words="", organisation=None, steward=True, by=cast.steward
    )


def test_the_overview_leads_to_the_session_only_those_who_read_it(cast, client_for):
    session = held(cast, space=cast.peers, by=cast.practitioner)
    decision = look(session, intention_in(cast), by=cast.fellow)
    made_steward(cast, "fellow")
    carry_out(decision, by=cast.fellow)
    overview = reverse("partnerships:partnership-detail", args=[cast.partnership.slug])
    reads = client_for(cast.practitioner).get(overview).content.decode()
    does_not = client_for(cast.manager).get(overview).content.decode()
    assert session.get_absolute_url() in reads
    assert "Decided at a session on" in does_not
    for word in (session.public_id, "Quagga title", "The wards asked."):
        assert word not in does_not


def test_what_is_carried_from_a_narrower_space_takes_no_line_along(cast, client_for):
    session = held(cast, space=cast.peers, by=cast.practitioner)
    phase = cast.partnership.phases.get(key="working")
    decision = decide(session, about="phase", phase=phase, by=cast.practitioner)
    made_steward(cast, "fellow")
    carry_out(decision, by=cast.fellow)
    assert "Since it is so." not in PhaseChange.objects.latest("pk").reason
    body = (
        client_for(cast.steward).get(reverse("partnerships:phase-edit", args=[cast.partnership.slug])).content.decode()
    )
    assert "Decided at a session on" in body
    for word in (session.public_id, "Quagga title", "Since it is so."):
        assert word not in body


def told(person, session):
    return decision_line(person, session.public_id)


def test_all_whose_silence_counts_are_told_without_a_word_of_it(cast, session, changed):
    people = set(Notice.objects.filter(kind="decision", about=session.public_id).values_list("person", flat=True))
    everybody = set(cast.everyone.members().values_list("person", flat=True))
    assert people == everybody - {cast.fellow.pk}
    line = told(cast.manager, session)
    assert "A decision to look at" in line.words
    for word in ("Quagga", CHANGE["new_words"], CHANGE["why"], cast.fellow.name):
        assert word not in line.words
    assert told(cast.fellow, session) is None and told(cast.outsider, session) is None


def test_nobody_is_told_of_what_is_carried_out_stopped_or_old(cast, session, changed):
    object_to(changed, by=cast.expert)
    assert told(cast.manager, session) is None
    Decision.objects.filter(pk=changed.pk).update(stopped_at=None)
    assert told(cast.manager, session)
    stood(changed)
    assert told(cast.manager, session) is None


def test_a_narrower_space_where_silence_counts_for_nothing_is_not_mailed(cast):
    session = held(cast, space=cast.peers)
    look(session, intention_in(cast), by=cast.fellow)
    assert not Notice.objects.filter(kind="decision", about=session.public_id).exists()
