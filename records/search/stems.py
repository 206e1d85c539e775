"""Words brought back to their stem, so that who asks for "organisations" finds an organisation too.

Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with the two changes that he made later
(https://tartarus.org/martin/PorterStemmer/). It is done here and not by the databases, whose stemmers differ: so the
same words find the same records on both, and a page can mark just what was found.
"""

import re
from functools import lru_cache

ENGLISH = re.compile(r"[a-z]{3,}")
VOWELS_THEN_CONSONANTS = re.compile(r"v+c+")

_STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
    "logi": "log",
}
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
# "ion" goes only after s and t.
_STEP_4 = (
    *("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent"),
    *("sion", "tion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"),
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a word that is folded already; of what is no English word, the word itself.

    One of two letters gets an "e" back: "used" is "use" and never "us", and Ines is not found by every "in".
    """
    if not ENGLISH.fullmatch(word):
        return word
    found = _without_e(_shortened(_without_inflection(word)))
    return found if len(found) > 2 else f"{found}e"


def _shape(part: str) -> str:
    """Return the part as vowels and consonants: "toy" is "cvc", "sky" is "ccv"."""
    shape = ""
    for letter in part:
        is_vowel = letter in "aeiou" or (letter == "y" and shape.endswith("c"))
        shape += "v" if is_vowel else "c"
    return shape


def _measure(part: str) -> int:
    """Count how often consonants follow vowels: roughly, the syllables before the ending."""
    return len(VOWELS_THEN_CONSONANTS.findall(_shape(part)))


def _is_short(part: str) -> bool:
    """Say whether it ends like "hop": consonant, vowel, and a consonant that is heard."""
    return _shape(part).endswith("cvc") and part[-1] not in "wxy"


def _without_inflection(word: str) -> str:
    """Take off plurals, -ed and -ing (step 1)."""
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("eed"):
        word = word[:-1] if _measure(word[:-3]) else word
    else:
        for ending in ("ed", "ing"):
            part = word.removesuffix(ending)
            if part != word and "v" in _shape(part):
                word = _mended(part)
                break
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = f"{word[:-1]}i"
    return word


def _mended(part: str) -> str:
    """Make a word again of what stood before -ed or -ing: relat(ed), hopp(ing), fil(ing)."""
    if part.endswith(("at", "bl", "iz")) or (_measure(part) == 1 and _is_short(part)):
        return f"{part}e"
    if part[-1:] == part[-2:-1] and part[-1] not in "aeioulsz":
        return part[:-1]
    return part


def _shortened(word: str) -> str:
    """Take off what makes one word of another: -ation, -fulness, -ive (steps 2 to 4)."""
    for endings in (_STEP_2, _STEP_3):
        ending = _longest(word, endings)
        if ending and _measure(word.removesuffix(ending)):
            word = word.removesuffix(ending) + endings[ending]
    ending = _longest(word, _STEP_4)
    if ending in ("sion", "tion"):
        ending = "ion"
    part = word.removesuffix(ending)
    return part if ending and _measure(part) > 1 else word


def _longest(word: str, endings) -> str:
    return max((ending for ending in endings if word.endswith(ending)), key=len, default="")


def _without_e(word: str) -> str:
    """Take off a last e, and one of two last l (step 5)."""
    if word.endswith("e"):
        part = word[:-1]
        measure = _measure(part)
        if measure > 1 or (measure == 1 and not _is_short(part)):
            word = part
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
