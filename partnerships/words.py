"""The words that a partnership may have in place of the app's. Keys stay; what people see changes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import rooms
from .models import Partnership, Role

LONGEST_WORD = 40


@dataclass(frozen=True)
class Word:
    """One word that can be changed: its key in `Partnership.words`, and the app's own."""

    key: str
    default: str | Promise


# Words for one thing of a kind, such as "Note"; upper apps register theirs.
_things: list[Word] = []


def register(key: str, default: str | Promise) -> None:
    """Let partnerships have their own word for one thing of a kind, kept as `one:<key>`."""
    _things.append(Word(f"one:{key}", default))


def groups(partnership: Partnership) -> list[tuple[str | Promise, str | Promise, list[Word]]]:
    """Return all words that can be changed, in groups with a heading and a line. Phases have names of their own."""
    roles = [Word(f"role:{role.value}", role.label) for role in Role]
    of_rooms = [Word(f"room:{room.key}", room.label) for room in rooms.all_rooms()]
    return [
        (
            _("What this is"),
            _("It stands above the name on the overview."),
            [Word("kind", partnership.get_kind_display())],
        ),
        (_("Roles"), _("From where somebody takes part. Who may do what does not change with the word."), roles),
        (_("Rooms"), _("What stands in the bar."), of_rooms),
        (_("One thing in a room"), _("What one of them is called, beside its author’s name."), list(_things)),
    ]
