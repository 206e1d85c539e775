"""The steps of a running session: which one it is now, how long it has still."""

from dataclasses import dataclass

from django.utils import timezone

from convening.agenda.reading import TimedAgenda
from convening.models import AgendaItem, LiveState


@dataclass(frozen=True)
class Step:
    """One item of the agenda while the session runs: `state` is "past", "now" or "next"."""

    item: AgendaItem
    heading: str
    lead: str
    state: str


@dataclass(frozen=True)
class Timer:
    """What is left of a step, in whole seconds as the server counts them; below nought, how long it is over.

    `read_at` tells two pages apart: a browser that is shown the same page again goes on counting.
    """

    left: int
    minutes: int
    read_at: float

    @property
    def words(self) -> str:
        """Return what is left as "2:40"; "0:00" once the time is up."""
        left = max(self.left, 0)
        return f"{left // 60}:{left % 60:02}"

    @property
    def seconds(self) -> int:
        """Return how long the step is, in seconds."""
        return self.minutes * 60

    @property
    def is_up(self) -> bool:
        """Say whether the time of the step is over."""
        return self.left <= 0


@dataclass(frozen=True)
class Steps:
    """All steps in their order, the one that is now, and those on either side of it."""

    rows: list[Step]
    now: Step | None = None
    number: int = 0
    timer: Timer | None = None
    before: Step | None = None
    after: Step | None = None


def steps_of(agenda: TimedAgenda, state: LiveState | None) -> Steps:
    """Return the steps of an agenda as the session stands; asks nothing of the database."""
    current = state.item_id if state else None
    place = next((n for n, row in enumerate(agenda.rows) if row.item.pk == current), -1)
    words = ("past", "now", "next")
    rows = [
        Step(row.item, row.heading, row.lead, words[(n > place) - (n < place) + 1]) for n, row in enumerate(agenda.rows)
    ]
    if state is None or place < 0:
        return Steps(rows, after=rows[0] if rows else None)
    return Steps(
        rows,
        now=rows[place],
        number=place + 1,
        timer=_timer(state),
        before=rows[place - 1] if place else None,
        after=rows[place + 1] if place + 1 < len(rows) else None,
    )


def _timer(state: LiveState) -> Timer | None:
    ends = state.step_ends_at
    if ends is None:
        return None
    now = timezone.now()
    return Timer(round((ends - now).total_seconds()), state.step_minutes, now.timestamp())
