"""The agenda of a session: who plans it, where items belong, when each begins, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from convening import actions
from convening.agenda import BUILT_IN, agenda_of, kinds
from convening.agenda.planning import commitments_first
from convening.models import AgendaItem
from desk import drafts
from partnerships import rooms
from partnerships.reader import Reader
from records import agenda as registry
from records.versions import AlreadySent, StaleVersion
from tests import factories as make
from tests.scenery.agenda import add_item, begin, headings, offer

WORDS = {"kind": "free", "title": "Tea", "text": "", "minutes": 10, "lead": None}


@pytest.fixture
def session(cast):
    return make.make_session(by=cast.practitioner, space=cast.peers, title="With an agenda")


@pytest.fixture
def three(cast, session):
    return [add_item(session=session, by=cast.practitioner, title=title) for title in ("one", "two", "three")]


def move(session, item, *, up, by):
    actions.move_item(session=session, item=item.public_id, up=up, by=by)


@pytest.mark.parametrize("who", ["fellow", "manager", "steward", "outsider"])
def test_only_the_host_plans(cast, session, three, who):
    by = cast[who]
    for refused in (
        lambda: actions.add_item(session=session, words=WORDS, by=by, key="k"),
        lambda: actions.change_item(session=session, item=three[0], version=1, words=WORDS, by=by, key="k"),
        lambda: actions.remove_item(session=session, item=three[0], by=by),
        lambda: move(session, three[1], up=True, by=by),
        lambda: actions.begin_agenda(session=session, agenda=BUILT_IN[0], by=by),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert headings(session) == ["one", "two", "three"]


@pytest.mark.parametrize("state", ["cancelled", "over"])
def test_the_agenda_of_what_is_over_or_cancelled_stays(cast, session, three, state):
    if state == "over":
        past = timezone.now() - timedelta(hours=3)
        type(session).objects.filter(pk=session.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    else:
        actions.cancel_session(session=session, because="Nobody can.", by=cast.practitioner, key="c")
    for refused in (
        lambda: add_item(session=session, by=cast.practitioner),
        lambda: move(session, three[1], up=True, by=cast.practitioner),
        lambda: actions.remove_item(session=session, item=three[0], by=cast.practitioner),
    ):
        with pytest.raises(ValidationError, match="stays as it is"):
            refused()
    assert headings(session) == ["one", "two", "three"]


def test_each_item_stands_where_its_kind_belongs(cast, session):
    for kind, title in (("close", ""), ("free", "Tea"), ("check_in", ""), ("commitments", ""), ("free", "Cake")):
        add_item(session=session, by=cast.practitioner, kind=kind, title=title)
    assert headings(session) == ["Check-in", "What we said we would do", "Tea", "Cake", "Close"]


def test_items_are_moved_by_one_and_stay_at_the_ends(cast, session, three):
    move(session, three[2], up=True, by=cast.practitioner)
    assert headings(session) == ["one", "three", "two"]
    move(session, three[0], up=False, by=cast.practitioner)
    assert headings(session) == ["three", "one", "two"]
    move(session, three[2], up=True, by=cast.practitioner)
    move(session, three[1], up=False, by=cast.practitioner)
    assert headings(session) == ["three", "one", "two"]


def test_what_was_removed_cannot_be_moved_or_changed_and_is_removed_once(cast, session, three):
    actions.remove_item(session=session, item=three[1], by=cast.practitioner)
    actions.remove_item(session=session, item=three[1], by=cast.practitioner)
    with pytest.raises(actions.ItemGone):
        move(session, three[1], up=True, by=cast.practitioner)
    with pytest.raises(actions.ItemGone):
        actions.change_item(session=session, item=three[1], version=1, words=WORDS, by=cast.practitioner, key="k")
    assert headings(session) == ["one", "three"]
    add_item(session=session, by=cast.practitioner, title="four")
    assert [row.item.position for row in agenda_of(session).rows] == [0, 1, 2]


def test_an_item_of_another_session_is_none_of_this(cast, session, three):
    other = make.make_session(by=cast.practitioner, space=cast.peers, title="Another")
    with pytest.raises(actions.ItemGone):
        move(other, three[1], up=True, by=cast.practitioner)
    actions.remove_item(session=other, item=three[1], by=cast.practitioner)
    assert headings(session) == ["one", "two", "three"]


def test_two_who_change_an_item_do_not_overwrite_each_other(cast, session, three):
    first = WORDS | {"title": "first"}
    actions.change_item(session=session, item=three[0], version=1, words=first, by=cast.practitioner, key="a")
    with pytest.raises(StaleVersion):
        actions.change_item(
            session=session,
            item=three[0],
            version=1,
            words=WORDS | {"title": "second"},
            by=cast.practitioner,
            key="b",
        )
    actions.change_item(session=session, item=three[0], version=1, words=first, by=cast.practitioner, key="a")
    assert headings(session)[0] == "first"


def test_sent_twice_is_added_once_and_other_words_are_told(cast, session):
    key = drafts.new_key()
    made = actions.add_item(session=session, words=WORDS, by=cast.practitioner, key=key)
    assert actions.add_item(session=session, words=WORDS, by=cast.practitioner, key=key) == made
    with pytest.raises(AlreadySent):
        actions.add_item(session=session, words=WORDS | {"title": "Cake"}, by=cast.practitioner, key=key)
    assert headings(session) == ["Tea"]


def test_each_item_says_when_it_begins_in_the_sessions_zone_across_the_change_of_the_clocks(cast):
    """At 1am in London, on the day when the clocks go back, 90 minutes later is 1:30 for the second time."""
    starts = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    session = make.make_session(
        by=cast.practitioner, space=cast.peers, starts_at=starts, ends_at=starts + timedelta(hours=3)
    )
    type(session).objects.filter(pk=session.pk).update(ends_at=timezone.now() + timedelta(days=1))
    for _number in range(3):
        add_item(session=session, by=cast.practitioner, minutes=90)
    assert [f"{row.starts:%H:%M}" for row in agenda_of(session).rows] == ["01:00", "01:30", "03:00"]


def test_it_says_by_how_much_it_is_longer_than_the_session(cast, session):
    add_item(session=session, by=cast.practitioner, minutes=60)
    assert agenda_of(session).over == 0
    add_item(session=session, by=cast.practitioner, minutes=15)
    assert (agenda_of(session).minutes, agenda_of(session).over) == (75, 15)


def test_an_agenda_is_no_longer_than_a_day(cast, session):
    for _number in range(3):
        item = add_item(session=session, by=cast.practitioner, minutes=480)
    with pytest.raises(ValidationError) as refused:
        add_item(session=session, by=cast.practitioner, minutes=1)
    assert "minutes" in refused.value.message_dict
    add_item(session=session, by=cast.practitioner, minutes=0)
    change = {"session": session, "item": item, "by": cast.practitioner}
    actions.change_item(**change, version=1, words=WORDS | {"minutes": 470}, key="a")
    with pytest.raises(ValidationError, match="24 hours"):
        actions.change_item(**change, version=2, words=WORDS | {"minutes": 481}, key="b")


def test_what_is_open_comes_first_after_the_check_in(cast, session):
    rows = [{"kind": kind} for kind in ("check_in", "free", "commitments", "close")]
    assert [row["kind"] for row in commitments_first(rows)] == ["check_in", "commitments", "free", "close"]
    assert [row["kind"] for row in commitments_first(rows[1:])] == ["commitments", "free", "close"]
    assert commitments_first([]) == []


@pytest.mark.parametrize("agenda", BUILT_IN, ids=lambda row: row.key)
def test_every_built_in_agenda_can_be_begun_with(cast, session, agenda):
    actions.begin_agenda(session=session, agenda=agenda, by=cast.practitioner)
    found = agenda_of(session)
    assert len(found.rows) == len(agenda.steps)
    assert found.minutes == agenda.minutes
    assert agenda.source
    # What has no room yet is a free item, and is called something all the same.
    assert all(registry.is_known(row.item.kind) for row in found.rows)
    assert kinds.label_of("free") not in [row.heading for row in found.rows]
    order = [row.item.kind for row in found.rows]
    if "commitments" in order:
        assert order.index("commitments") == order.count("check_in")


def test_an_agenda_is_begun_once(cast, session):
    begin(session=session, by=cast.practitioner)
    before = headings(session)
    with pytest.raises(ValidationError, match="by now"):
        begin(session=session, key="mirror", by=cast.practitioner)
    assert headings(session) == before


def test_a_kind_with_a_room_is_offered_where_that_room_is_open(cast, monkeypatch):
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    monkeypatch.setattr(rooms, "_rooms", list(rooms._rooms))
    registry.register(registry.AgendaKind("knitting", "Knitting", "", room="wool"))
    reader = Reader(cast.practitioner)

    def offered():
        return [kind.key for kind in registry.offered(reader, cast.partnership)]

    assert "knitting" not in offered()
    rooms.register(rooms.Room(key="wool", label="Wool", url_name="x", order=90, always=False))
    assert "knitting" not in offered()
    cast.partnership.opened_rooms = ["wool"]
    assert "knitting" in offered()
    assert "knitting" not in [kind.key for kind in registry.offered(Reader(cast.outsider), cast.partnership)]


def test_who_has_left_the_space_leads_nothing(cast, session):
    add_item(session=session, by=cast.practitioner, lead=cast.fellow)
    assert agenda_of(session).rows[0].lead == cast.fellow.name
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    assert agenda_of(session).rows[0].lead == ""


def copied(session, *, space, by):
    target = make.make_session(by=by, space=space, title="A copy")
    actions.copy_agenda(source=session, target=target, by=by)
    return target


def test_a_copy_has_the_agenda_but_not_what_somebody_brought_that_day(cast, session):
    add_item(session=session, by=cast.practitioner, title="Tea", lead=cast.fellow)
    brought = offer(session=session, by=cast.academic, title="My situation")
    actions.accept_offer(offer=brought, by=cast.practitioner)
    target = copied(session, space=cast.peers, by=cast.consultant)
    assert headings(target) == ["Tea", "A situation"]
    assert [row.lead for row in agenda_of(target).rows] == [cast.fellow.name, ""]
    assert agenda_of(target).minutes == agenda_of(session).minutes
    actions.copy_agenda(source=session, target=target, by=cast.consultant)
    assert len(headings(target)) == 2


def test_no_words_are_copied_into_another_space_and_nothing_from_where_one_is_not(cast, session):
    add_item(session=session, by=cast.practitioner, title="Peers only", text="Peers only", lead=cast.fellow)
    target = copied(session, space=cast.everyone, by=cast.practitioner)
    item = AgendaItem.objects.get(session=target)
    assert (item.title, item.text, item.lead, item.minutes) == ("", "", None, 10)
    assert headings(copied(session, space=cast.everyone, by=cast.manager)) == []
