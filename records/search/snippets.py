"""The words around what was found, out of a record that the reader may read, with what was found marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .query import Query
from .texts import words_in

# In characters: what stands before the first mark, and the whole. It shows within three lines, on a phone as well.
BEFORE = 60
WHOLE = 300
# A long text is looked through piece by piece, so that its end is only read where its beginning has nothing.
PIECE = 5_000


@dataclass(frozen=True)
class Passage:
    """Some words, and whether they are what was asked for."""

    text: str
    is_marked: bool = False


def marked(text: str, query: Query) -> list[Passage]:
    """Return a text as passages, those that were asked for marked; joined again, they are the text."""
    passages, done = [], 0
    for start, end in _joined(_places(text, query)):
        if start > done:
            passages.append(Passage(text[done:start]))
        passages.append(Passage(text[start:end], is_marked=True))
        done = end
    return [*passages, Passage(text[done:])] if done < len(text) else passages


def around(texts: Sequence[str], query: Query) -> list[Passage]:
    """Return the words around the first place in these texts that says what was asked for; else how they begin."""
    text, found = next(_first_places(texts, query), (next(filter(None, texts), ""), 0))
    start = _at_a_gap(text, found - BEFORE, up_to=found) if found > BEFORE else 0
    end = start + WHOLE
    if end < len(text):
        end = text.rfind(" ", found + 1, end) if " " in text[found + 1 : end] else end
    passages = marked(text[start:end], query)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return [Passage(before), *passages, Passage(after)]


def _first_places(texts: Sequence[str], query: Query) -> Iterator[tuple[str, int]]:
    for text in texts:
        for start, piece in _pieces(text):
            places = _places(piece, query)
            if places:
                yield text, start + places[0][0]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Give a text in pieces that end between two words."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + PIECE)
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        start = end


def _places(text: str, query: Query) -> list[tuple[int, int]]:
    words = list(words_in(text))
    return sorted(place for term in query.wanted for place in term.places_in(words))


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one place of those that overlap, as a word and a phrase that begins with it do."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start < joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return joined


def _at_a_gap(text: str, start: int, *, up_to: int) -> int:
    """Return where the next word begins, so that none is cut; there may be none before what was found."""
    gap = text.find(" ", start, up_to)
    return start if gap < 0 else gap + 1
