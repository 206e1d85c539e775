"""What somebody asked for, as it was typed: words, "phrases", and what shall not be in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .stems import stem
from .texts import Word, words_in

LONGEST_QUERY = 200
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
# A minus counts before a word and not within one; a quotation mark without its other is passed over.
PART = re.compile(r'(?P<minus>(?<!\S)[-\u2212\u2013])?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))')


@dataclass(frozen=True)
class Term:
    """One thing asked for: a word, or several that stand together.

    In quotation marks it is `exact`: the words as they were typed. Otherwise every word stands for all of its stem.
    """

    words: tuple[str, ...]
    exact: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Return what is compared: its words, or the stems of these."""
        return self.words if self.exact else tuple(stem(word) for word in self.words)

    def places_in(self, words: list[Word]) -> Iterator[tuple[int, int]]:
        """Give where it stands in these words of a text: from which character to which."""
        forms = [word.folded if self.exact else stem(word.folded) for word in words]
        asked, length = list(self.forms), len(self.forms)
        for at, form in enumerate(forms):
            if form == asked[0] and forms[at : at + length] == asked:
                yield words[at].start, words[at + length - 1].end


@dataclass(frozen=True)
class Query:
    """All that is asked for: each of `wanted`, and none of `unwanted`."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self):
        return bool(self.wanted)

    def fits(self, text: str) -> bool:
        """Say whether a text says it; for the few words that are at hand, such as the names of people."""
        words = list(words_in(text))
        return all(_stands(term, words) for term in self.wanted) and not any(
            _stands(term, words) for term in self.unwanted
        )


def _stands(term: Term, words: list[Word]) -> bool:
    return next(term.places_in(words), None) is not None


def read(typed: str) -> Query:
    """Understand what was typed. What is no word is passed over, so nothing that anybody types is wrong."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for part in PART.finditer(typed.translate(QUOTES)):
        words = tuple(word.folded for word in words_in(part["quoted"] or part["plain"] or ""))
        if words:
            (unwanted if part["minus"] else wanted).append(Term(words, exact=part["quoted"] is not None))
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))
