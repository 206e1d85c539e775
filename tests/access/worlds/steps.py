"""The steps of a world, and who may know of each: a table that asks nothing of the product's own rule."""

import base64
import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from tests.cast import Cast

Play = Callable[[Cast], None]
NOBODY: frozenset[str] = frozenset()
# Stands in hidden things, and nowhere else.
CANARY = "quagga"


@dataclass(frozen=True)
class Secret:
    """Something that only `known_to` may know of: `here` plays it in the one world, `there` in the other.

    Where nothing happens here, the thing itself is hidden; otherwise only the difference is.
    """

    name: str
    there: Play
    here: Play | None = None
    known_to: frozenset[str] = NOBODY


HIDDEN: list[Secret] = []
SWAPPED: list[Secret] = []
SHOWN: list[tuple[str, Play]] = []


def hidden(*, known_to: frozenset[str] = NOBODY) -> Callable[[Play], Play]:
    """Add a step that happens in the other world only, before whatever is shown."""

    def add(play: Play) -> Play:
        HIDDEN.append(Secret(play.__name__, play, known_to=known_to))
        return play

    return add


def swapped(*, known_to: frozenset[str] = NOBODY) -> Callable[[Callable[[Cast, bool], None]], Callable]:
    """Add a step that happens in both worlds, and of which one thing is different: `play(cast, other)`."""

    def add(play: Callable[[Cast, bool], None]) -> Callable:
        SWAPPED.append(
            Secret(play.__name__, lambda cast: play(cast, True), here=lambda cast: play(cast, False), known_to=known_to)
        )
        return play

    return add


def shown(play: Play) -> Play:
    """Add a step that happens in both worlds alike, after what is hidden: an id, an order or a count might tell."""
    SHOWN.append((play.__name__, play))
    return play


class Chance:
    """Random numbers that begin anew with each thing: what is alike gets the same ids and keys in both worlds.

    So a number that comes from what is hidden is seen, and none has to be left out of the comparison.
    """

    def __init__(self) -> None:
        self._random = random.Random()

    def begin(self, what: str) -> None:
        """Begin anew, by the name of what comes next."""
        self._random = random.Random(what)

    def token_urlsafe(self, nbytes: int | None = None) -> str:
        """Stand for `secrets.token_urlsafe`."""
        return base64.urlsafe_b64encode(self._random.randbytes(nbytes or 32)).rstrip(b"=").decode()

    def token_hex(self, nbytes: int | None = None) -> str:
        """Stand for `secrets.token_hex`."""
        return self._random.randbytes(nbytes or 32).hex()

    def choice(self, among):
        """Stand for `secrets.choice`."""
        return self._random.choice(among)


@contextmanager
def no_chance() -> Iterator[Chance]:
    """Let nothing depend on chance; the stage itself was made before."""
    chance = Chance()
    with mock.patch.multiple(
        secrets,
        token_urlsafe=chance.token_urlsafe,
        token_hex=chance.token_hex,
        choice=chance.choice,
        # How long the token of a live page lasts (`convening.live.polling`).
        randbelow=lambda _most: 0,
    ):
        yield chance
