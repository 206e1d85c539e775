"""What is asked of a person, for the first part of home. Each domain registers what it may ask."""

from collections.abc import Callable
from dataclasses import dataclass

from .reader import Reader


@dataclass(frozen=True)
class Asked:
    """One thing asked of a person: a heading, a line on it, where it is answered, and what the button says.

    `where` names the partnership that it is about.
    """

    title: str
    words: str
    where: str
    address: str
    label: str


Provider = Callable[[Reader], list[Asked]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add something that may ask; it takes one query or two."""
    _providers.append(provider)


def asked_of(reader: Reader) -> list[Asked]:
    """Return all that is asked of the reader, in the order in which the domains registered."""
    return [row for provider in _providers for row in provider(reader)]
