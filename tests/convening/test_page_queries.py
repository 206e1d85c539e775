"""The page of a session takes at most twenty queries, before, during and after it, whoever looks and whatever it holds.

Each session here holds all that may be there at once; what is not there is not asked for.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convening import actions
from convening.models import Session
from desk import drafts
from tests import factories as make
from tests.scenery.agenda import add_item, begin, offer

from . import after_made, looking

# How many queries there are is the same on both databases.
pytestmark = pytest.mark.once

MOST = 20
STAGES = {"before": timedelta(days=2), "going on": timedelta(minutes=-30), "over": timedelta(days=-1)}
SUPERVISION = {
    "lenses": ["eye_3"],
    "shifted": "Much.",
    "has_concern": False,
    "concern": "",
    "followed_up": "",
    "followed_up_on": None,
}


def open_page(browser, session):
    """Return the page, and what it asks of the database of somebody whose visit is noted already."""
    browser.get("/healthz")
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(session.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode(), [query["sql"] for query in captured]


def assert_few(queries):
    assert len(queries) <= MOST, "\n".join(f"{number} {sql[:200]}" for number, sql in enumerate(queries, 1))


def prepared(*, space, host, others, **words):
    """Convene a session as one of three, with all that may be there before it; each of the others wrote and offered."""
    before = after_made.held({}, by=host, space=space, ago=timedelta(days=9))
    after_made.commit(before, by=host, doer=others[0], what="Ring the ward")
    session = make.make_session(by=host, space=space, begins_in=timedelta(days=2), **words)
    days = [session.day + timedelta(weeks=week) for week in range(3)]
    actions.repeat_session(session=session, rhythm="weekly", days=days, hosts=[], by=host)
    begin(session=session, by=host)
    add_item(session=session, by=host, lead=others[0])
    actions.accept_offer(offer=offer(session=session, by=others[0]), by=host)
    for person in others:
        offer(session=session, by=person, title=f"Offered by {person.name}")
        actions.answer_session(session=session, answer="yes", by=person)
        make.make_contribution(to=session, by=person, text=f"Written by {person.name}")
    asked = make.make_response(to=session, by=others[-1], verb="ask")
    make.make_response(to=session, by=others[0], answers=asked)
    return session


def put(session, begins_in):
    """Have it begin that long from now, with what was written for it revealed where it has begun."""
    starts_at = timezone.now() + begins_in
    Session.objects.filter(pk=session.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    session = Session.objects.select_related("space__partnership", "partnership", "host").get(pk=session.pk)
    if session.has_started:
        actions.reveal(session=session, by=session.host)
    return session


def write_up(session, *, people):
    """Note who was there and what came of it, amended and objected to; and what was taken on and let go."""
    host = session.host
    actions.note_attendance(session=session, present=[person.public_id for person in people], by=host)
    after_made.note(session, by=host)
    after_made.note(session, by=host, version=1, learned="It is printed once.")
    after_made.propose(session, by=host)
    after_made.object_to(session, by=people[0], text="Not in the outcome")
    taken_on = after_made.commit(session, by=host, doer=people[0], what="Print it once")
    actions.let_go(commitment=taken_on, reason="No time.", by=people[0], key=drafts.new_key())


def look_again(session, *, cast):
    """Write what a session that looks again may hold: evidence, a decision, an objection to it, who does what."""
    intention = looking.intention_in(cast)
    looking.look(session, intention, by=cast.fellow)
    looking.look(session, intention, by=cast.practitioner, version=1, why="As it came.")
    record = make.make_shared_note(by=cast.fellow, space=cast.everyone, title="An evident note")
    actions.add_evidence(session=session, intention=intention, record=record, by=cast.fellow)
    phase = cast.partnership.phases.get(key="working")
    decision = looking.decide(session, by=cast.practitioner, about="phase", phase=phase)
    for person in (cast.fellow, cast.academic):
        words = {"text": f"Not in the phase, {person.name}", "by": person, "key": drafts.new_key()}
        actions.object_to_decision(decision=decision, version=1, **words)
    answers = [{"task": "hosting", "name": "", "who": "members", "line": "By turns."}]
    actions.note_tasks(session=session, version=0, answers=answers, by=cast.fellow, key=drafts.new_key())


@pytest.mark.parametrize("stage", STAGES)
def test_of_a_session_that_makes_sense_together(cast, client_for, stage):
    session = prepared(space=cast.peers, host=cast.practitioner, others=[cast.fellow, cast.academic])
    session = put(session, STAGES[stage])
    if session.has_started:
        write_up(session, people=[cast.fellow, cast.academic])
    for person in (cast.practitioner, cast.fellow, cast.academic):
        text, queries = open_page(client_for(person), session)
        assert_few(queries)
        assert "One of a series" in text
        assert ("Ring the ward" in text) is (stage != "over")
        assert ("Print it once" in text) is session.has_started
        assert ("Not in the outcome" in text) is session.has_started


@pytest.mark.parametrize("stage", STAGES)
def test_of_a_session_that_looks_again(cast, client_for, stage):
    people = [cast.fellow, cast.academic]
    session = prepared(space=cast.everyone, host=cast.practitioner, others=people, occasion="looking_again")
    session = put(session, STAGES[stage])
    if session.has_started:
        write_up(session, people=people)
        look_again(session, cast=cast)
    for person in (cast.practitioner, cast.fellow, cast.steward):
        text, queries = open_page(client_for(person), session)
        assert_few(queries)
        assert ("An evident note" in text) is session.has_started
        for words in ("By turns.", *(f"Not in the phase, {row.name}" for row in people)):
            assert text.count(words) == session.has_started, words


@pytest.mark.parametrize("stage", STAGES)
def test_of_a_supervision(db, client_for, stage):
    partner, supervisor, third = (make.make_person() for _person in range(3))
    supervision = make.make_partnership(by=partner, kind="supervision")
    for person in (supervisor, third):
        make.make_member(partnership=supervision, person=person, learning_partner=person is supervisor)
    space = make.everyone_of(partnership=supervision)
    session = put(prepared(space=space, host=partner, others=[supervisor, third]), STAGES[stage])
    if session.has_started:
        write_up(session, people=[partner, supervisor, third])
        actions.note_supervision(session=session, version=0, words=SUPERVISION, by=partner, key=drafts.new_key())
        for person in (partner, supervisor):
            actions.acknowledge(session=session, version=1, by=person)
    for person in (partner, supervisor, third):
        text, queries = open_page(client_for(person), session)
        assert_few(queries)
        assert (SUPERVISION["shifted"] in text) is session.has_started


def test_of_a_session_that_was_cancelled(cast, client_for):
    session = prepared(space=cast.peers, host=cast.practitioner, others=[cast.fellow, cast.academic])
    actions.cancel_session(session=session, because="Nobody can.", by=cast.practitioner, key=drafts.new_key())
    for person in (cast.practitioner, cast.fellow):
        assert_few(open_page(client_for(person), session)[1])
