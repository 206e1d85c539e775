"""The rows of the matrix about spaces."""

from collections.abc import Callable
from typing import Any

from tests.cast import IN_EVERYONE, IN_ONE_TO_ONE, IN_PEERS, IN_POWER_LINE, Cast
from tests.factories import membership_of

from .matrix import MEMBERS_OF, NOBODY, WITH_DUTY, WITHOUT_DUTY, Row, nothing, slug_of, space_of

IN_QUIET = frozenset({"fellow", "academic"})


def _about(partnership: str, admission: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[partnership].slug, cast[admission].public_id)


def _yes(cast: Cast) -> dict[str, Any]:
    return {"answer": "yes"}


def _expert(cast: Cast) -> dict[str, Any]:
    return {"member": membership_of(person=cast.expert, partnership=cast.partnership).public_id}


def _somebody(cast: Cast) -> dict[str, Any]:
    """Give a member whom none of the cast has a one to one with."""
    return {"person": membership_of(person=cast.peers_more[0], partnership=cast.partnership).public_id}


NEW = [
    Row(
        "partnerships:space-new",
        "peers",
        slug_of("partnership"),
        IN_EVERYONE,
        query=lambda cast: "?kind=peers",
        body=lambda cast: {"name": "Another one"},
    ),
    Row(
        "partnerships:space-new",
        "power_line",
        slug_of("partnership"),
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        query=lambda cast: "?kind=power_line",
        body=lambda cast: {"name": "Another one", "power_statement": "Who pays decides."},
    ),
    Row(
        "partnerships:space-new",
        "one_to_one",
        slug_of("partnership"),
        IN_EVERYONE,
        query=lambda cast: "?kind=one_to_one",
        body=_somebody,
    ),
    *[
        Row("partnerships:space-new", partnership, slug_of(partnership), readers)
        for partnership, readers in MEMBERS_OF.items()
    ],
    Row("partnerships:space-new", "no kind", slug_of("partnership"), query=lambda cast: "?kind=everyone"),
]
# What is done in a space, by those in it; to the others it is as if it were not there.
INSIDE = [
    Row(f"partnerships:space-{verb}", place, space_of("partnership", place), readers, refused=refused, body=body)
    for verb, body in (("ask", _expert), ("leave", nothing), ("close", nothing))
    for place, readers, refused in (
        ("peers", IN_PEERS, NOBODY),
        ("one_to_one", *((NOBODY, IN_ONE_TO_ONE) if verb == "ask" else (IN_ONE_TO_ONE, NOBODY))),
        ("everyone", NOBODY, IN_EVERYONE),
        ("sibling_everyone", NOBODY, NOBODY),
    )
]
ASK = [
    Row("partnerships:space-ask", "power_line", space_of("partnership", "power_line"), IN_POWER_LINE, body=_expert),
    Row(
        "partnerships:space-ask",
        "the last step",
        space_of("partnership", "peers"),
        IN_PEERS,
        query=lambda cast: f"?member={_expert(cast)['member']}",
    ),
]
JOIN = [
    Row("partnerships:space-join", place, space_of("partnership", place), readers, body=nothing)
    for place, readers in (
        ("space_of_others", IN_EVERYONE),
        ("one_to_one", NOBODY),
        ("everyone", NOBODY),
        ("sibling_everyone", NOBODY),
        ("wider", NOBODY),
    )
]
ASKED = [
    Row("partnerships:admission-detail", name, _about("partnership", name), readers, body=_yes)
    for name, readers in (("asked_in", IN_QUIET | {"expert"}), ("asked_to_join", IN_QUIET | {"consultant"}))
] + [
    # Who opened it is not asked, and sees how it stands.
    Row(
        "partnerships:admission-detail",
        "asked_one_to_one",
        _about("partnership", "asked_one_to_one"),
        frozenset({"academic", "expert"}),
    ),
    Row("partnerships:admission-detail", "from elsewhere", _about("sibling", "asked_in")),
]
ROWS: list[Row] = [*NEW, *INSIDE, *ASK, *JOIN, *ASKED]
