"""Tensions and what hangs on them, made through the actions, for tests of this room."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from conversing import actions
from conversing.models import CheckIn, Conversation, Tension, TensionChange
from desk import drafts
from records.models import Record

POLES = "Building capacity ↔ Being needed"


def tension(*, by: Any, space: Any, key: str = "", **words: Any) -> Tension:
    """Write a tension down."""
    said = {"title": POLES, "text": "Done well, it makes itself needless.", **words}
    return actions.open_tension(space=space, by=by, key=key or drafts.new_key(), **said)


def check_in(on: Tension, *, by: Any, lean: int = 70, text: str = "They rang me.", wish: str = "named", key: str = ""):
    """Check in on a tension."""
    return actions.check_in(on=on, lean=lean, text=text, wish=wish, by=by, key=key or drafts.new_key())


def state(of: Tension, *, to: str, by: Any, reason: str = "", seen: str = "", key: str = "") -> None:
    """Say how a tension stands."""
    now = seen or Tension.objects.get(pk=of.pk).state
    actions.change_state(tension=of, seen=now, to=to, reason=reason, by=by, key=key or drafts.new_key())


def let_time_pass(row: Tension, **time: int) -> None:
    """Have all that was done with a tension so far lie that much further back."""
    back = timedelta(**time)
    check_ins = CheckIn.objects.filter(within=row).values_list("pk", flat=True)
    for record in Record.objects.filter(pk__in=[row.pk, *check_ins]):
        Record.objects.filter(pk=record.pk).update(
            created_at=record.created_at - back, shared_at=(record.shared_at or timezone.now()) - back
        )
    for change in TensionChange.objects.filter(tension=row):
        TensionChange.objects.filter(pk=change.pk).update(made_at=change.made_at - back)


def conversation(*, by: Any, space: Any, question: str = "Who decides about dogs?", text: str = "", key: str = ""):
    """Ask a question."""
    return actions.start_conversation(space=space, question=question, text=text, by=by, key=key or drafts.new_key())


def sum_up(of: Conversation, *, by: Any, text: str, number: int = 0, key: str = "") -> None:
    """Write what a conversation has come to."""
    actions.sum_up(conversation=of, number=number, text=text, by=by, key=key or drafts.new_key())


def call(into: Conversation, *, by: Any, text: str = "Could you look in?", key: str = "") -> None:
    """Ask the learning partner to step in."""
    actions.ask_to_step_in(conversation=into, text=text, by=by, key=key or drafts.new_key())


def close(row: Conversation, *, by: Any, closing: str = "", key: str = "") -> None:
    """Close a conversation."""
    actions.close_conversation(conversation=row, closing=closing, by=by, key=key or drafts.new_key())


def be_silent(row: Conversation, *, days: int) -> None:
    """Have all that was said in a conversation so far lie that much further back."""
    back = timedelta(days=days)
    for record in Record.objects.filter(pk=row.pk) | Record.objects.filter(within=row.pk):
        Record.objects.filter(pk=record.pk).update(shared_at=(record.shared_at or timezone.now()) - back)


def relationship_note(*, by: Any, partnership: Any, work: str = "mend", title: str = "Ward and shift", **words: Any):
    """Write a relationship note."""
    said = {"text": "They do not look at each other.", "key": drafts.new_key(), **words}
    return actions.write_relationship_note(partnership=partnership, by=by, work=work, title=title, **said)
