"""The check-ins of a tension as one picture: every one of them, in time, and no average.

Drawn on the server: points, one thin line that joins them in time only, and words that are broken into lines here. The
list beside it says the same in words.
"""

from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from conversing.models import CheckIn
from partnerships.models import Role
from records.models import Attribution

# All in the units of the picture, which is 1120 wide: a margin for days and names, then the plot between two poles.
WIDTH, LEFT, RIGHT = 1120, 240, 1120
ROW, ROW_WITHOUT_WORDS = 88, 40
TOP, BOTTOM = 72, 24
# With more than so many, their words stand in the list alone.
MOST_WITH_WORDS = 16
LETTERS_IN_LINE, MOST_LINES = 32, 2
GAP, LINE = 22, 22
NAME_LETTERS = 26

# A role is drawn only where readers are told it: by role. Whoever signs is a dot; who is not named, a ring.
SHAPES = {
    Role.PRACTITIONER: "square",
    Role.MANAGER: "triangle",
    Role.COMMISSIONER: "wedge",
    Role.EXPERT: "star",
    Role.CONSULTANT: "diamond",
    Role.ACADEMIC: "cross",
    Role.OTHER: "bar",
}


@dataclass(frozen=True)
class Line:
    """One line of words: what it says, and where it begins or ends."""

    text: str
    y: int


@dataclass(frozen=True)
class Point:
    """One check-in as it is drawn."""

    check_in: CheckIn
    x: int
    y: int
    shape: str
    lines: tuple[Line, ...]
    words_x: int
    anchor: str
    who: str


@dataclass(frozen=True)
class Picture:
    """All that a template needs to draw it, in whole numbers."""

    points: tuple[Point, ...]
    height: int
    path: str
    width: int = WIDTH
    left: int = LEFT + 1
    right: int = RIGHT - 1
    middle: int = (LEFT + RIGHT) // 2
    top: int = TOP - 40

    @property
    def label_y(self) -> int:
        """Return where the names of the poles stand."""
        return self.top + 14

    @property
    def bottom(self) -> int:
        """Return where the poles end."""
        return self.height - 8


def shape_of(check_in: CheckIn) -> str:
    """Name the shape of a check-in: it tells no more than the words beside it do."""
    if check_in.attribution == Attribution.ROLE:
        return SHAPES.get(Role(check_in.role), "bar")
    return "dot" if check_in.is_named else "ring"


def picture_of(check_ins: list[CheckIn]) -> Picture | None:
    """Draw the check-ins, newest first; None where there are none."""
    if not check_ins:
        return None
    has_words = len(check_ins) <= MOST_WITH_WORDS
    row = ROW if has_words else ROW_WITHOUT_WORDS
    points = tuple(_point(check_in, TOP + row * place, has_words) for place, check_in in enumerate(check_ins))
    return Picture(points, TOP + row * (len(points) - 1) + BOTTOM + row // 2, _path(points))


def _point(check_in: CheckIn, y: int, has_words: bool) -> Point:
    # Kept off the poles by the width of a point.
    x = LEFT + 16 + round((RIGHT - LEFT - 32) * check_in.lean / 100)
    leans_right = check_in.lean > 50
    texts = _lines(check_in.text) if has_words else []
    first = y + 6 - (len(texts) - 1) * LINE // 2
    return Point(
        check_in=check_in,
        x=x,
        y=y,
        shape=shape_of(check_in),
        lines=tuple(Line(text, first + LINE * place) for place, text in enumerate(texts)),
        # Towards the middle, where there is room.
        words_x=x - GAP if leans_right else x + GAP,
        anchor="end" if leans_right else "start",
        who=_shortened(check_in.byline, NAME_LETTERS),
    )


def _lines(text: str) -> list[str]:
    """Break words into at most two lines; what does not fit stands in the list."""
    found = wrap(text, LETTERS_IN_LINE, break_long_words=True)
    if len(found) <= MOST_LINES:
        return found
    return [*found[: MOST_LINES - 1], _shortened(f"{found[MOST_LINES - 1]} …", LETTERS_IN_LINE + 2)]


def _shortened(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _path(points: tuple[Point, ...]) -> str:
    """Join the points by a curve that goes straight down at each, so that it says nothing between them."""
    if len(points) < 2:
        return ""
    steps = [f"M{points[0].x} {points[0].y}"]
    for before, after in pairwise(points):
        half = (before.y + after.y) // 2
        steps.append(f"C{before.x} {half} {after.x} {half} {after.x} {after.y}")
    return "".join(steps)
