"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Comparing takes as long as the product of both lengths, so longer passages are shown whole. In words.
MOST_COMPARED = 600
WORDS = re.compile(r"\w+|\s+|[^\w\s]")


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
            yield from _by_word(WORDS.findall(old), WORDS.findall(new))
        else:
            yield Change(old, new)


def _by_word(before: list[str], after: list[str]) -> Iterator[Change]:
    if max(len(before), len(after)) > MOST_COMPARED:
        yield Change("".join(before), "".join(after))
        return
    for _name, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield Change("".join(before[i:j]), "".join(after[k:m]))


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Join neighbours of one sort; two changed words with a space between them read as one change."""
    waiting: list[Change] = []
    for change in changes:
        if waiting and waiting[-1].is_same == change.is_same:
            last = waiting.pop()
            waiting.append(Change(last.before + change.before, last.after + change.after))
        elif len(waiting) > 1 and not change.is_same and not waiting[-1].before.strip(" "):
            space, last = waiting.pop(), waiting.pop()
            waiting.append(Change(last.before + space.before + change.before, last.after + space.after + change.after))
        else:
            waiting.append(change)
    yield from waiting
