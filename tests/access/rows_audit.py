"""The rows of the matrix about looking back: one's own deeds, and what changed in a partnership."""

from tests.cast import SIGNED_IN

from .matrix import NOBODY, WITH_DUTY, WITHOUT_DUTY, Row, slug_of

ROWS = [
    Row("partnerships:deed-list", readers=SIGNED_IN),
    Row("partnerships:grant-list", "opened", slug_of("partnership"), WITH_DUTY, refused=WITHOUT_DUTY),
    Row("partnerships:grant-list", "a draft", slug_of("unopened"), frozenset({"steward"}), refused=NOBODY),
]
