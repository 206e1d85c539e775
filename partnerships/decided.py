"""What was decided at a session: upper apps say what that allows, and which change came of which day.

Duties, intentions and phases are changed by those who look after them, and by whoever carries out what a session
decided (3-access, 3.2; docs/decisions/0017). This room knows no sessions: the app that does registers its rule here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import Membership, Partnership
from .permissions import Permission, may, membership_of, require
from .reader import Reader


@dataclass(frozen=True)
class DecidedOn:
    """The day of the session at which a change was decided; its address and why only for who reads that session."""

    day: date
    why: str = ""
    address: str = ""


# Whether this person may now carry out the decision of that public id, which needs that permission.
Allows = Callable[[Any, Partnership, str, Permission], bool]
# On which day each intention or change of phase (by "intention" or "phase", and primary key) was decided.
Finds = Callable[[Reader, Partnership], Mapping[tuple[str, int], DecidedOn]]

_allows: list[Allows] = []
_finds: list[Finds] = []


def register(*, allows: Allows, finds: Finds) -> None:
    """Add an app that knows where things are decided."""
    _allows.append(allows)
    _finds.append(finds)


def require_or_decided(by, partnership: Partnership, to: Permission, *, decided_in: str) -> Membership:
    """Return the member's membership; PermissionDenied unless they may do this, or a session's decision lets them."""
    mine = membership_of(by, partnership)
    decided = decided_in and any(allows(by, partnership, decided_in, to) for allows in _allows)
    if not (may(mine, to) or decided):
        require(mine, to)
    return mine


def decided(reader: Reader, partnership: Partnership) -> dict[tuple[str, int], DecidedOn]:
    """Return what was decided on which day, of intentions and changes of phase."""
    return {key: row for finds in _finds for key, row in finds(reader, partnership).items()}
