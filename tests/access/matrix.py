"""The declared table of who gets what from which address (3-access; 5-promises, 5.1).

A row names a URL, what stands in its place-holders, who may GET it and who may POST to it, and the status they get;
`refused` are those who get 403. Everybody else who is signed in gets 404, with the same bytes as where nothing is; who
is not signed in is asked to. A URL that has no row fails the build. The rows stand in `rows_*.py`, by domain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cast import CAST, IN_EVERYONE, IN_SUPERVISION, Cast

EVERYBODY = frozenset(CAST)
NOBODY: frozenset[str] = frozenset()
AUTHOR = frozenset({"practitioner"})
FELLOW = frozenset({"fellow"})
# Stands where something would, and is nothing.
MISSING_SLUG = "no-such-place-0a1b2c"
MISSING_ID = "AAAAAAAAAAAA"


@dataclass(frozen=True)
class Row:
    """One address of one thing. `body` gives the words of a POST that is right; None where POST is no method of it."""

    name: str
    of: str = ""
    args: Callable[[Cast], tuple] = lambda cast: ()
    readers: frozenset = NOBODY
    get: int = 200
    # Who may know that it is there, and may not do this: 403 for GET and POST.
    refused: frozenset = NOBODY
    body: Callable[[Cast], dict[str, Any]] | None = None
    posters: frozenset | None = None
    posted: int = 302
    query: Callable[[Cast], str] = lambda cast: ""
    fragments: tuple = ()
    takes_get: bool = True
    # Nobody is asked to sign in: whoever may not gets 404, without an account too.
    is_open: bool = False

    def __str__(self):
        return f"{self.name} {self.of}".strip()

    @property
    def who_posts(self) -> frozenset:
        """Give who may POST: the readers, unless it says otherwise."""
        return self.readers if self.posters is None else self.posters


def key_of(name: str) -> dict[str, str]:
    return {"draft_key": f"matrix-{name}"[:24]}


def id_of(name: str) -> Callable[[Cast], tuple]:
    """Give what fills an address about that record."""
    return lambda cast: (cast[name].public_id,)


def slug_of(name: str) -> Callable[[Cast], tuple]:
    """Give what fills an address about that partnership."""
    return lambda cast: (cast[name].slug,)


def space_of(partnership: str, space: str) -> Callable[[Cast], tuple]:
    """Give what fills an address about a space, as if it lay in that partnership."""
    return lambda cast: (cast[partnership].slug, cast[space].public_id)


MEMBERS_OF = {
    "partnership": IN_EVERYONE,
    "sibling": frozenset({"outsider"}),
    "parent": frozenset({"parent_member"}),
    "supervision": IN_SUPERVISION,
    "unopened": frozenset({"steward"}),
}
# Who takes part in Early Shift without a duty, and who with one.
WITH_DUTY = frozenset({"learning_partner", "steward"})
WITHOUT_DUTY = IN_EVERYONE - WITH_DUTY


def nothing(cast: Cast) -> dict[str, Any]:
    """Give the body of a POST that needs no words."""
    return {}
