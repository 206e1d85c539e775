"""The rows of the matrix about invitations: who sends them, and what the invited person sees."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from tests import factories as make
from tests.cast import Cast

from .matrix import EVERYBODY, MEMBERS_OF, WITH_DUTY, WITHOUT_DUTY, Row, key_of, nothing, slug_of

ADMINS = frozenset({"site_admin", "orgadmin"})
LIST = "somebody@example.net"


def _invite(cast: Cast) -> dict[str, Any]:
    return {"email": "new@example.net", "role": "practitioner"}


def _send(cast: Cast) -> dict[str, Any]:
    return {"people": LIST, "looked_at": sha256(LIST.encode()).hexdigest(), "send": "1", **key_of("invitations")}


def _accept(cast: Cast) -> dict[str, Any]:
    return {"name": "Ina Invited", "password": make.PASSWORD}


def _of(partnership: str, invitation: str = "invitation") -> Callable[[Cast], tuple]:
    return lambda cast: (cast[partnership].slug, cast[invitation].public_id)


def _at(organisation: str, invitation: str = "organisation_invitation") -> Callable[[Cast], tuple]:
    return lambda cast: (cast[organisation].public_id, cast[invitation].public_id)


def _organisation(name: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[name].public_id,)


def _token(name: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[f"{name}_token"],)


INVITING: list[Row] = [
    Row(name, "partnership", slug_of("partnership"), WITH_DUTY, refused=WITHOUT_DUTY, body=body)
    for name, body in (
        ("partnerships:invitation-list", None),
        ("partnerships:invitation-new", _invite),
        ("partnerships:invitation-import", _send),
    )
]
INVITING += [
    Row(name, partnership, slug_of(partnership), MEMBERS_OF[partnership] - WITHOUT_DUTY)
    for name in ("partnerships:invitation-list", "partnerships:invitation-new", "partnerships:invitation-import")
    for partnership in ("sibling", "unopened")
]
AGAIN_AND_BACK = [
    row
    for name in ("partnerships:invitation-renew", "partnerships:invitation-withdraw")
    for row in (
        Row(name, "an open one", _of("partnership"), WITH_DUTY, refused=WITHOUT_DUTY, body=nothing),
        # The wrong partnership's address leads nowhere, nor does what is withdrawn.
        Row(name, "at another partnership", _of("sibling"), body=nothing),
        Row(name, "withdrawn", _of("partnership", "invitation_withdrawn"), refused=WITHOUT_DUTY, body=nothing),
        Row(name, "of an organisation", _of("partnership", "organisation_invitation"), refused=WITHOUT_DUTY),
    )
]
ORGANISATIONS = [
    *[
        Row(name, "Doorway", _organisation("provider"), ADMINS, body=body)
        for name, body in (
            ("partnerships:organisation-invitation-list", None),
            ("partnerships:organisation-invite", lambda cast: {"email": "new@example.net"}),
            ("partnerships:organisation-import", _send),
        )
    ],
    *[
        Row(name, "The council", _organisation("council"), frozenset({"site_admin"}))
        for name in (
            "partnerships:organisation-invitation-list",
            "partnerships:organisation-invite",
            "partnerships:organisation-import",
        )
    ],
    *[
        row
        for name in ("partnerships:organisation-invitation-renew", "partnerships:organisation-invitation-withdraw")
        for row in (
            Row(name, "an open one", _at("provider"), ADMINS, body=nothing),
            Row(name, "at another organisation", _at("council"), body=nothing),
            Row(name, "of a partnership", _at("provider", "invitation"), body=nothing),
        )
    ],
]
# Whoever has the link may look. Answering leads on, or back to the page that says why not.
INVITED = [
    Row("partnerships:invitation-detail", "into Early Shift", _token("invitation"), EVERYBODY),
    Row("partnerships:invitation-detail", "to Doorway", _token("organisation_invitation"), EVERYBODY),
    Row("partnerships:invitation-detail", "withdrawn", _token("invitation_withdrawn"), EVERYBODY, get=410),
    *[
        row
        for name, body in (("partnerships:invitation-accept", _accept), ("partnerships:invitation-decline", nothing))
        for row in (
            Row(name, "into Early Shift", _token("invitation"), EVERYBODY, body=body),
            Row(name, "to Doorway", _token("organisation_invitation"), EVERYBODY, body=body),
            Row(name, "withdrawn", _token("invitation_withdrawn"), EVERYBODY, get=410, body=body),
        )
    ],
]
WELCOME = [
    Row("partnerships:partnership-welcome", partnership, slug_of(partnership), readers)
    for partnership, readers in MEMBERS_OF.items()
]
ROWS: list[Row] = [*INVITING, *AGAIN_AND_BACK, *ORGANISATIONS, *INVITED, *WELCOME]
