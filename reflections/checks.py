"""What no constraint of the database can hold of notes; `records.checks` asks for it."""

from collections.abc import Iterator

from .models import Reflection
from .prompts.answers import text_of


def texts_that_are_not_their_answers() -> Iterator[str]:
    """Find notes written with prompts whose text is not what was answered."""
    rows = Reflection.objects.exclude(prompt_set="")
    for pk, text, answers in rows.values_list("pk", "text", "answers").iterator():
        if text != text_of(answers):
            yield f"record {pk}"
