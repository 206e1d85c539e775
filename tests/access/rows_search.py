"""The row of the matrix about search: everybody who is signed in may ask; what they find, test_search_cast shows."""

from tests.cast import SIGNED_IN

from .matrix import Row

ROWS = [
    Row("records:search", readers=SIGNED_IN),
    Row("records:search", "for words", readers=SIGNED_IN, query=lambda cast: "?q=words"),
    Row("records:search", "by tag", readers=SIGNED_IN, query=lambda cast: "?tag=peers-tag"),
]
