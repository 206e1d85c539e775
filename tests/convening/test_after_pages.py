"""The pages of what stays of a session: without JavaScript, what was typed kept, and nothing told that is hidden."""

from datetime import timedelta

import pytest
from django.urls import reverse

from convening import actions
from convening.models import Commitment, Outcome, OutcomeState
from desk import notices
from desk.drafts import open_drafts
from desk.models import Draft, Notice
from partnerships.asked import asked_of
from partnerships.models import Mute
from partnerships.reader import Reader
from tests import factories as make

from . import after_made as made

# What pages say, and files hold, is the same on both databases.
pytestmark = pytest.mark.once


def at(name, session):
    return reverse(f"convening:{name}", args=[session.public_id])


def body_of(answer):
    return answer.content.decode()


def key_in(answer):
    return answer.context["form"].key


def day_of(session, days):
    day = made.today(session) + timedelta(days=days)
    return {"last_day_day": day.day, "last_day_month": day.month, "last_day_year": day.year}


def test_a_session_from_notes_to_a_commitment_that_is_done(cast, client_for):
    """The whole journey by forms alone."""
    session = made.held(cast, title="After the snow")
    host, other, third = (client_for(person) for person in (cast.practitioner, cast.fellow, cast.academic))
    host.post(at("attendance-note", session), {"there": [cast.fellow.public_id, cast.practitioner.public_id]})
    opened = other.get(at("outcome-edit", session))
    typed = {"learned": "The list is printed twice.", "draft_key": key_in(opened)}
    assert other.post(at("outcome-edit", session), typed)["Location"].endswith("#outcome")
    assert "The list is printed twice." in body_of(third.get(session.get_absolute_url()))
    proposed = host.post(at("outcome-propose", session), day_of(session, 5) | {"version": 1}, follow=True)
    assert "Agreed unless somebody objects by" in body_of(proposed)
    opened = third.get(at("outcome-object", session))
    third.post(at("outcome-object", session), {"text": "Only on Mondays.", "version": 1, "draft_key": key_in(opened)})
    page = body_of(host.get(session.get_absolute_url()))
    assert "Only on Mondays." in page
    assert "It is not agreed: somebody objects." in page
    opened = host.get(at("outcome-edit", session))
    typed = {"learned": "On Mondays the list is printed twice.", "version": 1, "draft_key": key_in(opened)}
    host.post(at("outcome-edit", session), typed)
    former = body_of(third.get(at("outcome-versions", session)))
    assert "Only on Mondays." in former
    assert cast.fellow.name in former
    host.post(at("outcome-propose", session), day_of(session, 5) | {"version": 2})
    made.let_its_day_pass(session)
    for browser in (host, other):
        assert "May this outcome be carried further" in body_of(browser.get(session.get_absolute_url()))
        browser.post(at("outcome-carry", session), {"answer": "yes"})
    page = body_of(third.get(session.get_absolute_url()))
    assert "It may be carried further, nobody named." in page
    assert "May this outcome be carried further" not in page
    opened = third.get(at("commitment-new", session))
    typed = {"what": "Ring the printer", "doer": cast.fellow.public_id, "draft_key": key_in(opened)}
    third.post(at("commitment-new", session), typed)
    commitment = Commitment.objects.get(within=session)
    assert "Ring the printer" in body_of(other.get("/"))
    done = other.post(reverse("convening:commitment-done", args=[commitment.public_id]), follow=True)
    assert "Done" in body_of(done)
    assert "Ring the printer" not in body_of(other.get("/"))


def test_two_note_takers_see_both_texts_and_nothing_is_lost(cast, client_for):
    """The second to save sees both; her draft is kept; what the first wrote in other boxes stays in hers."""
    session = made.held(cast)
    first, second = client_for(cast.fellow), client_for(cast.academic)
    keys = [key_in(browser.get(at("outcome-edit", session))) for browser in (first, second)]
    first.post(
        at("outcome-edit", session), {"learned": "By the first.", "questions": "Who prints?", "draft_key": keys[0]}
    )
    stale = second.post(at("outcome-edit", session), {"learned": "By the second.", "draft_key": keys[1]})
    assert stale.status_code == 409
    assert "By the first." in body_of(stale)
    assert "By the second." in body_of(stale)
    assert Outcome.objects.get(session=session).learned == "By the first."
    assert [row.words for row in open_drafts(cast.academic)]
    form = stale.context["form"]
    assert form["questions"].value() == "Who prints?"
    sent = {name: form[name].value() or "" for name in form.fields}
    assert second.post(at("outcome-edit", session), sent).status_code == 302
    outcome = Outcome.objects.get(session=session)
    assert (outcome.learned, outcome.questions, outcome.version) == ("By the second.", "Who prints?", 2)
    assert outcome.versions.get().words["learned"] == "By the first."


def test_who_has_only_written_in_other_boxes_loses_neither(cast, client_for):
    session = made.held(cast)
    made.note(session, by=cast.fellow, learned="one", questions="q")
    browser = client_for(cast.academic)
    opened = browser.get(at("outcome-edit", session))
    made.note(session, by=cast.fellow, version=1, learned="two", questions="q")
    typed = {"learned": "one", "questions": "mine", "version": 1, "draft_key": key_in(opened)}
    stale = browser.post(at("outcome-edit", session), typed)
    assert stale.status_code == 409
    assert stale.context["form"]["learned"].value() == "two"
    assert [row.field.name for row in stale.context["differences"]] == ["questions"]


def test_the_same_words_from_two_are_saved_without_a_choice(cast, client_for):
    session = made.held(cast)
    browser = client_for(cast.academic)
    opened = browser.get(at("outcome-edit", session))
    made.note(session, by=cast.fellow, learned="the same")
    answer = browser.post(at("outcome-edit", session), {"learned": "the same", "draft_key": key_in(opened)})
    assert answer.status_code == 302
    assert not open_drafts(cast.academic)


def test_an_objection_that_comes_too_late_is_kept(cast, client_for):
    session = made.agreed(cast)
    answer = client_for(cast.fellow).post(
        at("outcome-object", session), {"text": "But not in winter.", "version": 1, "draft_key": "late"}
    )
    assert answer.status_code == 422
    assert "its words are fixed" in body_of(answer)
    assert "But not in winter." in body_of(answer)
    assert Draft.objects.of(cast.fellow).open().get(form="objection").data["text"] == ["But not in winter."]
    assert Outcome.objects.get(session=session).state == OutcomeState.AGREED


def test_notes_that_come_after_the_proposal_are_kept(cast, client_for):
    session = made.held(cast)
    made.note(session, by=cast.fellow, learned="one")
    browser = client_for(cast.fellow)
    opened = browser.get(at("outcome-edit", session))
    made.propose(session, by=cast.practitioner)
    typed = {"learned": "one, and another", "version": 1, "draft_key": key_in(opened)}
    answer = browser.post(at("outcome-edit", session), typed)
    assert answer.status_code == 422
    assert "You can object with a line." in body_of(answer)
    assert "one, and another" in body_of(answer)
    assert open_drafts(cast.fellow)


def test_an_objection_to_what_was_amended_meanwhile_is_kept(cast, client_for):
    session = made.held(cast)
    made.note(session, by=cast.fellow, learned="one")
    made.propose(session, by=cast.practitioner)
    made.note(session, by=cast.practitioner, version=1, learned="two")
    answer = client_for(cast.fellow).post(
        at("outcome-object", session), {"text": "Not one.", "version": 1, "draft_key": "k"}
    )
    assert answer.status_code == 409
    assert "Not one." in body_of(answer)
    assert open_drafts(cast.fellow)


@pytest.mark.parametrize(
    ("days", "words"), [(0, "from tomorrow on"), (-1, "from tomorrow on"), (61, "within sixty days")]
)
def test_a_wrong_day_is_said_beside_its_box(cast, client_for, days, words):
    session = made.held(cast)
    made.note(session, by=cast.fellow)
    answer = client_for(cast.practitioner).post(at("outcome-propose", session), day_of(session, days) | {"version": 1})
    assert answer.status_code == 422
    assert words in body_of(answer)


def test_what_was_changed_meanwhile_is_looked_at_before_it_is_proposed(cast, client_for):
    session = made.held(cast)
    made.note(session, by=cast.fellow, learned="one")
    made.note(session, by=cast.fellow, version=1, learned="two")
    browser = client_for(cast.practitioner)
    answer = browser.post(at("outcome-propose", session), day_of(session, 5) | {"version": 1})
    assert answer.status_code == 409
    assert 'name="version" value="2"' in body_of(answer)


def test_an_empty_outcome_and_one_too_long_are_refused_with_the_words_kept(cast, client_for):
    session = made.held(cast)
    browser = client_for(cast.fellow)
    answer = browser.post(at("outcome-edit", session), {"learned": " ", "draft_key": "k"})
    assert answer.status_code == 422
    answer = browser.post(at("outcome-edit", session), {"learned": "w" * 20_001, "draft_key": "k"})
    assert answer.status_code == 422
    assert "w" * 20_001 in body_of(answer)


def test_nobody_but_oneself_sees_an_answer_on_carrying(cast, client_for):
    """Two of three say yes: the page of the third is the one where nobody has answered."""
    session = made.agreed(cast, there=[cast.fellow, cast.academic, cast.consultant])
    browser = client_for(cast.consultant)

    def part():
        body = body_of(browser.get(session.get_absolute_url())).partition('id="outcome"')[2]
        return [line for line in body.partition('id="commitments"')[0].splitlines() if "csrf" not in line]

    before = part()
    actions.answer_carrying(session=session, may_travel=True, by=cast.fellow)
    actions.answer_carrying(session=session, may_travel=False, by=cast.academic)
    assert part() == before
    mine = body_of(client_for(cast.academic).get(session.get_absolute_url())).partition('id="carry"')[2]
    assert 'value="no" aria-pressed="true"' in mine
    assert client_for(cast.manager).post(at("outcome-carry", session), {"answer": "yes"}).status_code == 404
    assert client_for(cast.practitioner).post(at("outcome-carry", session), {"answer": "yes"}).status_code == 403


def test_nothing_of_an_outcome_is_shown_or_found_while_its_session_is_folded_or_set_aside(cast, client_for):
    session = made.held(cast, by=cast.practitioner, title="Ordinary title")
    made.note(session, by=cast.fellow, learned="about the kittiwake")
    made.propose(session, by=cast.practitioner)
    made.object_to(session, by=cast.academic)
    to_outcome = f"{session.get_absolute_url()}#outcome"
    assert to_outcome in [row.address for row in asked_of(Reader(cast.practitioner))]
    browser, search = client_for(cast.consultant), reverse("records:search") + "?q=kittiwake"
    assert session.get_absolute_url() in body_of(browser.get(search))
    assert session.get_absolute_url() not in body_of(client_for(cast.manager).get(search))
    make.fold(record=session, by=cast.academic)
    pages = ("outcome-edit", "outcome-object", "outcome-versions")
    assert "kittiwake" not in body_of(browser.get(session.get_absolute_url()))
    assert {browser.get(at(name, session)).status_code for name in pages} == {403}
    assert session.get_absolute_url() not in body_of(browser.get(search))
    assert "Ordinary title" not in [row.words for row in asked_of(Reader(cast.consultant))]
    # Who convened it reads it while it is folded, to mend it; nobody is asked to agree to it.
    assert to_outcome not in [row.address for row in asked_of(Reader(cast.practitioner))]
    other = made.held(cast, by=cast.fellow, title="Other title")
    made.note(other, by=cast.fellow, learned="about the kittiwake")
    made.propose(other, by=cast.fellow)
    make.set_aside(record=other, by=cast.practitioner)
    for person in (cast.consultant, cast.fellow):
        body = body_of(client_for(person).get(other.get_absolute_url()))
        assert "about the kittiwake" not in body
        assert client_for(person).get(at("outcome-edit", other)).status_code == 403


def test_home_asks_before_the_day_then_whether_it_may_travel(cast):
    session = made.held(cast, title="Kettle on")
    actions.note_attendance(session=session, present=[cast.fellow.public_id], by=cast.practitioner)
    made.note(session, by=cast.fellow)

    def asked(person):
        return [row.title for row in asked_of(Reader(person)) if row.words == "Kettle on"]

    assert asked(cast.fellow) == []
    made.propose(session, by=cast.practitioner)
    assert "agreed unless" in asked(cast.fellow)[0]
    assert asked(cast.practitioner) == asked(cast.manager) == []
    made.object_to(session, by=cast.academic)
    assert asked(cast.fellow) == []
    assert "objects" in asked(cast.practitioner)[0]
    made.note(session, by=cast.practitioner, version=1, learned="Amended.")
    made.propose(session, by=cast.practitioner)
    made.let_its_day_pass(session)
    assert asked(cast.practitioner) == asked(cast.consultant) == []
    assert "carried further" in asked(cast.fellow)[0]
    actions.answer_carrying(session=session, may_travel=False, by=cast.fellow)
    assert asked(cast.fellow) == []


def test_home_asks_for_a_commitment_on_its_day(cast):
    session = made.held(cast)
    for days, what in ((0, "Today"), (1, "Tomorrow")):
        due_on = made.today(session) + timedelta(days=days)
        made.commit(session, by=cast.fellow, doer=cast.academic, what=what, due_on=due_on)
    asked = [row.words for row in asked_of(Reader(cast.academic))]
    assert "Today" in asked
    assert "Tomorrow" not in asked


def told(person, session):
    notice = Notice.objects.get(person=person, kind="outcome", about=session.public_id)
    return notices._find(notice)


def test_all_in_the_space_are_told_by_mail_without_a_word(cast):
    session = made.held(cast, title="Secret title")
    made.note(session, by=cast.fellow, learned="secret words")
    made.propose(session, by=cast.practitioner)
    people = set(Notice.objects.filter(kind="outcome", about=session.public_id).values_list("person", flat=True))
    assert people == {row.person_id for row in cast.peers.members()} - {cast.practitioner.pk}
    line = told(cast.fellow, session)
    assert "Early peers" in line.words
    assert "Secret" not in line.words
    Mute.objects.create(person=cast.fellow, space=cast.peers)
    assert told(cast.fellow, session) is None
    made.object_to(session, by=cast.academic)
    assert told(cast.academic, session) is None


def test_nothing_is_shown_before_the_session_begins(cast, client_for):
    session = made.held(cast, ago=timedelta(hours=-1))
    body = body_of(client_for(cast.practitioner).get(session.get_absolute_url()))
    assert "What came of it" not in body
    assert "Commitments" not in body


def test_what_is_open_from_before_comes_with_the_next_session(cast, client_for):
    """The agenda puts it first; until the session is over."""
    made.commit(made.held(cast), by=cast.fellow, doer=cast.academic, what="Ring the ward")
    over = made.held(cast)
    for session, comes in ((make.make_session(by=cast.practitioner, space=cast.peers), True), (over, False)):
        page = client_for(cast.academic).get(session.get_absolute_url())
        assert ("Ring the ward" in [row.title for row in page.context["open_commitments"]]) is comes
        assert ("Ring the ward" in body_of(page)) is comes
