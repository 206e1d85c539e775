"""What other rooms say beside a record on its page: what it is part of there, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass

from partnerships.reader import Reader

from .models import Record


@dataclass(frozen=True)
class Beside:
    """One line: what leads where. With `words` it says what the record is to that; without, it is an act offered."""

    title: str
    address: str
    words: str = ""


Provider = Callable[[Reader, Record], list[Beside]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a room's lines. It takes one query, and asks the rule of reading for whatever it names."""
    _providers.append(provider)


def lines_on(reader: Reader, record: Record) -> list[Beside]:
    """Return the lines of all rooms on a record whose words the reader reads, in the order of registering."""
    return [line for find in _providers for line in find(reader, record)]
