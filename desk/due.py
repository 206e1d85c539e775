"""What is due every minute, of all apps. An app registers its tasks; the clock (`manage.py tick`) does them."""

from typing import Any

_tasks: list[Any] = []


def register(task: Any) -> None:
    """Have a task done at each tick: one that does what is due, and may be done at any time, twice, or late."""
    _tasks.append(task)


def do_all() -> None:
    """Do what is due in the apps that have registered."""
    for task in _tasks:
        task.call()
