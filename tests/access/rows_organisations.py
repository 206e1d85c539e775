"""The rows of the matrix about who is a member, about organisations, and about the site."""

from collections.abc import Callable
from typing import Any

from tests import factories as make
from tests.cast import IN_EVERYONE, Cast

from .matrix import WITH_DUTY, WITHOUT_DUTY, Row, nothing, slug_of

STEWARD = frozenset({"steward"})
SITE_ADMIN = frozenset({"site_admin"})
ADMINS = frozenset({"site_admin", "orgadmin"})


def _membership(name: str, partnership: str = "partnership") -> Callable[[Cast], tuple]:
    """Give what fills an address about the cast's membership of Early Shift, as if it were of that partnership."""
    return lambda cast: (
        cast[partnership].slug,
        make.membership_of(person=cast[name], partnership=cast.partnership).public_id,
    )


def _member(cast: Cast) -> tuple:
    return cast.partnership.slug, cast["member"].public_id


def _pair(cast: Cast) -> dict[str, Any]:
    giving, taking = (
        make.membership_of(person=cast[name], partnership=cast.partnership).public_id
        for name in ("learning_partner", "fellow")
    )
    return {"giving": giving, "taking": taking}


def _person(name: str, organisation: str = "provider") -> Callable[[Cast], tuple]:
    return lambda cast: (cast[organisation].public_id, cast[name].public_id)


def _organisation(name: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[name].public_id,)


MEMBERSHIPS = [
    Row(
        "partnerships:membership-edit",
        "a practitioner",
        _member,
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        body=lambda cast: {"role": "academic", "own_words": "on loan"},
    ),
    Row(
        "partnerships:membership-edit",
        "expert",
        _membership("expert"),
        WITH_DUTY | {"expert"},
        refused=WITHOUT_DUTY - {"expert"},
    ),
    Row("partnerships:membership-edit", "expert, at another partnership", _membership("expert", "sibling")),
    Row("partnerships:membership-end", "a practitioner", _member, WITH_DUTY, refused=WITHOUT_DUTY, body=nothing),
    Row(
        "partnerships:membership-end",
        "expert",
        _membership("expert"),
        WITH_DUTY | {"expert"},
        refused=WITHOUT_DUTY - {"expert"},
        body=nothing,
    ),
    # Only stewards end those with a duty; the last one names another.
    Row(
        "partnerships:membership-end",
        "steward",
        _membership("steward"),
        STEWARD,
        refused=IN_EVERYONE - STEWARD,
        body=lambda cast: {"successor": _membership("expert")(cast)[1]},
    ),
    Row("partnerships:membership-end", "expert, at another partnership", _membership("expert", "sibling")),
    Row("partnerships:hand-over", "partnership", slug_of("partnership"), WITH_DUTY, refused=WITHOUT_DUTY),
    Row(
        "partnerships:hand-over",
        "sibling, without a learning partner",
        slug_of("sibling"),
        frozenset({"outsider"}),
    ),
    Row(
        "partnerships:hand-over",
        "partnership, two chosen",
        slug_of("partnership"),
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        query=lambda cast: "?giving={giving}&taking={taking}".format(**_pair(cast)),
    ),
    Row(
        "partnerships:hand-over-confirm",
        "",
        slug_of("partnership"),
        STEWARD,
        refused=IN_EVERYONE - STEWARD,
        query=lambda cast: "?giving={giving}&taking={taking}".format(**_pair(cast)),
        body=_pair,
    ),
]
ORGANISATIONS = [
    Row("partnerships:organisation-list", readers=ADMINS),
    Row("partnerships:organisation-new", readers=SITE_ADMIN, body=lambda cast: {"name": "A funder", "kind": "funder"}),
    Row("partnerships:organisation-detail", "provider", _organisation("provider"), ADMINS),
    Row("partnerships:organisation-detail", "council", _organisation("council"), SITE_ADMIN),
    Row(
        "partnerships:organisation-edit",
        "council",
        _organisation("council"),
        SITE_ADMIN,
        body=lambda cast: {"name": "The city council", "kind": "public_body"},
    ),
    Row("partnerships:organisation-edit", "provider", _organisation("provider"), ADMINS),
    Row(
        "partnerships:affiliation-edit",
        "colleague",
        _person("colleague"),
        ADMINS,
        body=lambda cast: {"job": "Team lead"},
    ),
    Row("partnerships:affiliation-edit", "colleague, at another organisation", _person("colleague", "council")),
    Row("partnerships:affiliation-edit", "who does not belong to it", _person("outsider")),
    Row("partnerships:affiliation-end", "colleague", _person("colleague"), ADMINS, body=nothing),
    Row("partnerships:affiliation-end", "colleague, at another organisation", _person("colleague", "council")),
    # The last admin sees why they stay; only a site admin ends that.
    Row("partnerships:affiliation-end", "its only admin", _person("orgadmin"), ADMINS),
    Row(
        "partnerships:site-settings-edit",
        readers=SITE_ADMIN,
        body=lambda cast: {"run_by": "Doorway", "members_may_start": "on"},
    ),
]
ROWS = [*MEMBERSHIPS, *ORGANISATIONS]
