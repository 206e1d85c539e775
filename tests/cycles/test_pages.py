"""The pages of cycles and activities: what they show, what they refuse, and that they stay quick."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.models import Activity, LearningCycle
from cycles.picture import picture_of
from cycles.story import story_of
from partnerships.reader import Reader
from tests import factories as make
from tests.access.rows_cycles import _activity, _cycle, day
from tests.scenery.cycles import WHY, begin_activity, begin_cycle, move, put

pytestmark = pytest.mark.once


def body_of(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(browser, address):
    browser.get("/healthz")
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def send(browser, name, of, **words):
    address = reverse(f"cycles:{name}", args=[of])
    return browser.post(address, words | {"draft_key": f"key-{name}"})


def stood(cycle, reader):
    cycle = LearningCycle.objects.with_where_it_stands().get(pk=cycle.pk)
    story = story_of(Reader(reader), cycle)
    return story, picture_of(story, cycle)


def test_picture_and_list_tell_the_same(cast):
    cycle = begin_cycle(space=cast.peers, by=cast.fellow)
    move(cycle, to="co_design", by=cast.fellow, days_ago=40)
    move(cycle, to="understand", by=cast.fellow, days_ago=30, note=WHY)
    activity = begin_activity(space=cast.peers, by=cast.fellow, began_on=timezone.localdate() - timedelta(days=20))
    session = make.make_session(by=cast.fellow, space=cast.peers)
    note = make.make_shared_note(by=cast.fellow, space=cast.peers, title="A note in it")
    for record, whole in ((activity, cycle), (session, activity), (note, cycle)):
        put(record, whole=whole, by=cast.fellow)
    story, picture = stood(cycle, cast.fellow)
    listed = {row.record.pk for row in story.pieces}
    drawn = {mark.piece.record.pk for lane in picture.lanes for mark in lane.marks}
    assert listed == drawn == {activity.pk, session.pk, note.pk}
    assert [row.within for row in story.pieces if row.record.pk == session.pk] == [activity.title]
    numbers = {mark.number: lane.label for lane in picture.stages for mark in lane.marks}
    assert numbers == {1: "Understand", 2: "Co-design", 3: "Understand"}
    assert [row.words for row in story.steps] == ["Began with: Understand", "On to: Co-design", "Back to: Understand"]
    assert len(picture.turns) == 2


def test_the_picture_holds_only_what_its_reader_reads(cast):
    cycle = begin_cycle(space=cast.everyone, by=cast.fellow)
    session = make.make_session(by=cast.fellow, space=cast.peers)
    put(session, whole=cycle, by=cast.fellow)
    assert [row.record.pk for row in stood(cycle, cast.academic)[0].pieces] == [session.pk]
    story, picture = stood(cycle, cast.manager)
    assert story.pieces == []
    assert picture.lanes == []


def test_the_same_day_twice_makes_a_picture_too(cast):
    """No division by nothing, and nothing drawn outside."""
    cycle = begin_cycle(space=cast.peers, by=cast.fellow, days_ago=0)
    move(cycle, to="embed", by=cast.fellow, note="All on one day.")
    move(cycle, to="embed", state="ended", note="Done.", by=cast.fellow)
    _story, picture = stood(cycle, cast.fellow)
    for lane in picture.stages:
        for mark in lane.marks:
            assert 0 <= float(mark.x.rstrip("%")) <= 100


def test_the_page_of_a_cycle_asks_no_more_with_more_in_it(cast, client_for):
    cycle = begin_cycle(space=cast.peers, by=cast.fellow)
    browser = client_for(cast.academic)

    def fill(times):
        for number in range(times):
            activity = begin_activity(space=cast.peers, by=cast.fellow, title=f"Activity {number}")
            session = make.make_session(by=cast.fellow, space=cast.peers)
            note = make.make_shared_note(by=cast.fellow, space=cast.peers)
            for record, whole in ((activity, cycle), (session, activity), (note, cycle)):
                put(record, whole=whole, by=cast.fellow)
            begin_cycle(space=cast.peers, by=cast.fellow, parent=cycle)

    fill(1)
    few = queries_of(browser, cycle.get_absolute_url())
    fill(4)
    assert queries_of(browser, cycle.get_absolute_url()) == few
    assert few <= 24


@pytest.mark.parametrize("name", ["cycle-list", "activity-list", "grid", "own-grid", "method-list"])
def test_lists_ask_no_more_with_more_in_them(cast, client_for, name):
    browser, address = client_for(cast.fellow), reverse(f"cycles:{name}", args=[cast.partnership.slug])
    few = queries_of(browser, address)
    for number in range(4):
        begin_cycle(space=cast.peers, by=cast.fellow, title=f"Cycle {number}")
        begin_activity(space=cast.peers, by=cast.fellow, title=f"Activity {number}")
    assert queries_of(browser, address) <= few


def test_lists_go_on_a_page_at_a_time(cast, client_for):
    for number in range(22):
        begin_cycle(space=cast.peers, by=cast.fellow, title=f"Cycle number {number:02}")
    browser, address = client_for(cast.fellow), reverse("cycles:cycle-list", args=[cast.partnership.slug])
    first = body_of(browser, address)
    older = first.split('href="?before=')[1].split('"')[0]
    second = body_of(browser, f"{address}?before={older}")
    for number in range(22):
        assert (f"Cycle number {number:02}" in first) != (f"Cycle number {number:02}" in second)


def test_each_level_is_proposed_by_role_and_none_is_enforced(cast, client_for):
    address = reverse("cycles:activity-new", args=[cast.partnership.slug])
    for name, level in (("practitioner", 1), ("consultant", 2), ("learning_partner", 2), ("academic", 3)):
        form = client_for(cast[name]).get(address).context["form"]
        assert form["person_level"].value() == level
    words = _activity() | day("began_on") | {"space": cast.peers.public_id, "person_level": "1"}
    assert send(client_for(cast.academic), "activity-new", cast.partnership.slug, **words).status_code == 302
    assert Activity.objects.get(title="A walk").person_level == 1


def test_an_own_type_needs_a_name_and_what_was_typed_stays(cast, client_for):
    words = _activity() | {"space": cast.peers.public_id, "own_type": "", "text": "typed at length"}
    answer = send(client_for(cast.fellow), "activity-new", cast.partnership.slug, **words)
    assert answer.status_code == 422
    assert "typed at length" in answer.content.decode()
    assert "Give it your own name" in answer.content.decode()


def test_a_cycle_begun_with_a_session_has_it_as_a_part(cast, client_for):
    browser, session = client_for(cast.fellow), cast["peers_session"]
    address = reverse("cycles:cycle-new", args=[cast.partnership.slug])
    assert "Session in peers" in body_of(browser, f"{address}?with={session.public_id}")
    words = _cycle() | day("began_on") | {"stage": "understand", "space": cast.peers.public_id}
    send(browser, "cycle-new", cast.partnership.slug, begun_with=session.public_id, **words)
    cycle = LearningCycle.objects.get(title="Why?")
    assert session.part_of.filter(whole=cycle.pk).exists()
    assert "Session in peers" in body_of(browser, cycle.get_absolute_url())
    assert "Why?" in body_of(browser, session.get_absolute_url())


def test_what_one_does_not_read_begins_nothing(cast, client_for):
    """The cycle is saved, and the session stays apart."""
    words = _cycle() | day("began_on") | {"stage": "understand", "space": cast.everyone.public_id}
    browser = client_for(cast.manager)
    send(browser, "cycle-new", cast.partnership.slug, begun_with=cast["peers_session"].public_id, **words)
    assert not LearningCycle.objects.get(title="Why?").made_of.exists()


@pytest.mark.parametrize("where", ["session", "note"])
def test_a_session_and_a_note_are_begun_within_a_cycle(cast, client_for, where):
    browser, cycle = client_for(cast.fellow), cast["peers_cycle"]
    if where == "session":
        address = reverse("convening:session-new", args=[cast.partnership.slug])
        from tests.access.rows_sessions import _said, _when

        words = _said() | _when() | {"space": cast.peers.public_id, "silent": "yes", "confidentiality": "ordinary"}
    else:
        address = f"{reverse('reflections:reflection-new')}?partnership={cast.partnership.slug}"
        words = {"text": "Written within it.", "audience": "me", "person_level": "1"}
    joiner = "&" if "?" in address else "?"
    form = browser.get(f"{address}{joiner}part-of={cycle.public_id}").context["form"]
    assert form["part_of"].value() == cycle.public_id
    answer = browser.post(address, words | {"part_of": cycle.public_id, "draft_key": "begun-within"})
    assert answer.status_code == 302
    assert cycle.made_of.filter(put_by=cast.fellow).exclude(record=cast["peers_activity"].pk).count() == 2


def test_saved_elsewhere_meanwhile_shows_both(cast, client_for):
    cycle, browser = cast["peers_cycle"], client_for(cast.fellow)
    address = reverse("cycles:cycle-edit", args=[cycle.public_id])
    words = _cycle() | {"version": cycle.version}
    assert browser.post(address, words | {"text": "first", "draft_key": "one"}).status_code == 302
    answer = client_for(cast.academic).post(address, words | {"text": "second", "draft_key": "two"})
    assert answer.status_code == 409
    assert "first" in answer.content.decode()
    assert "second" in answer.content.decode()


def test_moved_elsewhere_meanwhile_asks_to_look(cast, client_for):
    cycle, browser = cast["peers_cycle"], client_for(cast.fellow)
    words = {"stage": "co_design", "state": "running", "note": "typed", "seen": 1} | day("moved_on")
    assert send(browser, "cycle-move", cycle.public_id, **words).status_code == 302
    answer = client_for(cast.academic).post(
        reverse("cycles:cycle-move", args=[cycle.public_id]), words | {"stage": "experiment", "draft_key": "other"}
    )
    assert answer.status_code == 409
    assert 'value="typed"' in answer.content.decode()


def test_a_larger_cycle_that_one_does_not_read_stays_and_is_not_told(cast, client_for):
    small = begin_cycle(space=cast.everyone, by=cast.fellow, parent=cast["peers_cycle"])
    browser = client_for(cast.manager)
    assert "Cycle in peers" not in body_of(browser, small.get_absolute_url())
    address = reverse("cycles:cycle-edit", args=[small.public_id])
    assert "Cycle in peers" not in body_of(browser, address)
    assert browser.post(address, _cycle() | {"version": 1, "draft_key": "k"}).status_code == 302
    small.refresh_from_db()
    assert small.parent_id == cast["peers_cycle"].pk


def test_the_grid_shows_what_one_reads_and_ones_own_page_what_one_did(cast, client_for):
    address = reverse("cycles:grid", args=[cast.partnership.slug])
    assert "Activity in peers" in body_of(client_for(cast.academic), address)
    assert "Activity in peers" not in body_of(client_for(cast.manager), address)
    own = reverse("cycles:own-grid", args=[cast.partnership.slug])
    assert "Activity in peers" in body_of(client_for(cast.academic), own)
    assert "Activity in peers" not in body_of(client_for(cast.fellow), own)
    cell = reverse("cycles:own-cell", args=[cast.partnership.slug, 2, "convening"])
    assert "Activity in everyone" in body_of(client_for(cast.learning_partner), cell)
    assert "Activity in everyone" not in body_of(client_for(cast.academic), cell)


def test_a_method_that_is_put_away_stays_with_what_was_done_by_it(cast, client_for):
    browser, method = client_for(cast.academic), cast["own_method"]
    browser.post(reverse("cycles:method-put-away", args=[cast.partnership.slug, method.public_id]))
    assert method.guide in body_of(browser, cast["peers_activity"].get_absolute_url())
    new = browser.get(reverse("cycles:activity-new", args=[cast.partnership.slug]))
    assert method.public_id not in new.content.decode()
    changing = browser.get(reverse("cycles:activity-edit", args=[cast["peers_activity"].public_id]))
    assert method.public_id in changing.content.decode()


def test_the_room_opens_with_the_first_thing_for_everyone_and_not_with_one_among_peers(cast, client_for):
    browser = client_for(cast.fellow)
    words = _cycle() | day("began_on") | {"stage": "understand"}
    send(browser, "cycle-new", cast.partnership.slug, space=cast.peers.public_id, **words)
    cast.partnership.refresh_from_db()
    assert "cycles" not in cast.partnership.opened_rooms
    address = reverse("cycles:cycle-new", args=[cast.partnership.slug])
    browser.post(address, words | {"space": cast.everyone.public_id, "draft_key": "another"})
    cast.partnership.refresh_from_db()
    assert "cycles" in cast.partnership.opened_rooms


def test_what_came_of_it_before_a_change_is_not_lost(cast, client_for):
    activity = cast["peers_activity"]
    words = _activity() | {"version": activity.version, "what_came": "what we know now", "draft_key": "k"}
    address = reverse("cycles:activity-edit", args=[activity.public_id])
    assert client_for(cast.fellow).post(address, words).status_code == 302
    former = reverse("records:record-version", args=["activity", activity.public_id, 1])
    assert "what came in peers" in body_of(client_for(cast.academic), former)


def test_the_lists_of_people_are_folded_and_say_who_is_ticked(cast, client_for):
    browser, activity = client_for(cast.fellow), cast["peers_activity"]
    address = reverse("cycles:activity-edit", args=[activity.public_id])
    words = _activity() | {"version": activity.version, "draft_key": "people", "participants": cast.academic.public_id}
    shown = browser.post(address, words | {"title": ""})
    assert shown.status_code == 422 and shown.context["form"].ticked_now == cast.academic.name
    fold = shown.content.decode().partition('<details class="fold"')
    assert fold[2].startswith(">") and f'<span class="fold__note">{cast.academic.name}</span>' in fold[2]
    wrong = browser.post(address, words | {"facilitators": cast.outsider.public_id}).content.decode()
    assert '<details class="fold" open>' in wrong and cast.outsider.name not in wrong
