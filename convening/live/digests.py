"""What stands for all that a live page depends on, so that it can be told whether anything is new."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Digest:
    """What a live page depends on, in a few characters: all of it, and what stands `below` its band."""

    page: str
    below: str = ""


def in_short(said: Any) -> str:
    """Return what stands for a value in a token: another one for another value, and nobody can tell which it is."""
    return hashlib.blake2s(repr(said).encode(), digest_size=12, key=settings.SECRET_KEY.encode()[:32]).hexdigest()
