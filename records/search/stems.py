"""Words brought back to their stem, so that who asks for "organisations" finds an organisation too.

Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. It is done here and not by the
databases, whose stemmers differ: so the same words find the same records on both, and a page can mark just what was
found.
"""

import re
from functools import lru_cache

import snowballstemmer

ENGLISH = re.compile(r"[a-z]{3,}")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a word that is folded already; of what is no English word, the word itself.

    One of two letters gets an "e" back: "used" is "use" and never "us", and Ines is not found by every "in".
    """
    if not ENGLISH.fullmatch(word):
        return word
    # One for each word: a stemmer keeps the word that it works on, and threads would share it.
    found = snowballstemmer.stemmer("porter").stemWord(word)
    return found if len(found) > 2 else f"{found}e"
