"""What is sent in place of what is right: no text, broken text, endless text, and the ids of other people's things."""

from collections.abc import Iterator
from functools import cache
from zlib import crc32

from django.apps import apps
from django.db import models

from tests.house.code import FLOORS

from .rows import Rows

LONG = 200_000
# As the bytes of a form, so that what is no UTF-8 can be sent as well.
TEXTS: tuple[bytes, ...] = (
    b"",
    b" \t\r\n ",
    b"\0",
    b"words\0words",
    # A lone surrogate, a byte of nothing, an overlong slash.
    b"words \xed\xa0\x80",
    b"\xff\xfe",
    b"\xc0\xaf",
    "\u202ewords turned round\u2066".encode(),
    "\u200b\ufeff".encode(),
    "\ufffd".encode(),
    "\U0001f469\u200d\U0001f373\ufe0f".encode(),
    "\u0130\u0131\ufb03".encode(),
    "\u0664\u0662".encode(),
    "\u00b2".encode(),
    b"-1",
    b"0",
    b"-0.5",
    b"1e400",
    b"NaN",
    b"2147483648",
    b"9223372036854775808",
    b"-9223372036854775809",
    b"9" * 5_000,
    b"0000-00-00",
    b"2026-02-30",
    b"9999-12-31T23:59:59",
    b"[]",
    b'{"a": [null, true]}',
    b"null",
    b"on",
    b"None",
    b"' OR 1=1 --",
    b"%00%s%(name)s{0}{name}",
    b"../../../etc/passwd",
    b"//evil.example.org/",
    b"javascript:alert(1)",
    b"<script>alert(1)</script>{{ 7|add:7 }}",
    b"one@example.org\r\nBcc: two@example.org",
    b"a" * 300,
    b"words " * (LONG // 6),
    b"\r\n" * 50_000,
    "\u0301".encode() * 20_000,
    b"(((((" * 2_000,
    b'"' * 3_001,
    b"one@example.org," * 3_000,
)
# In an address; the last is a megabyte.
PATHS: tuple[bytes, ...] = (
    *TEXTS[1:15],
    b"..",
    b"%2e%2e",
    b"..%2f..%2f",
    b"a/b",
    b"AAAAAAAAAAAA",
    b"9" * 400,
    b"a" * 1_000_000,
)
IDS = ("public_id", "slug", "key")


def some(values: tuple, many: int, *about: str) -> list:
    """Give as many of the values, others for each thing that they are about, and the same in each run."""
    if many >= len(values):
        return list(values)
    start = crc32(" ".join(about).encode())
    return [values[(start + number * 7919) % len(values)] for number in range(many)]


@cache
def models_of_ours() -> list[type[models.Model]]:
    """Give the models of our own apps."""
    return [model for model in apps.get_models() if model._meta.app_label in FLOORS]


class Ids:
    """The ids of all things on stage: what kind each is of, and whose."""

    def __init__(self, rows: Rows):
        self.rows = rows
        # By model and name of the field: each id, with the partnerships that its thing belongs to.
        self.found: dict[tuple[str, str], list[tuple[str, frozenset[int]]]] = {}
        for model in models_of_ours():
            for field in model._meta.concrete_fields:
                if field.name in IDS or field.primary_key:
                    label = model._meta.label
                    held = [
                        (str(row[field.attname]), rows.owners(label, row, of=None)) for row in rows.of(label).values()
                    ]
                    self.found[label, field.name] = [(value, whose) for value, whose in held if value]
        self.kinds = {value: kind for kind, held in self.found.items() if kind[1] in IDS for value, _whose in held}

    def foreign(self, mine: frozenset[int], *, like: str = "") -> tuple[bytes, ...]:
        """Give ids of others' things: all of the kind that the value `like` is of, or one of each kind."""
        kind = self.kinds.get(like)
        return tuple(dict.fromkeys(self._of(kind, mine) if kind else self._one_of_each(mine)))

    def _of(self, kind: tuple[str, str], mine: frozenset[int]) -> Iterator[bytes]:
        for value, whose in self.found[kind]:
            if value and not whose & mine:
                yield value.encode()

    def _one_of_each(self, mine: frozenset[int]) -> Iterator[bytes]:
        for kind in self.found:
            yield from list(self._of(kind, mine))[-1:]
