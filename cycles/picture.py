"""A cycle along time, to be drawn as SVG: across in hundredths of the width, down in pixels, so it fits every screen.

The list beside it tells the same in words (`story`); this only says where things stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from django.utils import formats, timezone

from .models import CycleState, LearningCycle, Stage
from .story import Piece, Step, Story, lanes_of

LEFT, RIGHT = 2.5, 97.5
TOP = 26
STAGE_HEIGHT = 46
LABEL = 20
ROW = 18
GAP = 10
AXIS = 30
# What is closer together than this, in hundredths of the width, stands in two rows.
APART = 4.0
SHORTEST = timedelta(days=21)
MOST_TICKS = 5


@dataclass(frozen=True)
class Mark:
    """Something at a place: a dot, or a bar where it has a width; `number` is that of a move."""

    x: str
    y: int
    width: str = ""
    piece: Piece | None = None
    number: int = 0
    state: str = ""


@dataclass(frozen=True)
class Lane:
    """A label with what stands below it."""

    label: str
    y: int
    line: int
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A line from one stage to another, or a day with its word."""

    x: str
    y1: int
    y2: int
    label: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Picture:
    """All that is drawn."""

    height: int
    floor: int
    stages: list[Lane]
    turns: list[Line]
    lanes: list[Lane]
    ticks: list[Line]
    today: Line | None
    look_again: Line | None


class _Scale:
    """Where a day stands across."""

    def __init__(self, story: Story, cycle: LearningCycle):
        today = timezone.localdate()
        self.ended_on = story.steps[-1].day if story.steps and cycle.state == CycleState.ENDED else None
        days = [row.day for row in story.lines] or [today]
        ends = [row.days.ended_on for row in story.pieces if row.days.ended_on]
        ahead = [cycle.look_again_on] if cycle.look_again_on and not self.ended_on else []
        self.first = min(days)
        self.last = max([*days, *ends, *ahead, self.ended_on or today, self.first + SHORTEST])
        self.until = self.ended_on or min(max(today, self.first), self.last)

    def place(self, day: date) -> float:
        """Return the place of a day, in hundredths of the width."""
        share = (day - self.first).days / (self.last - self.first).days
        return LEFT + (RIGHT - LEFT) * share


def picture_of(story: Story, cycle: LearningCycle) -> Picture:
    """Draw a cycle: its stages as steps, what is part of it below them, and the months at the foot."""
    scale = _Scale(story, cycle)
    stages = list(_stages(story.steps, scale))
    y = TOP + STAGE_HEIGHT * len(stages) + GAP
    lanes = []
    for label, pieces in lanes_of(story.pieces):
        lane, y = _lane(label, pieces, scale, y)
        lanes.append(lane)
    today = timezone.localdate()
    look_again = cycle.look_again_on if cycle.state != CycleState.ENDED else None
    return Picture(
        height=y + AXIS,
        floor=y,
        stages=stages,
        turns=list(_turns(story.steps, scale)),
        lanes=lanes,
        ticks=list(_ticks(scale, y)),
        today=_day(today, scale, y) if scale.first <= today <= scale.last and today != look_again else None,
        look_again=_day(look_again, scale, y) if look_again and scale.first <= look_again else None,
    )


def _stages(steps: list[Step], scale: _Scale) -> Iterator[Lane]:
    for place, stage in enumerate(Stage):
        y = TOP + STAGE_HEIGHT * place
        marks = [_bar(step, scale, _line_of(place)) for step in steps if step.move.stage == stage]
        yield Lane(str(stage.label), y + 12, _line_of(place), marks)


def _line_of(place: int) -> int:
    return TOP + STAGE_HEIGHT * place + 26


def _bar(step: Step, scale: _Scale, y: int) -> Mark:
    start, end = scale.place(step.day), scale.place(step.until or scale.until)
    return Mark(_across(start), y, _across(max(end - start, 0)), number=step.number, state=step.move.state)


def _turns(steps: list[Step], scale: _Scale) -> Iterator[Line]:
    places = {stage: place for place, stage in enumerate(Stage.values)}
    for before, after in pairwise(steps):
        if before.move.stage != after.move.stage:
            ends = (places[before.move.stage], places[after.move.stage])
            yield Line(_across(scale.place(after.day)), _line_of(ends[0]), _line_of(ends[1]))


def _lane(label: str, pieces: list[Piece], scale: _Scale, y: int) -> tuple[Lane, int]:
    """Put pieces in as few rows as hold them side by side; return the lane, and where the next one begins."""
    free: list[float] = []
    marks = []
    for piece in pieces:
        start = scale.place(piece.day)
        end = scale.place(min(piece.days.ended_on or max(scale.until, piece.day), scale.last))
        row = next((number for number, until in enumerate(free) if until <= start), len(free))
        free[row : row + 1] = [max(end, start) + APART]
        width = _across(end - start) if end - start > 1 else ""
        marks.append(Mark(_across(start), y + LABEL + ROW * row + ROW // 2, width, piece=piece))
    bottom = y + LABEL + ROW * len(free)
    return Lane(label, y + 12, bottom, marks), bottom + GAP


def _ticks(scale: _Scale, y: int) -> Iterator[Line]:
    days = (scale.last - scale.first).days
    if days <= 92:
        step, wanted = timedelta(days=max(days // (MOST_TICKS - 1), 1)), "j M"
        found = [scale.first + step * number for number in range(MOST_TICKS)]
    else:
        months = -(-days // 30 // MOST_TICKS) or 1
        begins, wanted = scale.first.replace(day=1) + relativedelta(months=1), "M Y" if days > 300 else "M"
        found = [begins + relativedelta(months=months * number) for number in range(MOST_TICKS + 1)]
    for day in found:
        if day <= scale.last:
            place = scale.place(day)
            anchor = "start" if place < 8 else "end" if place > 92 else "middle"
            yield Line(_across(place), y, y + 5, formats.date_format(day, wanted), anchor)


def _day(day: date, scale: _Scale, y: int) -> Line:
    place = scale.place(day)
    anchor = "start" if place < 15 else "end" if place > 85 else "middle"
    return Line(_across(place), TOP - 8, y, anchor=anchor)


def _across(place: float) -> str:
    # Never in a local form: "12,5%" is no length.
    return f"{place:.2f}%"
