"""What this room's records say beside their title and text, as JSON: for former versions and for exports."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .models import CheckIn, ConversationSummary, RelationshipNote, Tension
from .models.tensions import SIDES


def further_words_of_tension(tension: Tension) -> dict[str, Any]:
    """Return what is said of both poles, who feels it, and what helps; how it stands is kept in rows of its own."""
    said = {name: getattr(tension, name) for name in (*SIDES, "what_helps", "felt_by")}
    return {name: value for name, value in said.items() if value}


def further_words_of_check_in(check_in: CheckIn) -> dict[str, Any]:
    """Return where between the poles it was."""
    return {"lean": check_in.lean}


def words_to_search(records: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """Return what is said of the poles of tensions, by their primary key."""
    rows = Tension.objects.filter(pk__in=records).values_list("pk", *SIDES, "what_helps")
    return {key: [text for text in texts if text] for key, *texts in rows}


def summaries_to_search(records: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """Return what conversations have come to, by their primary key: the last version of each."""
    rows = ConversationSummary.objects.filter(conversation__in=records).order_by("number")
    return {key: [text] for key, text in rows.values_list("conversation", "text")}


def further_words_of_relationship_note(note: RelationshipNote) -> dict[str, Any]:
    """Return what it asks of its author."""
    return {"work": note.work}
