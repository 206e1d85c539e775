"""What the stage holds of words that were folded or set aside: in the sibling partnership, where an author has left."""

from typing import Any

from desk import drafts
from records import actions
from tests import factories as make


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    away = make.make_person(name="Away Q")
    make.make_member(partnership=cast.sibling, person=away)
    for name in ("folded_note", "aside_note", "ordered_note"):
        cast.more[name] = make.make_shared_note(
            by=away, space=cast.sibling_everyone, title=f"Title of {name}", text=f"words of {name}"
        )
    make.fold(record=cast.more["folded_note"], by=cast.outsider)
    make.set_aside(record=cast.more["aside_note"], by=cast.outsider)
    actions.set_aside_by_order(
        address=cast.more["ordered_note"].get_absolute_url(),
        reason="By the court, yesterday.",
        key=drafts.new_key(),
        by=cast.site_admin,
    )
    make.end_membership(person=away, partnership=cast.sibling)
    for name in ("folded_note", "aside_note", "ordered_note"):
        cast.more[name].refresh_from_db()
    note = cast.sibling_note
    words = {"text": note.text}
    actions.edit(
        note, version=note.version, changes=words, key=drafts.new_key(), form="reflection-edit", by=cast.outsider
    )
