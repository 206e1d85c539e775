"""What somebody may not see changes no byte of what they get, by any path: pages, files, forms, mail, the log.

The short run asks each address by one who gets it and all that gathers things by everybody; with
HYPOTHESIS_PROFILE=long each of the cast asks for all that they get, and follows every link.
"""

import pytest
from django.db import connection

from tests.cast import MEMBERS, NOT_SIGNED_IN, OTHERS

from .comparing import differences, misses
from .crawl import LONG

GROUPS = {"members": tuple(MEMBERS), "others": (*OTHERS, *NOT_SIGNED_IN)}
# On PostgreSQL the short run asks as these: in spaces and not, with a duty, from outside.
FEW = frozenset({"fellow", "manager", "steward", "outsider", *NOT_SIGNED_IN})

pytestmark = pytest.mark.once


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_two_worlds_look_alike(cast, group):
    names = [name for name in GROUPS[group] if LONG or connection.vendor == "sqlite" or name in FEW]
    found, there = differences(cast, names)
    assert not found, "\n".join(map(str, found))
    faults = [fault for name, seen in there.items() for fault in misses(name, seen.answers)]
    assert not faults, "\n".join(faults)
