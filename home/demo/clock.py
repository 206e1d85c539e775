"""The demo's clock: its days count back from today, and it stands at each event while that is replayed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone


@dataclass(frozen=True)
class Event:
    """Something that somebody in the story does; `about` says where the words tell of it."""

    moment: datetime
    about: str
    do: Callable[[], object]


class TimeLine:
    """The events of the story, replayed in the order of their moments."""

    def __init__(self, today: date):
        self.today = today
        self.events: list[Event] = []

    def day(self, days_ago: int) -> date:
        """Return the day that many days before today."""
        return self.today - timedelta(days=days_ago)

    def moment(self, days_ago: int, hour: float) -> datetime:
        """Return that hour of that day by the clock on the wall: 7.25 is a quarter past seven all year."""
        minutes = round(hour * 60)
        return timezone.make_aware(datetime.combine(self.day(days_ago), time(minutes // 60, minutes % 60)))

    def add(self, days_ago: int, hour: float, about: str, do: Callable[[], object]) -> None:
        """Put an event on the line."""
        self.events.append(Event(moment=self.moment(days_ago, hour), about=about, do=do))

    def replay(self) -> Iterator[Event]:
        """Give the events one by one, with the clock standing at each; what was added first goes first.

        What is told of this morning and is still to come, where the demo is loaded in the night, has just happened.
        """
        now = timezone.now()
        for event in sorted(self.events, key=lambda event: event.moment):
            with clock_at(min(event.moment, now)):
                yield event


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let the whole app take that moment for now."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield
