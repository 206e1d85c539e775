"""How what people write opens a room of their partnership: for all, where all read it; else for those who read it."""

from functools import partial
from weakref import WeakKeyDictionary

from django.db import transaction

from partnerships import actions as partnership_actions
from partnerships.models import Partnership, Space
from partnerships.reader import Reader

from .models import Record

# Of each reader, for the length of a request: the kinds that they read in the narrower spaces of a partnership.
_narrow: WeakKeyDictionary[Reader, dict[int, set[str]]] = WeakKeyDictionary()


@transaction.atomic
def open_room_of(key: str, *, space: Space, by) -> None:
    """Open a room for all members, where all of them read what was made in it.

    Of what is in a narrower space its entry must not tell: those inside find the room since they need it.
    """
    if space.kind == Space.Kind.EVERYONE and space.partnership:
        partnership_actions.open_room(partnership=space.partnership, key=key, by=by)


def needed_for(*kinds: str):
    """Return what says whether a reader needs the room of these kinds, though it was not opened for all.

    They do where they read one in a narrower space of the partnership. One query for all rooms of a page, and none for
    who is in no narrower space.
    """
    return partial(_reads_in_narrow, kinds)


def _reads_in_narrow(kinds: tuple[str, ...], reader: Reader, partnership: Partnership) -> bool:
    known = _narrow.setdefault(reader, {})
    if partnership.pk not in known:
        narrow = [row for row in reader.spaces.values() if row.partnership_id == partnership.pk]
        keys = [row.pk for row in narrow if row.kind != Space.Kind.EVERYONE]
        rows = Record.objects.visible_to(reader).standing().filter(space__in=keys).order_by()
        known[partnership.pk] = set(rows.values_list("kind", flat=True).distinct()) if keys else set()
    return not known[partnership.pk].isdisjoint(kinds)
