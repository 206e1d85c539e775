"""The rows of the matrix about mail."""

from desk.unsubscribing import token_of
from tests.cast import SIGNED_IN

from .matrix import EVERYBODY, Row, nothing

ROWS: list[Row] = [
    Row("partnerships:mail-edit", readers=SIGNED_IN, body=lambda cast: {"mail_choice": "weekly"}),
    Row("partnerships:mail-edit", "first of all", readers=SIGNED_IN, query=lambda cast: "?next=/"),
    Row(
        "partnerships:unsubscribe",
        "practitioner",
        lambda cast: (token_of(cast.practitioner),),
        EVERYBODY,
        body=nothing,
        posted=200,
    ),
]
