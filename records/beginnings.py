"""What a note may begin with, of a page that shows many things at once: first words, and what they come from.

A room that has such a page registers itself here under a name, which the address of Write holds: so rooms begin a note
without knowing where notes are written. Words that stand in one record are its kind's to give (`Kind.words_to_keep`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from partnerships.reader import Reader

# More sources than this nobody looks through beside a note.
MOST_SOURCES = 100


@dataclass(frozen=True)
class Beginning:
    """First words, which only name what the reader reads; `sources` are public ids of the records that they come from.

    `hint` is a line beside the box, on what to do with the words.
    """

    words: str
    sources: list[str]
    hint: str


# Gives what somebody may begin with, of what the address asks for; None where they read no such thing.
Provider = Callable[[Reader, QueryDict], Beginning | None]

_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Make known what notes may begin with."""
    _providers[name] = provider


def find(name: str, reader: Reader, asked: QueryDict) -> Beginning | None:
    """Return what a note begins with; None where nothing of that name is there for this reader."""
    provider = _providers.get(name)
    return provider(reader, asked) if provider else None
