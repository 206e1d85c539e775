"""Two who plan at once: both are done, one after the other, and nothing on the agenda is lost or stands twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from convening import actions
from convening.agenda import BUILT_IN, agenda_of
from convening.models import AgendaItem
from partnerships.models import Role
from tests import factories as make
from tests.records.test_two_at_once import at_once, enough_connections  # noqa: F401 (a fixture)
from tests.scenery.agenda import add_item, headings, offer

AT_ONCE = 8


@pytest.fixture
def session(file_database):
    host = make.make_person()
    partnership = make.make_partnership(by=host)
    starts = timezone.now() + timedelta(days=2)
    space = make.everyone_of(partnership=partnership)
    return make.make_session(by=host, space=space, starts_at=starts, ends_at=starts + timedelta(hours=2))


def test_items_moved_and_added_at_once_are_all_there_in_one_order(session, enough_connections):  # noqa: F811
    host = session.host
    items = [add_item(session=session, by=host, title=f"item {number}") for number in range(AT_ONCE)]

    def plan(n):
        if n % 4 == 3:
            return add_item(session=session, by=host, title=f"new {n}").title
        return actions.move_item(session=session, item=items[n].public_id, up=bool(n % 2), by=host)

    at_once(AT_ONCE, plan)
    assert sorted(headings(session)) == sorted([*(f"item {n}" for n in range(AT_ONCE)), "new 3", "new 7"])
    assert [row.item.position for row in agenda_of(session).rows] == list(range(AT_ONCE + 2))


def test_together_they_cannot_make_it_longer_than_a_day(session, enough_connections):  # noqa: F811
    done = at_once(AT_ONCE, lambda n: add_item(session=session, by=session.host, title=f"long {n}", minutes=480).title)
    assert done.count("ValidationError") == AT_ONCE - 3
    assert agenda_of(session).minutes == 24 * 60


def test_an_agenda_is_begun_once_by_all_who_begin_it(session, enough_connections):  # noqa: F811
    at_once(4, lambda n: actions.begin_agenda(session=session, agenda=BUILT_IN[n], by=session.host))
    assert len(headings(session)) in {len(agenda.steps) for agenda in BUILT_IN[:4]}


def test_an_offer_is_accepted_or_taken_back_and_never_both(session, enough_connections):  # noqa: F811
    member = make.make_person()
    make.make_member(partnership=session.partnership, person=member, role=Role.PRACTITIONER)
    offered = offer(session=session, by=member)

    def decide(n):
        try:
            if n % 2:
                actions.take_offer_back(offer=offered, by=member)
            else:
                actions.accept_offer(offer=offered, by=session.host)
        except (ValidationError, PermissionDenied):
            return "refused"
        return "done"

    done = at_once(6, decide)
    offered.refresh_from_db()
    assert done.count("done") == 3
    assert AgendaItem.objects.filter(session=session).count() == (offered.state == "accepted")
