"""What happened in a cycle, day by day: its moves, and all that is said to be part of it, as one reader may know."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from partnerships.reader import Reader
from records import days, kinds
from records.days import Days
from records.models import Record

from .models import CycleMove, CycleState, LearningCycle, Part, Stage
from .models.move import PLACES
from .parts import parts_of

# More than this, and a picture shows nothing any more. The latest stay.
MOST_PARTS = 120


@dataclass(frozen=True)
class Step:
    """One move, told in words: its number, where it went, and since when until when it stood there."""

    number: int
    move: CycleMove
    words: str
    until: date | None

    @property
    def day(self) -> date:
        """Return the day of the move."""
        return self.move.moved_on


@dataclass(frozen=True)
class Piece:
    """Something that is part of the cycle, or of an activity in it: with its days, and its own id as a part."""

    record: Record
    days: Days
    within: str = ""

    @property
    def day(self) -> date:
        """Return the day on which it began."""
        return self.days.began_on


@dataclass(frozen=True)
class Story:
    """All of it in the order of the days; of one day, the moves first."""

    steps: list[Step]
    pieces: list[Piece]
    are_more: bool

    @property
    def lines(self) -> list[Step | Piece]:
        """Return what the list tells: the same as the picture shows."""
        return sorted([*self.steps, *self.pieces], key=lambda row: row.day)


def story_of(reader: Reader, cycle: LearningCycle) -> Story:
    """Return what the reader may know of the cycle: four queries, and one for each kind of what is part of it."""
    pieces, are_more = _pieces(reader, cycle)
    return Story(_steps(cycle), pieces, are_more)


def _steps(cycle: LearningCycle) -> list[Step]:
    moves = list(cycle.moves.select_related("by"))
    found = []
    for number, move in enumerate(moves, 1):
        until = moves[number].moved_on if number < len(moves) else None
        before = moves[number - 2] if number > 1 else None
        words = words_of_move(move.state, move.stage, before.stage if before else "")
        found.append(Step(number, move, words, until))
    return found


def words_of_move(state: str, stage: str, before: str) -> str:
    """Say in words where a cycle went: `before` is the stage at which it stood until then, empty for the first move."""
    named = {"stage": Stage(stage).label}
    if state == CycleState.ENDED:
        return _("Ended at: %(stage)s") % named
    if state == CycleState.PAUSED:
        return _("Paused at: %(stage)s") % named
    if not before:
        return _("Began with: %(stage)s") % named
    steps = PLACES[stage] - PLACES[before]
    if steps == 0:
        return _("Taken up again at: %(stage)s") % named
    if steps < 0:
        return _("Back to: %(stage)s") % named
    return (_("Over a stage, on to: %(stage)s") if steps > 1 else _("On to: %(stage)s")) % named


def _pieces(reader: Reader, cycle: LearningCycle) -> tuple[list[Piece], bool]:
    """Return what is part of the cycle, and of the activities in it; each once."""
    direct = parts_of(reader, [cycle.pk]).exclude(record__kind="cycle")
    activities = direct.filter(record__kind="activity").values("record")
    rows = direct | parts_of(reader, activities).exclude(record=cycle.pk)
    rows = rows.filter(record__kind__in=days.kinds_with_days()).select_related("whole").order_by("-pk")
    within: dict[int, Part] = {}
    for row in rows[: MOST_PARTS + 1]:
        if row.record_id not in within or row.whole_id == cycle.pk:
            within[row.record_id] = row
    are_more = len(within) > MOST_PARTS
    keys = list(within)[:MOST_PARTS]
    records = list(Record.objects.visible_to(reader).filter(pk__in=keys).for_rows_with_words(reader))
    by_kind: dict[str, list[int]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record.pk)
    when = days.days_of(reader, by_kind)
    pieces = [
        Piece(row, when[row.pk], "" if within[row.pk].whole_id == cycle.pk else within[row.pk].whole.title)
        for row in records
        if row.pk in when
    ]
    return sorted(pieces, key=lambda row: row.day), are_more


def lanes_of(pieces: list[Piece]) -> list[tuple[str, list[Piece]]]:
    """Return the pieces by the word for their kind, in the order in which kinds registered their days."""
    return [
        (str(kinds.get(kind).plural), found)
        for kind in days.kinds_with_days()
        if (found := [row for row in pieces if row.record.kind == kind])
    ]
