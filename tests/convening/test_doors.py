"""Who may do what about sessions, asked of the actions and the doors themselves, whatever page stands before them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.access import is_host, may_take_over
from convening.agenda.finding import agenda_or_404, may_change
from convening.agenda.reading import may_keep
from convening.looking.rules import may_anyway, may_carry_out, require_may_carry_out
from convening.models import AgendaOffer, Contribution, Decision, Evidence, Session
from partnerships.actions import leave_space
from partnerships.reader import Reader
from records.models import Record
from tests import factories as make
from tests.scenery.agenda import add_item, offer

from . import after_made
from .looking import decide, held, intention_in, look


def membership(cast, name):
    return make.membership_of(person=cast[name], partnership=cast.partnership)


REFUSED = {
    "an answer from outside": lambda cast: actions.answer_session(
        session=cast["peers_session"], answer="yes", by=cast.manager
    ),
    "an offer from outside": lambda cast: offer(session=cast["peers_session"], by=cast.manager),
    "words from outside": lambda cast: make.make_contribution(to=cast["peers_session"], by=cast.manager),
    "a commitment from outside": lambda cast: after_made.commit(
        cast["running_session"], by=cast.manager, doer=cast.fellow
    ),
    "an item by who does not host": lambda cast: add_item(session=cast["peers_session"], by=cast.fellow),
    "hosting by who does not host": lambda cast: actions.hand_over_hosting(
        session=cast["peers_session"], to=membership(cast, "fellow"), by=cast.fellow
    ),
    "a proposal by who does not host": lambda cast: after_made.propose(cast["noted_session"], by=cast.fellow),
    "evidence taken off by who did not add it": lambda cast: actions.remove_evidence(
        evidence=cast["looked_evidence"], by=cast.academic
    ),
    "words kept back, shown by another": lambda cast: actions.show_kept_back(
        contribution=Contribution.objects.get(is_kept_back=True), by=cast.learning_partner
    ),
    "words that are not kept back": lambda cast: actions.show_kept_back(
        contribution=cast["unseen_words"], by=cast.fellow
    ),
    "looking again at another session": lambda cast: look(cast["running_session"], intention_in(cast), by=cast.fellow),
    "looking again at another partnership's intention": lambda cast: look(
        cast["looking_session"], elsewhere(cast), by=cast.expert
    ),
    "evidence for another partnership's intention": lambda cast: actions.add_evidence(
        session=cast["looking_session"], intention=elsewhere(cast), record=cast.everyone_note, by=cast.expert
    ),
    "what nobody else reads as evidence": lambda cast: evidence(cast, cast.private_note),
    "a response as evidence": lambda cast: evidence(cast, cast.response),
    "what is folded as evidence": lambda cast: evidence(cast, folded(cast)),
    "a decision carried out by who may not": lambda cast: actions.carry_out(
        decision=cast["looked_decision"], version=1, by=cast.academic
    ),
}


def elsewhere(cast):
    """Give an intention of the partnership next door."""
    now = cast["looked_intention"].started_at
    return cast.sibling.intentions.create(text="Next door", started_at=now, recorded_by=cast.outsider)


def folded(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    make.fold(record=note, by=cast.academic)
    return note


def evidence(cast, record):
    """Add a record as evidence by somebody who reads it, or who read it before it was folded."""
    by = cast.fellow if record.kind == "reflection" and record.space_id else cast.practitioner
    intention = intention_in(cast)
    return actions.add_evidence(session=cast["narrow_looking"], intention=intention, record=record, by=by)


@pytest.mark.parametrize("what", REFUSED)
def test_the_action_itself_refuses(cast, what):
    with pytest.raises(PermissionDenied):
        REFUSED[what](cast)


def test_hosting_goes_to_nobody_outside_the_space(cast):
    with pytest.raises(ValidationError) as error:
        actions.hand_over_hosting(session=cast["peers_session"], to=membership(cast, "manager"), by=cast.practitioner)
    assert error.value.code == "not_here"


def test_who_has_left_the_space_hosts_no_more(cast):
    leave_space(space=cast.peers, by=cast.practitioner)
    assert not is_host(Reader(cast.practitioner), cast["peers_session"])


def test_a_session_is_taken_over_from_within_its_space_while_it_takes_place(cast):
    running, cancelled = cast["running_session"], cast["cancelled_session"]
    assert may_take_over(Reader(cast.fellow), running)
    assert not may_take_over(Reader(cast.manager), running)
    assert not may_take_over(Reader(cast.academic), running), "its host hosts it already"
    assert not may_take_over(Reader(cast.fellow), cast["peers_session"])
    leave_space(space=cast.peers, by=cancelled.host)
    assert not may_take_over(Reader(cast.fellow), cancelled)


# Decisions


def test_a_decision_is_carried_out_by_who_may_anyway_or_hosts(cast):
    decision = cast["looked_decision"]
    may = {name for name in ("steward", "learning_partner", "academic", "expert") if anyway(cast, name, decision)}
    assert may == {"steward", "learning_partner"}
    # A duty is given by stewards; a host for all carries it out as well, once it has stood.
    assert not anyway(cast, "learning_partner", cast["looked_duty"])
    assert may_carry_out(Reader(cast.learning_partner), cast["looked_duty"])
    assert not may_carry_out(Reader(cast.academic), decision)
    assert not anyway(cast, "outsider", decision)


def anyway(cast, name, decision):
    return may_anyway(Reader(cast[name]), decision)


def test_a_decision_of_a_narrower_space_is_carried_out_from_within_it_alone(cast):
    decision = decide(cast["narrow_looking"], by=cast.fellow, about="phase", phase=cast.partnership.phases.last())
    assert anyway(cast, "steward", decision)
    assert not may_carry_out(Reader(cast.steward), decision)
    assert not may_carry_out(Reader(cast.practitioner), decision), "its host, but not for all"


def test_a_session_that_looks_again_no_more_carries_nothing_out(cast):
    Session.objects.filter(pk=cast["looking_session"].pk).update(occasion="reflection")
    decision = Decision.objects.get(pk=cast["looked_decision"].pk)
    assert not may_carry_out(Reader(cast.steward), decision)


def test_what_somebody_objects_to_or_nobody_wrote_is_not_carried_out(cast):
    decision, steward = cast["looked_decision"], Reader(cast.steward)
    actions.object_to_decision(decision=decision, version=1, text="Not so.", by=cast.academic, key="objection")
    other, intention = held(cast), cast["looked_intention"]
    added = actions.add_evidence(session=other, intention=intention, record=cast.everyone_note, by=cast.expert)
    for row, code in ((decision, "stopped"), (added.decision, "nothing")):
        row = Decision.objects.get(pk=row.pk)
        row.verdict = "let_go"
        with pytest.raises(ValidationError) as error:
            require_may_carry_out(steward, row)
        assert error.value.code == code


# Agendas


def test_an_agenda_of_ones_own_is_found_in_its_own_partnership(cast):
    own, other = cast["own_agenda"].public_id, cast["sibling_agenda"].public_id
    assert agenda_or_404(Reader(cast.practitioner), cast.partnership.slug, own)
    for name, slug, key in (
        ("practitioner", cast.sibling.slug, other),
        ("practitioner", cast.partnership.slug, other),
        ("learning_partner", cast.supervision.slug, own),
    ):
        with pytest.raises(Http404):
            agenda_or_404(Reader(cast[name]), slug, key)


def test_agendas_are_kept_by_who_looks_after_the_settings(cast):
    may = {name for name in ("practitioner", "fellow", "steward") if may_change(membership(cast, name))}
    assert may == {"steward"}
    assert not may_change(None)
    assert not may_keep(Reader(cast.practitioner), cast["peers_session"])


def test_ones_own_offer_is_taken_back_where_it_was_made_and_by_oneself(cast, client_for):
    mine, others = cast["offer"], cast["own_offer"]

    def take_back(session, row):
        args = [session.public_id, row.public_id]
        return client_for(cast.fellow).post(reverse("convening:agenda-offer-take-back", args=args)).status_code

    assert take_back(cast["peers_session"], others) == 404
    assert take_back(cast["running_session"], mine) == 404
    assert set(AgendaOffer.objects.filter(pk__in=[mine.pk, others.pk]).values_list("state", flat=True)) == {"waiting"}
    assert take_back(cast["peers_session"], mine) == 302
    mine.refresh_from_db()
    others.refresh_from_db()
    assert (mine.state, others.state) == ("taken_back", "waiting")


def test_a_new_agenda_begins_with_no_session_that_one_does_not_read(cast, client_for):
    """Neither with one of a space that one is not in, nor with one of another partnership."""

    def begun_with(name, session):
        url = reverse("convening:agenda-new", args=[cast.partnership.slug])
        return client_for(cast[name]).get(url, {"session": session.public_id}).content.decode()

    add_item(session=cast["everyone_session"], by=cast.learning_partner, title="Seen by all")
    assert "Seen by all" in begun_with("steward", cast["everyone_session"])
    assert "Tea in peers" not in begun_with("steward", cast["peers_session"])
    talk = make.make_session(by=cast.learning_partner, space=cast.supervision_everyone)
    add_item(session=talk, by=cast.learning_partner, title="Talked of elsewhere")
    assert "Talked of elsewhere" not in begun_with("learning_partner", talk)
    make.fold(record=cast["everyone_session"], by=cast.fellow)
    assert "Seen by all" not in begun_with("steward", cast["everyone_session"])


# Pages


ELSEWHERE = {
    "objecting through another session": ("decision-object", "narrow_looking", "looked_decision"),
    "carrying out through another session": ("decision-carry-out", "narrow_looking", "looked_decision"),
    "a decision at no occasion for it": ("decision-new", "everyone_session"),
    "an intention at no occasion for it": ("intention-review", "running_session", "looked_intention"),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_there_is_no_such_page_at_another_session(cast, client_for, what):
    name, *things = ELSEWHERE[what]
    address = reverse(f"convening:{name}", args=[cast[thing].public_id for thing in things])
    assert client_for(cast.practitioner).get(address).status_code == 404


def test_evidence_is_taken_off_where_it_stands_by_who_added_it_or_the_host(cast, client_for):
    row, session = cast["looked_evidence"], cast["looking_session"]

    def take_off(name, session="looking_session"):
        args = [cast[session].public_id, row.public_id]
        return client_for(cast[name]).post(reverse("convening:evidence-delete", args=args)).status_code

    assert take_off("academic") == 404
    assert take_off("practitioner", "narrow_looking") == 404
    assert Evidence.objects.filter(pk=row.pk).exists()
    assert take_off("expert") == 302, "who added it"
    assert not Evidence.objects.filter(pk=row.pk).exists()
    intention, note = cast["looked_intention"], cast.everyone_note
    row = actions.add_evidence(session=session, intention=intention, record=note, by=cast.expert)
    assert take_off("learning_partner") == 302, "its host"
    assert not Evidence.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("column", ["folded_at", "set_aside_at"])
def test_a_copy_takes_no_words_that_are_withheld(cast, client_for, column):
    address = reverse("convening:session-new", args=[cast.partnership.slug])
    session, browser = cast["everyone_session"], client_for(cast.fellow)

    def copied():
        return session.title in browser.get(address, {"like": session.public_id}).content.decode()

    assert copied()
    Record.objects.filter(pk=session.pk).update(**{column: timezone.now()})
    assert not copied()
