"""The rows of the matrix about one's own data: having it as a file, and having oneself erased.

What matters asks for the password once more, so here it leads there (302): tests/accounts/my_data goes on from that.
"""

from tests.cast import SIGNED_IN

from .matrix import AUTHOR, Row, nothing

ROWS = [
    Row("accounts:data-detail", readers=SIGNED_IN, fragments=("exports",)),
    Row("accounts:export-new", posters=SIGNED_IN, body=nothing, takes_get=False),
    Row("accounts:export-file", "of practitioner", lambda cast: (cast["export"].public_id,), AUTHOR, get=302),
    Row(
        "accounts:erasure-new",
        readers=SIGNED_IN,
        get=302,
        body=lambda cast: {"words": "taken_back", "sure": "on"},
    ),
]
