"""Notes that were revealed, on the pages that show them."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from convening.live.writing import Note

register = template.Library()


@register.simple_tag(takes_context=True)
def revealed_note(context, note: Note) -> str:
    """Draw a note, with its box to tick where notes are sorted: for the list of one writing (`row`) of a session."""
    partnership = context.get("partnership")
    return _drawn(
        note,
        writing=context["row"].writing.public_id,
        session=context["session"].public_id,
        partnership=partnership.slug if partnership else "",
        sorts=bool(context.get("sorts")),
        plain=bool(context.get("plain")),
        language=get_language(),
    )


# After a reveal forty people are shown the same sixty notes within a second. What a note looks like depends on nothing
# but what is given here, and who may read it was asked before: so each is drawn once.
@lru_cache(maxsize=1024)
def _drawn(note: Note, *, language: str | None, **shown: str | bool) -> str:
    return render_to_string("convening/live/_note.html", {"note": note, **shown})
