"""Writing a note."""

from collections.abc import Collection
from datetime import date

from partnerships.models import Partnership
from records import actions

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
    tags: Collection[str] = (),
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
    saved = actions.save_new(note, by=by, key=key, form="reflection", tags=tags)
    return Reflection.objects.get(pk=saved.pk)
