"""What becomes of somebody's notes when they are erased, beside what becomes of every record."""

from django.db import transaction
from django.db.models import Q

from reflections.models import Reflection


@transaction.atomic
def empty_notes(*, all_shared: bool, by) -> None:
    """Empty the notes of `by` that are taken back: of their prompts and answers, and of where they look.

    `all_shared`: all that they shared is being taken back.
    """
    taken_back = Q(space__isnull=False) if all_shared else Q(withdrawn_at__isnull=False)
    for note in Reflection.objects.filter(taken_back, author=by):
        note.looking_at = note.prompt_set = note.prompt_name = ""
        note.prompt_version, note.answers = 0, []
        note.save(update_fields=["looking_at", "prompt_set", "prompt_name", "prompt_version", "answers"])
