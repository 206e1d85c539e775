"""Experiments: who begins, fills in and closes them, what is kept, and what home says of them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cycles.models import Condition, Experiment
from cycles.trying.models import Decision
from partnerships.actions import leave_space
from partnerships.asked import asked_of
from partnerships.reader import Reader
from partnerships.rooms import open_rooms
from records import agenda, former
from records.actions import AlreadySent, StaleVersion
from records.models import Record
from tests import factories as make
from tests.cast import CAST, IN_PEERS

from . import trying_made as made


@pytest.fixture
def tried(cast):
    return made.begin(by=cast.practitioner, space=cast.peers)


def test_a_sentence_and_a_day_are_enough_and_those_in_its_space_read_it(cast, tried):
    readers = {name for name in CAST if reads(cast[name], tried)}
    assert readers == IN_PEERS
    assert (tried.kind, tried.person_level, tried.attribution) == ("experiment", 2, "named")


def reads(person, record):
    return Record.objects.visible_to(Reader(person)).filter(pk=record.pk).exists()


def test_it_is_the_spaces_whoever_began_it_and_goes_dark_for_who_leaves(cast, tried):
    leave_space(space=cast.peers, by=cast.practitioner)
    assert not reads(cast.practitioner, tried)
    made.fill(tried, by=cast.fellow, text="If nobody asks, more come in.")
    with pytest.raises(PermissionDenied):
        made.fill(tried, by=cast.practitioner, text="Mine.")


def test_only_those_in_the_space_begin_fill_in_and_close(cast, tried):
    for person in (cast.manager, cast.steward, cast.outsider, cast.supervisor, cast.site_admin):
        with pytest.raises(PermissionDenied):
            made.begin(by=person, space=cast.peers)
        with pytest.raises(PermissionDenied):
            made.fill(tried, by=person, hope="t")
        with pytest.raises(PermissionDenied):
            made.close(tried, by=person)
    with pytest.raises(PermissionDenied):
        made.begin(by=cast.practitioner, space=cast.wider)
    assert Experiment.objects.get(pk=tried.pk).version == 1


def test_a_day_gone_by_is_refused_and_may_stay_while_the_sentence_is_mended(cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    old = made.begin(by=cast.practitioner, space=cast.peers, days=-1)
    with pytest.raises(ValidationError, match="gone by"):
        made.fill(old, by=cast.fellow, title="t", look_again_on=yesterday - timedelta(days=1))
    assert made.fill(old, by=cast.fellow, title="Mended", look_again_on=yesterday).title == "Mended"


def test_a_form_that_is_sent_again_makes_one(cast):
    first = made.begin(by=cast.fellow, space=cast.peers, key="form")
    assert made.begin(by=cast.fellow, space=cast.peers, key="form").pk == first.pk
    with pytest.raises(AlreadySent):
        made.begin(by=cast.fellow, space=cast.peers, title="Another thing", key="form")
    for _n in range(2):
        made.fill(first, by=cast.fellow, key="step", hope="They stay.")
    assert first.versions.count() == 1
    for _n in range(2):
        made.close(first, by=cast.fellow, key="close")
    assert first.versions.count() == 2
    with pytest.raises(AlreadySent):
        made.close(first, by=cast.fellow, key="close", belief="Something else.")


def test_two_who_fill_in_different_steps_are_not_in_each_others_way(cast, tried):
    made.fill(tried, by=cast.practitioner, version=1, text="The hunch.")
    now = made.fill(tried, by=cast.fellow, version=1, hope="They come back.", worry="")
    assert (now.text, now.hope, now.version) == ("The hunch.", "They come back.", 3)


def test_two_who_write_the_same_step_lose_nothing(cast, tried):
    made.fill(tried, by=cast.practitioner, version=1, text="The first.")
    with pytest.raises(StaleVersion):
        made.fill(tried, by=cast.fellow, version=1, text="The second.")
    made.fill(tried, by=cast.fellow, text="The second.")
    assert [row.words["text"] for row in tried.versions.order_by("number")] == ["", "The first."]


def test_it_is_not_closed_without_what_is_believed_now(cast, tried):
    for belief in ("", "  \n "):
        with pytest.raises(ValidationError, match="now believe"):
            made.close(tried, by=cast.fellow, belief=belief)
    assert not Experiment.objects.get(pk=tried.pk).is_closed


def test_once_closed_the_words_can_be_mended_and_nothing_opens_it(cast, tried):
    closed = made.close(tried, by=cast.fellow, belief="First words.")
    assert (closed.is_closed, closed.closed_by, closed.decision) == (True, cast.fellow, Decision.STOP)
    with pytest.raises(ValidationError, match="closed meanwhile"):
        made.fill(closed, by=cast.practitioner, hope="Too late.")
    mended = made.close(closed, by=cast.practitioner, belief="Better words.", decision="adapt")
    assert (mended.belief, mended.decision, mended.closed_by) == ("Better words.", "adapt", cast.fellow)
    assert mended.closed_at == closed.closed_at
    assert tried.versions.get(number=2).words["belief"] == "First words."


def test_earlier_versions_show_all_that_it_said(cast, tried, client_for):
    steps = {"text": "The hunch.", "smallest": "Two mornings.", "affected": "The night staff.", "agreed": "some"}
    made.fill(tried, by=cast.fellow, **steps, hope="They stay.", worry="They go.", surprised="The dog.")
    made.close(tried, by=cast.fellow, belief="First words.", surprised="The dog.")
    made.close(tried, by=cast.fellow, belief="Better words.", surprised="The dog.", decision="adapt")
    words = tried.versions.get(number=3).words
    said = {passage.name: passage.text for passage in former.everything_in(words)}
    assert set(said) == set(words)
    assert (said["agreed"], said["decision"]) == ("Some of them did", "Stop")
    address = reverse("records:record-version", args=["experiment", tried.public_id, 3])
    page = client_for(tried.author).get(address).content.decode()
    for text in (*said.values(), date_format(tried.look_again_on, "j F Y")):
        assert text in page, text


def test_who_closes_on_what_somebody_closed_meanwhile_is_told(cast, tried):
    made.close(tried, by=cast.fellow, version=1, belief="One.")
    with pytest.raises(StaleVersion):
        made.close(tried, by=cast.practitioner, version=1, belief="Two.")


def test_folded_it_takes_no_more_words(cast, tried):
    make.fold(record=tried, by=cast.academic)
    for act in (lambda: made.fill(tried, by=cast.fellow, hope="t"), lambda: made.close(tried, by=cast.fellow)):
        with pytest.raises(PermissionDenied):
            act()


def asked(person, words):
    return [row.title for row in asked_of(Reader(person)) if row.words == words]


def test_home_asks_who_began_it_from_its_day_on(cast):
    tomorrow = made.begin(by=cast.fellow, space=cast.peers, title="Tomorrow", days=1)
    today = made.begin(by=cast.fellow, space=cast.peers, title="Today", days=0)
    late = made.begin(by=cast.fellow, space=cast.peers, title="Late", days=-9)
    assert len(asked(cast.fellow, today.title)) == len(asked(cast.fellow, late.title)) == 1
    assert asked(cast.fellow, tomorrow.title) == asked(cast.academic, today.title) == []
    made.fill(late, by=cast.academic, title="Late", look_again_on=timezone.localdate() + timedelta(days=3))
    made.close(today, by=cast.academic)
    assert asked(cast.fellow, "Late") == asked(cast.fellow, "Today") == []


def test_what_its_beginner_left_is_asked_of_all_in_its_space_and_of_nobody_else(cast):
    made.begin(by=cast.fellow, space=cast.peers, title="Left to us", days=-1)
    leave_space(space=cast.peers, by=cast.fellow)
    assert all(len(asked(cast[name], "Left to us")) == 1 for name in ("practitioner", "academic", "consultant"))
    assert all(asked(cast[name], "Left to us") == [] for name in ("fellow", "manager", "steward"))


def test_home_does_not_ask_about_what_is_folded_or_set_aside(cast):
    folded = made.begin(by=cast.fellow, space=cast.peers, title="Folded", days=-1)
    make.fold(record=folded, by=cast.academic)
    assert not [title for title in asked(cast.fellow, "Folded") if "look at this again" in title]


def test_search_finds_it_by_its_steps_for_its_readers_alone(cast, tried):
    made.fill(tried, by=cast.fellow, worry="quokkas on the stairs")
    for person, finds in ((cast.academic, True), (cast.manager, False)):
        rows = Record.objects.visible_to(Reader(person)).filter(search_text__words__contains="quokkas")
        assert rows.exists() is finds


def test_the_room_opens_where_all_read_it_and_tells_nobody_else(cast):
    def opens(person):
        cast.partnership.refresh_from_db()
        return "trying" in {room.key for room in open_rooms(Reader(person), cast.partnership)}

    cast.partnership.opened_rooms = []
    cast.partnership.save(update_fields=["opened_rooms"])
    for model in (Experiment, Condition):
        model.objects.all().delete()
    made.begin(by=cast.fellow, space=cast.peers)
    assert opens(cast.academic) and not opens(cast.manager)
    made.begin(by=cast.fellow, space=cast.everyone)
    assert opens(cast.manager) and "trying" in cast.partnership.opened_rooms


def test_sessions_can_plan_for_it_where_the_room_is_open(cast):
    def offered(person):
        return "experiment" in {kind.key for kind in agenda.offered(Reader(person), cast.partnership)}

    made.begin(by=cast.fellow, space=cast.everyone)
    assert offered(cast.manager)
    cast.partnership.opened_rooms = []
    for model in (Experiment, Condition):
        model.objects.all().delete()
    assert not offered(cast.manager)
