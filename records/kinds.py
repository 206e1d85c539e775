"""The kinds of records. Each app registers its own in `apps.py`; what is common asks here, and knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.functional import Promise

from partnerships import words
from partnerships.reader import Reader


@dataclass(frozen=True)
class Kind:
    """What the house needs to know of a kind of record.

    A *personal* kind holds the words of one person, who reads them wherever they stand; the others belong to their
    space, and go dark for their opener when they leave it. `url_name` takes the public id. `further_words` gives, as
    JSON, what a record of the kind says beside its title and text; where that holds "answers", `answered`
    gives the columns that they make. `model` is its table, as "app.Model". `repeats` gives the keys of those that only
    repeat another one, which lists of what is new leave out. `words_to_keep` gives the words that a reader may begin a
    note with, from a record that they read and the public id of something in it; None where they read no such words.
    `tell_of_response`, called with a response and `by=`, has people told of it in place of the record's author alone.
    One that `is_interpretive` says how something is read, so a response can say that its author reads it differently.
    """

    key: str
    label: str | Promise
    plural: str | Promise
    url_name: str
    personal: bool
    in_stream: bool = True
    model: str = "records.Record"
    further_words: Callable[[Any], dict[str, Any]] = field(default=lambda record: {})
    answered: Callable[[list[dict[str, str]]], dict[str, Any]] = field(default=lambda answers: {})
    repeats: Callable[[], Any] | None = None
    words_to_keep: Callable[[Reader, Any, str], str | None] | None = None
    tell_of_response: Callable[..., None] | None = None
    is_interpretive: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Partnerships may have their own word for what stands in their stream."""
    _kinds[kind.key] = kind
    if kind.in_stream:
        words.register(kind.key, kind.label)


def get(key: str) -> Kind:
    """Return the kind of that key; KeyError where none is registered."""
    return _kinds[key]


def model_of(key: str) -> Any:
    """Return the model of the kind of that key, for who needs all that a record of it holds."""
    return apps.get_model(_kinds[key].model)


def all_kinds() -> list[Kind]:
    """Return every registered kind."""
    return list(_kinds.values())


def personal_keys() -> list[str]:
    """Return the keys of the kinds that hold one person's own words."""
    return [kind.key for kind in _kinds.values() if kind.personal]


def repeats() -> list[Any]:
    """Return, for each kind that has such, a queryset of the keys of what only repeats another record."""
    return [kind.repeats() for kind in _kinds.values() if kind.repeats]


def source_keys() -> list[str]:
    """Return the keys of the kinds that a note may grow from: those in the stream, and those with words to keep."""
    return [kind.key for kind in _kinds.values() if kind.in_stream or kind.words_to_keep]


def stream_keys() -> list[str]:
    """Return the keys of the kinds that appear in streams."""
    return [kind.key for kind in _kinds.values() if kind.in_stream]
