"""What is kept about people beside their words: exports of all that is theirs, and the seals of the audit events."""

from accounts.my_data.actions import ask_for_export
from accounts.my_data.tasks import make_due_exports
from desk.sealing import seal_due_events
from tests.cast import Cast

from .hidden_words import first, second
from .steps import hidden


@hidden()
def an_export_of_ones_own(cast: Cast) -> None:
    """One that is made, with its mail, and one that waits."""
    ask_for_export(by=first(cast))
    make_due_exports.call()
    ask_for_export(by=second(cast))


@hidden()
def seals_of_events(cast: Cast) -> None:
    seal_due_events.call()
