"""The learning work of a partnership, task by task: who does it now, and who did at the sessions before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from convening.models import Session, TasksNow
from convening.models.sessions import Occasion
from partnerships.reader import Reader

# What a partnership needs somebody to do, so that it learns; each adds its own.
TASKS = {
    "convening": _("Convening sessions"),
    "hosting": _("Hosting them"),
    "writing_up": _("Writing up what came of them"),
    "following_up": _("Following up commitments"),
    "welcoming": _("Bringing in new people"),
    "library": _("Keeping the library"),
    "patterns": _("Looking for patterns"),
    "mirror": _("Holding up the mirror"),
}
WHO = {
    "members": _("Members do it themselves"),
    "together": _("Members with the learning partner"),
    "partner": _("The learning partner does it"),
    "nobody": _("Nobody does it"),
}
LONGEST_TASK = 80
LONGEST_TASK_LINE = 200
MOST_OWN_TASKS = 20


@dataclass(frozen=True)
class Column:
    """One session of a table: its day, and where it is read."""

    day: date
    address: str


@dataclass(frozen=True)
class Cell:
    """What one session said of one task; both empty where it said nothing."""

    column: Column
    who: str
    line: str


def own_tasks(reader: Reader, session: Session) -> list[str]:
    """Return the tasks of their own that were named at this session, and at those of its space before."""
    return own_tasks_of(_so_far(reader, session))


def table(reader: Reader, session: Session) -> tuple[list[Column], list[tuple[str, list[Cell]]]]:
    """Return who did what, task by session: those of this session's space until it, the oldest first. No totals."""
    rows = _so_far(reader, session)
    columns = [Column(row.session.day, row.session.get_absolute_url()) for row in rows]
    said: list[Mapping[tuple[str, str], dict[str, str]]] = [
        {(answer["task"], answer["name"]): answer for answer in row.answers} for row in rows
    ]
    keys = [(key, "") for key in TASKS] + [("", name) for name in own_tasks_of(rows)]
    return columns, [
        (
            word_of(key, name),
            [_cell(column, found.get((key, name))) for column, found in zip(columns, said, strict=True)],
        )
        for key, name in keys
        if any((key, name) in found for found in said)
    ]


def own_tasks_of(rows: list[TasksNow]) -> list[str]:
    """Return the names of their own tasks in the order in which they were first named."""
    return list(dict.fromkeys(answer["name"] for row in rows for answer in row.answers if not answer["task"]))


def word_of(key: str, name: str = "") -> str:
    """Return how a task is called."""
    return str(TASKS[key]) if key in TASKS else name


def said_now(tasks: TasksNow | None) -> list[tuple[str, str, str]]:
    """Return what one session said: the task, who does it, and the line, in words."""
    return said_now_in(tasks.answers if tasks else [])


def said_now_in(answers: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Return the same of answers as they are kept."""
    return [(word_of(row["task"], row["name"]), str(WHO.get(row["who"], "")), row["line"]) for row in answers]


def _cell(column: Column, answer: dict[str, str] | None) -> Cell:
    return Cell(column, str(WHO.get(answer["who"], "")), answer["line"]) if answer else Cell(column, "", "")


def _so_far(reader: Reader, session: Session) -> list[TasksNow]:
    readable = Session.objects.visible_to(reader).with_words_for(reader).standing()
    until = readable.filter(
        space=session.space_id, starts_at__lte=session.starts_at, occasion=Occasion.LOOKING_AGAIN, cancelled_at=None
    )
    rows = TasksNow.objects.filter(session__in=until.values("pk")).select_related("session__space")
    return list(rows.order_by("session__starts_at", "pk"))
