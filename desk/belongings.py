"""What hangs on drafts beside their words, such as photos. The app that keeps it registers how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from .models import Draft


@dataclass(frozen=True)
class Belongings:
    """How an app keeps what came along with a draft, says what that is, and throws it away with the draft.

    `words` gives, for drafts of a person that hold no words, what is there in place of them, by the draft's key.
    """

    keep: Callable[[HttpRequest, Draft], None]
    words: Callable[[Any, Sequence[str]], dict[str, str]]
    throw_away: Callable[[Draft], None]


_registered: list[Belongings] = []


def register(belongings: Belongings) -> None:
    """Make known what else hangs on drafts."""
    _registered.append(belongings)


def keep(request: HttpRequest, draft: Draft) -> None:
    """Keep what came along with the words of a draft."""
    for belongings in _registered:
        belongings.keep(request, draft)


def words(person: Any, keys: Sequence[str]) -> dict[str, str]:
    """Say what is in those of the person's drafts that hold no words; nothing is asked where there are none."""
    found: dict[str, str] = {}
    for belongings in _registered if keys else ():
        found |= belongings.words(person, keys)
    return found


def throw_away(draft: Draft) -> None:
    """Throw away what hangs on a draft."""
    for belongings in _registered:
        belongings.throw_away(draft)
