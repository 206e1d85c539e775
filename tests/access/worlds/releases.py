"""The closed list of what may differ between the worlds: what, on which pages, for whom, and why. There is no other.

Only what is named here is left out of the comparison; the rest of such a page is compared as every other is.
"""

import re
from dataclasses import dataclass

from tests.access.matrix import WITH_DUTY


@dataclass(frozen=True)
class Release:
    """Something that a page tells some of the cast of what is hidden, because docs/access.md says that it may."""

    what: re.Pattern[bytes]
    pages: frozenset[str]
    who: frozenset[str]
    why: str


# Those with a duty in Early Shift, and the stewards of the partnerships around it.
STEWARDS = WITH_DUTY | {"outsider", "parent_member", "supervisor"}
RELEASES = (
    Release(
        re.compile(rb'\s*<option value="[\w-]{12}"[^>]*>Doorway quagga</option>'),
        frozenset({"partnerships:invitation-new", "partnerships:participation-new"}),
        STEWARDS,
        "Who looks after people and settings chooses among the names of all organisations of the site. Of an"
        " organisation they learn its name, and neither its people nor its partnerships.",
    ),
)


def releases_for(name: str, page: str) -> list[Release]:
    """Give what may differ on a page for one of the cast."""
    return [release for release in RELEASES if name in release.who and page in release.pages]
