"""The pages of looking again: without a script, in one go; who does what over time; and how many questions they ask."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convening import actions
from convening.models import Decision, TasksNow
from desk import drafts
from partnerships.models import Intention
from tests import factories as make

from .looking import CHANGE, decide, held, intention_in, look, page

# What pages say, and files hold, is the same on both databases.
pytestmark = pytest.mark.once

# Five of them are this part's: intentions, decisions, objections, evidence, tasks. Other sessions ask none of them.
MOST = 28


def post(browser, address, **sent):
    return browser.post(address, sent | {"draft_key": drafts.new_key()})


def test_looking_again_works_without_a_script(cast, client_for):
    """Looked at, with evidence, changed, objected to, written anew, carried out a week later, seen by all."""
    session, intention = held(cast), intention_in(cast)
    note = make.make_shared_note(by=cast.fellow, space=cast.everyone, title="Seen on the ward")
    member, host = client_for(cast.fellow), client_for(cast.practitioner)
    review = page("intention-review", session.public_id, intention.public_id)
    assert post(member, review, **CHANGE).status_code == 302
    evidence = page("evidence-new", session.public_id, intention.public_id)
    assert "Seen on the ward" in member.get(evidence).content.decode()
    assert member.post(evidence, {"record": note.public_id, "address": ""}).status_code == 302
    decision = Decision.objects.get(session=session)
    objection = page("decision-object", session.public_id, decision.public_id)
    assert post(client_for(cast.manager), objection, text="Too early.", version=1).status_code == 302
    body = host.get(session.get_absolute_url()).content.decode()
    assert "Too early." in body and "Seen on the ward" in body
    assert post(member, review, **CHANGE | {"why": "We talked.", "version": 1}).status_code == 302
    carry = page("decision-carry-out", session.public_id, decision.public_id)
    assert host.post(carry, {"version": 2}).status_code == 422
    Decision.objects.filter(pk=decision.pk).update(written_at=timezone.now() - timedelta(days=7))
    assert host.post(carry, {"version": 1}).status_code == 409
    assert host.post(carry, {"version": 2}).status_code == 302
    overview = cast.partnership.get_absolute_url()
    seen = client_for(cast.manager).get(overview).content.decode()
    assert CHANGE["new_words"] in seen and session.get_absolute_url() in seen
    earlier = member.get(page("note-list", session.public_id)).content.decode()
    assert "The wards asked." in earlier


def test_a_decision_is_written_once_and_of_what_is_offered(cast, client_for):
    session, browser = held(cast), client_for(cast.fellow)
    address = page("decision-new", session.public_id)
    sent = {"what": "phase/working", "why": "So.", "draft_key": drafts.new_key()}
    for _twice in range(2):
        assert browser.post(address, sent).status_code == 302
    assert Decision.objects.filter(session=session).count() == 1
    steward = make.membership_of(person=cast.steward, partnership=cast.partnership).public_id
    outsider = make.membership_of(person=cast.outsider, partnership=cast.sibling).public_id
    for what in ("", "phase/none", f"steward/{steward}", f"steward/{outsider}", "burn/it"):
        assert post(browser, address, what=what, why="So.").status_code == 422


def test_an_objection_to_other_words_asks_to_read_them_first(cast, client_for):
    session, intention = held(cast), intention_in(cast)
    decision = look(session, intention, by=cast.fellow)
    look(session, intention, by=cast.fellow, version=1, why="Otherwise.")
    address = page("decision-object", session.public_id, decision.public_id)
    answer = post(client_for(cast.manager), address, text="Quagga.", version=1)
    assert answer.status_code == 409
    assert "Quagga." in answer.content.decode() and "Otherwise." in answer.content.decode()
    assert not Decision.objects.get(pk=decision.pk).is_stopped


def said(cast, browser, session, **boxes):
    return post(browser, page("task-edit", session.public_id), **boxes)


def test_who_does_what_is_kept_session_by_session_as_a_table(cast, client_for):
    browser = client_for(cast.fellow)
    first, second = held(cast, begins_in=timedelta(days=-90)), held(cast)
    own = {"new_task": "Ringing the wards", "new_who": "members", "new_line": "Mondays."}
    assert said(cast, browser, first, who_hosting="partner", **own).status_code == 302
    assert said(cast, browser, second, who_hosting="members", line_hosting="A rota.").status_code == 302
    body = browser.get(page("task-list", second.public_id)).content.decode()
    for words in ("Ringing the wards", "Mondays.", "A rota.", "The learning partner does it", '<th scope="row">'):
        assert words in body
    assert "Ringing the wards" in browser.get(page("task-edit", second.public_id)).content.decode()
    # A table of the first one does not know what came later.
    assert "A rota." not in browser.get(page("task-list", first.public_id)).content.decode()


def test_the_table_holds_nothing_of_another_space(cast, client_for):
    wide, narrow = held(cast), held(cast, space=cast.peers, begins_in=timedelta(minutes=-20))
    said(cast, client_for(cast.fellow), narrow, who_hosting="partner", new_task="Zebra task", new_who="members")
    for name in ("task-list", "task-edit"):
        assert "Zebra" not in client_for(cast.fellow).get(page(name, wide.public_id)).content.decode()


def test_two_who_note_tasks_at_once_keep_both(cast, client_for):
    session = held(cast)
    said(cast, client_for(cast.fellow), session, who_hosting="partner", new_task="Ringing the wards", new_who="members")
    late = said(cast, client_for(cast.manager), session, who_mirror="nobody")
    body = late.content.decode()
    # What the other wrote stands in the boxes that this one left alone, so nothing is left to choose but the mirror.
    assert late.status_code == 409
    assert [row.field.name for row in late.context["differences"]] == ["who_mirror"]
    assert "Ringing the wards" in body
    names = [field.name for field in late.context["form"].visible_fields()]
    typed = {name: late.context["form"][name].value() or "" for name in names}
    assert said(cast, client_for(cast.manager), session, **typed, version=1).status_code == 302
    rows = {row["task"] or row["name"]: row["who"] for row in TasksNow.objects.get(session=session).answers}
    assert rows == {"hosting": "partner", "mirror": "nobody", "Ringing the wards": "members"}


@pytest.mark.parametrize(
    "boxes",
    [
        {},
        {"new_who": "members"},
        {"new_task": "Another one"},
        {"new_task": "Hosting them"},
        {"who_hosting": "the cat"},
        {"line_hosting": "x" * 201},
    ],
)
def test_what_is_no_answer_is_said(cast, client_for, boxes):
    session = held(cast)
    assert said(cast, client_for(cast.fellow), session, **boxes).status_code == 422
    assert not TasksNow.objects.filter(session=session).exists()


def test_the_page_asks_no_more_for_many_than_for_few(cast, client_for):
    session = held(cast)
    browser = client_for(cast.fellow)
    browser.get("/healthz")
    counts = []
    for number in range(2):
        for _more in range(1 + 4 * number):
            intention = Intention.objects.create(
                partnership=cast.partnership,
                text="One more.",
                started_at=timezone.now() - timedelta(days=9),
                recorded_by=cast.steward,
            )
            look(session, intention, by=cast.fellow)
            note = make.make_shared_note(by=cast.fellow, space=cast.everyone)
            actions.add_evidence(session=session, intention=intention, record=note, by=cast.fellow)
            made = decide(session, about="phase", phase=cast.partnership.phases.get(key="working"), by=cast.fellow)
            actions.object_to_decision(decision=made, version=1, text="No.", by=cast.manager, key=drafts.new_key())
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(session.get_absolute_url()).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= MOST, counts
