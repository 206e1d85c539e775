"""Changes that somebody else suggests in a text, each to be taken or left: told apart, and put into the text as it is.

A text may have been changed by its author meanwhile. A change then still fits where the passage around it stands as it
did, from the word before to the word after. (The idea is that of a three-way merge, as in diff3.)
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from learnpartner.differences import changes_between

WORD_BEFORE = re.compile(r"\w*\W*\Z")
WORD_AFTER = re.compile(r"\A\W*\w*")
# How much of the line around a change is shown beside it, in characters.
AROUND = 60


@dataclass(frozen=True)
class Proposed:
    """One suggested change: what stood there, and what would.

    `lead` and `tail` are the words around it, on its line. `place` is where it begins in the text as it is now; None
    where it does not fit there any more.
    """

    before: str
    after: str
    lead: str = ""
    tail: str = ""
    place: int | None = None

    @property
    def fits(self) -> bool:
        """Say whether the text still stands as it did around the change."""
        return self.place is not None


def proposals(had: str, suggested: str, now: str) -> list[Proposed | None]:
    """Return each change from the text that a helper had to the one they suggest, against the text as it is now.

    Their number and order depend on the first two only. None stands for a change that the author has made themselves.
    """
    same, made = _since(had, now)
    found: list[Proposed | None] = []
    at = 0
    for change in changes_between(had, suggested):
        if not change.is_same:
            end = at + len(change.before)
            found.append(
                None
                if (at, change.before, change.after) in made
                else Proposed(
                    change.before,
                    change.after,
                    lead=_end_of(had[:at]),
                    tail=_beginning_of(had[end:]),
                    place=_place(had, at, end, same),
                )
            )
        at += len(change.before)
    return found


def with_taken(now: str, taken: Collection[Proposed]) -> str:
    """Return the text with the changes in it that were taken, all of which must fit."""
    fitting = [(change.place, change) for change in taken if change.place is not None]
    for place, change in sorted(fitting, key=lambda pair: pair[0], reverse=True):
        now = now[:place] + change.after + now[place + len(change.before) :]
    return now


def _since(had: str, now: str) -> tuple[list[tuple[int, int, int]], set[tuple[int, str, str]]]:
    """Say what became of a text: the stretches that stand unchanged (from, to, moved by), and the changes made."""
    if had == now:
        return [(0, len(had), 0)], set()
    same, made = [], set()
    at = moved = 0
    for change in changes_between(had, now):
        if change.is_same:
            same.append((at, at + len(change.before), moved))
        else:
            made.add((at, change.before, change.after))
        at += len(change.before)
        moved += len(change.after) - len(change.before)
    return same, made


def _place(had: str, start: int, end: int, same: list[tuple[int, int, int]]) -> int | None:
    """Return where a stretch begins now, if it stands unchanged from the word before it to the word after."""
    before, after = had[max(start - AROUND, 0) : start], had[end : end + AROUND]
    since = start - len("".join(WORD_BEFORE.findall(before)))
    until = end + len("".join(WORD_AFTER.findall(after)))
    return next((start + moved for begin, stop, moved in same if begin <= since and until <= stop), None)


def _end_of(text: str) -> str:
    """Return the last words of a text's last line."""
    line = text.rpartition("\n")[2]
    return line if len(line) <= AROUND else f"…{line[-AROUND:].partition(' ')[2]}"


def _beginning_of(text: str) -> str:
    """Return the first words of a text's first line."""
    line = text.partition("\n")[0]
    return line if len(line) <= AROUND else f"{line[:AROUND].rpartition(' ')[0]}…"
