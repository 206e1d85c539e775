"""Writing a note, and sharing it with one person."""

from datetime import date

from django.db import transaction

from partnerships.actions import open_one_to_one
from partnerships.models import Membership, Partnership, Space
from records import actions
from records.models import Record
from records.parts import Parts

from .models import Reflection


def write(
    *,
    by,
    text: str,
    key: str,
    title: str = "",
    person_level: int = 1,
    happened_on: date | None = None,
    partnership: Partnership | None = None,
    parts: Parts | None = None,
) -> Reflection:
    """Save a new note in its author's notebook; a repeated POST gives the one that the first made.

    `key` is that of the opened form; `partnership` the one the notebook's note is about, if any.
    """
    note = Reflection(
        kind="reflection",
        title=title,
        text=text,
        person_level=person_level,
        happened_on=happened_on,
        partnership=partnership,
    )
    saved = actions.save_new(note, by=by, key=key, form="reflection", parts=parts)
    return Reflection.objects.get(pk=saved.pk)


@transaction.atomic
def share_with_one(record: Record, *, membership: Membership, attribution: str, version: int, by) -> Space:
    """Share a private note with one other person: their one to one is opened on the way, and they are asked.

    Nothing is opened where it cannot be shared. Raises what `open_one_to_one` and `records.actions.share` raise.
    """
    space = open_one_to_one(membership=membership, by=by)
    actions.share(record, space=space, attribution=attribution, version=version, by=by)
    return space
