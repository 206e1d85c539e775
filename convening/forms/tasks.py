"""Who does the partnership's learning work now."""

import hashlib
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from convening.looking.tasks import LONGEST_TASK, LONGEST_TASK_LINE, MOST_OWN_TASKS, TASKS, WHO
from convening.models import Session, TasksNow
from desk.forms import KeptForm
from learnpartner.forms import LineField, offer


class TasksForm(KeptForm):
    """For each task a choice and a line, and one of their own more."""

    draft_form = "tasks"
    new_task = LineField(label=_("Another task"), max_length=LONGEST_TASK, required=False)
    new_who = forms.ChoiceField(label=_("Who does it?"), required=False)
    new_line = LineField(label=_("A line on it"), max_length=LONGEST_TASK_LINE, required=False)

    def __init__(self, request: HttpRequest, *, session: Session, tasks: TasksNow | None, own: list[str]):
        self.tasks = [(_box(key), key, "", str(word)) for key, word in TASKS.items()]
        self.tasks += [(_box("", name), "", name, name) for name in own]
        now: dict[str, Any] = said_in_boxes(tasks.answers if tasks else [])
        super().__init__(request, about=session.public_id, initial=now | ({"version": tasks.version} if tasks else {}))
        for box, _key, _name, word in self.tasks:
            self.fields[f"who_{box}"] = forms.ChoiceField(label=word, required=False)
            self.fields[f"line_{box}"] = LineField(
                label=_("%(task)s: a line on it") % {"task": word}, max_length=LONGEST_TASK_LINE, required=False
            )
        boxes = [box for box, _key, _name, _word in self.tasks]
        for name in [f"who_{box}" for box in boxes] + ["new_who"]:
            offer(self, name, [("", _("Not said")), *WHO.items()])
        self.order_fields([name for box in boxes for name in (f"who_{box}", f"line_{box}")])

    @property
    def rows(self):
        """Return the two boxes of each task, for the page."""
        return [(word, self[f"who_{box}"], self[f"line_{box}"]) for box, _key, _name, word in self.tasks]

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a task that something is said of, and for something to be said."""
        typed = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        name = typed["new_task"]
        if not name and (typed["new_who"] or typed["new_line"]):
            self.add_error("new_task", _("Give the task a name."))
        elif name and not typed["new_who"]:
            self.add_error("new_who", _("Say who does it."))
        elif name.casefold() in {word.casefold() for _box, _key, _name, word in self.tasks}:
            self.add_error("new_task", _("This task stands above already."))
        elif name and len(self.tasks) - len(TASKS) >= MOST_OWN_TASKS:
            self.add_error("new_task", _("These are as many tasks as fit a table. Say it with one that stands above."))
        elif not self.answers():
            self.add_error(None, _("Say of one task at least who does it now."))
        return typed

    def answers(self) -> list[dict[str, str]]:
        """Return what was said, task by task."""
        typed = self.cleaned_data
        rows = [
            {"task": key, "name": name, "who": typed[f"who_{box}"], "line": typed[f"line_{box}"]}
            for box, key, name, _word in self.tasks
        ]
        new = {"task": "", "name": typed["new_task"], "who": typed["new_who"], "line": typed["new_line"]}
        return [row for row in rows if row["who"] or row["line"]] + ([new] if new["name"] else [])


def said_in_boxes(answers: list[dict[str, str]]) -> dict[str, str]:
    """Return what was said as the boxes of the form hold it."""
    boxes: dict[str, str] = {}
    for row in answers:
        box = _box(row["task"], row["name"])
        boxes |= {f"who_{box}": row["who"], f"line_{box}": row["line"]}
    return boxes


def _box(key: str, name: str = "") -> str:
    """Return how the boxes of a task are called: the same whoever adds another one meanwhile."""
    return key or f"own_{hashlib.sha256(name.encode()).hexdigest()[:10]}"
