"""Texts as words that can be compared: small letters, without accents, apostrophes and what cannot be seen.

Index, questions and marks all go through here, so that none of them knows another word than the others.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# A letter or a digit; after it more of them, accents, and inside of a word an apostrophe or a character unseen.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f]|['\u2019\u00ad\u200b-\u200d\u2060](?=[^\W_]))*")
# Letters that Unicode takes for no accented ones, and that people without such a keyboard write so.
WRITTEN_AS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th"}
)
# Longer ones are no words; and PostgreSQL would leave those over 2,046 bytes out.
LONGEST_WORD = 60


@dataclass(frozen=True)
class Word:
    """A word of a text: where it stands, and as it is compared."""

    start: int
    end: int
    folded: str


def words_in(text: str) -> Iterator[Word]:
    """Give the words of a text in their order."""
    for found in WORD.finditer(text):
        folded = fold(found[0])
        if folded:
            yield Word(found.start(), found.end(), folded)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return a word as it is compared: "Ŵyn’s" is "wyns", "Élan" is "elan"."""
    if word.isascii():
        return word.lower().replace("'", "")[:LONGEST_WORD]
    letters = unicodedata.normalize("NFKD", word.casefold().translate(WRITTEN_AS)).casefold()
    return "".join(letter for letter in letters if letter.isalnum())[:LONGEST_WORD]
