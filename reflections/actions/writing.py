"""Writing a note, and sharing it with one person."""

from datetime import date
from typing import Any

from django.db import transaction

from partnerships.actions import open_one_to_one
from partnerships.models import Membership, Partnership, Space
from records import actions
from records.models import Record
from records.parts import Parts
from reflections.models import Reflection
from reflections.prompts import Answered


def write(
    *,
    by,
    key: str,
    text: str = "",
    answered: Answered | None = None,
    title: str = "",
    person_level: int = 1,
    happened_on: date | None = None,
    partnership: Partnership | None = None,
    parts: Parts | None = None,
    **further: Any,
) -> Reflection:
    """Save a new note in its author's notebook; a repeated POST gives the one that the first made.

    `key` is that of the opened form; `partnership` the one the notebook's note is about, if any. Written with prompts,
    its text is what was `answered`; `further` are its columns for marks, what changed, where one looked, who told it.
    Raises AlreadySent where other words come under the same key.
    """
    words: dict[str, Any] = answered.columns() if answered else {"text": text}
    note = Reflection(
        kind="reflection",
        title=title,
        person_level=person_level,
        happened_on=happened_on,
        partnership=partnership,
        **words,
        **further,
    )
    saved = actions.save_new(note, by=by, key=key, form="reflection", parts=parts)
    made = Reflection.objects.get(pk=saved.pk)
    if (made.answers, made.looking_at) != (note.answers, note.looking_at):
        # The same words, under other questions, or with something chosen since.
        raise actions.AlreadySent
    return made


@transaction.atomic
def share_with_one(record: Record, *, membership: Membership, attribution: str, version: int, by) -> Space:
    """Share a private note with one other person: their one to one is opened on the way, and they are asked.

    Nothing is opened where it cannot be shared. Raises what `open_one_to_one` and `records.actions.share` raise.
    """
    space = open_one_to_one(membership=membership, by=by)
    actions.share(record, space=space, attribution=attribution, version=version, by=by)
    return space
