"""What is asked of people: looking first whether there may be anything leaves nothing out, and asks for little."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships import asked
from partnerships.reader import Reader
from tests.cast import SIGNED_IN

PERHAPS = {f"{find.__module__}.{find.__name__}" for find, perhaps in asked._providers if perhaps is not None}


def asked_by_each(cast):
    """Give what each provider asks of each of the cast, whether it was looked first or not."""
    return {
        (f"{find.__module__}.{find.__name__}", name): find(Reader(cast[name]))
        for find, _perhaps in asked._providers
        for name in SIGNED_IN
    }


@pytest.mark.parametrize("days", [0, 1, 8, 20], ids=lambda days: f"in {days} days")
def test_looking_first_leaves_nothing_out(cast, days):
    """As the cast stands, and as time goes by: days to answer end, others come."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        found = asked_by_each(cast)
        for name in SIGNED_IN:
            everything = [row for (_provider, person), rows in found.items() if person == name for row in rows]
            assert asked.asked_of(Reader(cast[name])) == everything, name


def test_nearly_everything_that_can_be_asked_is_asked_of_somebody_on_stage(cast):
    """Otherwise to compare would prove little; what is missing here has its own tests by `asked_of`."""
    asks = {provider for (provider, _name), rows in asked_by_each(cast).items() if rows}
    assert PERHAPS - asks <= {"convening.after.news.asked_to_do"}


def test_who_is_asked_nothing_costs_two_queries(cast):
    """One whether there may be anything, and one about agreements; beside who it is."""
    reader = Reader(cast.parent_member)
    assert reader.spaces and reader.memberships
    with CaptureQueriesContext(connection) as captured:
        assert asked.asked_of(reader) == []
    assert len(captured) == 2, [query["sql"][:300] for query in captured]
