"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Comparing takes as long as the product of both lengths, so longer passages are shown whole: in lines, or words.
MOST_COMPARED = 600
# A word keeps its apostrophe: "womans" becomes "woman's" as a whole.
WORD = r"\w+(?:['’]\w+)*"
WORDS = re.compile(rf"{WORD}|\s+|[^\w\s]")
SPACED = re.compile(rf"{WORD}\s*|[^\w\s]\s*|\s+")
AFTER_SENTENCE = re.compile(r"(?<=[.!?])(?=\s)")


@dataclass(frozen=True)
class Change:
    """A passage of two texts: the same in both, or what one had and the other has in its place."""

    before: str
    after: str

    @property
    def is_same(self) -> bool:
        """Say whether nothing changed here."""
        return self.before == self.after


def changes_between(before: str, after: str) -> list[Change]:
    """Return both texts as passages in their order; joined again, they are the texts, to the character."""
    return list(_joined(_by_line(before.splitlines(keepends=True), after.splitlines(keepends=True))))


def _by_line(before: list[str], after: list[str]) -> Iterator[Change]:
    """Compare line by line, and word by word where lines differ."""
    if max(len(before), len(after)) > MOST_COMPARED:
        yield Change("".join(before), "".join(after))
        return
    for name, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = "".join(before[i:j]), "".join(after[k:m])
        if name == "replace":
            yield from _by_sentence(old, new)
        else:
            yield Change(old, new)


def _by_sentence(old: str, new: str) -> Iterator[Change]:
    """Compare word by word; long paragraphs sentence by sentence first, so that one slip in them stays small."""
    if max(len(SPACED.findall(old)), len(SPACED.findall(new))) <= MOST_COMPARED:
        yield from _by_word(old, new)
        return
    before, after = AFTER_SENTENCE.split(old), AFTER_SENTENCE.split(new)
    if max(len(before), len(after)) > MOST_COMPARED:
        yield Change(old, new)
        return
    for name, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        one, other = "".join(before[i:j]), "".join(after[k:m])
        if name == "replace":
            yield from _by_word(one, other)
        else:
            yield Change(one, other)


def _by_word(old: str, new: str) -> Iterator[Change]:
    # With the space after each: spaces are everywhere in both, and compared by themselves take seconds.
    before, after = SPACED.findall(old), SPACED.findall(new)
    if max(len(before), len(after)) > MOST_COMPARED:
        yield Change(old, new)
        return
    for name, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        one, other = "".join(before[i:j]), "".join(after[k:m])
        if name == "replace":
            yield from _pared(WORDS.findall(one), WORDS.findall(other))
        else:
            yield Change(one, other)


def _pared(before: list[str], after: list[str]) -> Iterator[Change]:
    """Take off what two different stretches begin and end with alike, such as the space after a word."""
    most = min(len(before), len(after))
    first = next((n for n in range(most) if before[n] != after[n]), most)
    last = next((n for n in range(most - first) if before[-1 - n] != after[-1 - n]), most - first)
    yield Change("".join(before[:first]), "".join(after[:first]))
    yield Change("".join(before[first : len(before) - last]), "".join(after[first : len(after) - last]))
    yield Change("".join(before[len(before) - last :]), "".join(after[len(after) - last :]))


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Join neighbours of one sort; two changed words with a space between them read as one change."""
    waiting: list[Change] = []
    for change in changes:
        if not (change.before or change.after):
            continue
        if waiting and waiting[-1].is_same == change.is_same:
            last = waiting.pop()
            waiting.append(Change(last.before + change.before, last.after + change.after))
        elif len(waiting) > 1 and not change.is_same and not waiting[-1].before.strip(" "):
            space, last = waiting.pop(), waiting.pop()
            waiting.append(Change(last.before + space.before + change.before, last.after + space.after + change.after))
        else:
            waiting.append(change)
    yield from waiting
