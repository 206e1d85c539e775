"""What spans rows in this room, and no constraint of the database can hold."""

from collections.abc import Iterator

from .models import RelationshipNote


def relationship_notes_in_a_space() -> Iterator[str]:
    """Find relationship notes that left their author's notebook."""
    for pk in RelationshipNote.objects.exclude(space=None).values_list("pk", flat=True):
        yield f"record {pk}"
