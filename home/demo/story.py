"""What has come to be while the demo's story is told."""

import hashlib
import re
from collections.abc import Mapping

from accounts.models import User
from convening.models import Session
from partnerships.models import Membership, Organisation, Partnership, Space
from partnerships.models.spaces import wider_field
from records.models import Record, Response
from reflections.models import Reflection

from .clock import TimeLine
from .words import EVERYONE, WIDER_FIELD, Words, WordsError

SITE_ADMIN = "siteadmin"

# What has no hour of its own happens before or after the words of its day, in this order.
STARTS, JOINS, OPENS, COMES_IN, AGREES, ACCEPTS = 4.0, 4.25, 4.5, 4.75, 4.9, 4.95
EDITS, WITHDRAWS, LEAVES, CLOSES, ENDS = 23.25, 23.5, 23.6, 23.7, 23.8


class Story:
    """The words, the time line that they are put on, and the rows by the keys that the words call them."""

    def __init__(self, words: Words, line: TimeLine):
        self.words = words
        self.line = line
        self.people: dict[str, User] = {}
        self.organisations: dict[str, Organisation] = {}
        self.partnerships: dict[str, Partnership] = {}
        self.memberships: dict[tuple[str, str], Membership] = {}
        self.spaces: dict[str, Space] = {}
        self.notes: dict[str, Reflection] = {}
        self.responses: dict[tuple[str, int], Response] = {}
        self.sessions: dict[str, Session] = {}
        # Learning cycles and activities.
        self.wholes: dict[str, Record] = {}

    def person(self, key: str) -> User:
        """Return who is called that."""
        return _find(self.people, key, "person")

    def organisation(self, key: str) -> Organisation:
        """Return the organisation of that key."""
        return _find(self.organisations, key, "organisation")

    def partnership(self, key: str) -> Partnership:
        """Return the partnership of that key."""
        return _find(self.partnerships, key, "partnership")

    def membership(self, partnership: str, person: str) -> Membership:
        """Return the person's stay in the partnership, as it is now."""
        membership = _find(self.memberships, (partnership, person), "membership")
        membership.refresh_from_db()
        return membership

    def space(self, key: str, *, partnership: str = "") -> Space:
        """Return the space of that key as it is now, in that partnership where the key is "everyone"."""
        if key == WIDER_FIELD:
            return wider_field()
        if key == EVERYONE:
            return Space.objects.get(partnership=self.partnership(partnership), kind=Space.Kind.EVERYONE)
        space = _find(self.spaces, key, "space")
        space.refresh_from_db()
        return space


def _find[Key, Row](rows: Mapping[Key, Row], key: Key, name: str) -> Row:
    if key not in rows:
        raise WordsError(f"There is no {name} {key!r} at that time.")
    return rows[key]


def form_key(key: str) -> str:
    """Make a key of the words into the key of an opened form, which is short and plain."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,24}", key):
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:24]
