"""Patterns and their sources, made through the actions, for tests of this room."""

from typing import Any

from desk import drafts
from landscape import actions
from landscape.models import Pattern, PatternSource

SENTENCE = "People bend the rule quietly"


def pattern(*, by: Any, space: Any, key: str = "", begun_with: Any = None, **words: Any) -> Pattern:
    """Write a pattern down."""
    said = {"title": SENTENCE, "text": "Might be trust.", "looked_for": "", "person_level": 3, **words}
    return actions.write_pattern(space=space, begun_with=begun_with, by=by, key=key or drafts.new_key(), **said)


def source(of: Pattern, record: Any, *, by: Any, stance: str = "agrees", why: str = "", key: str = "") -> PatternSource:
    """Add a source."""
    line = why or ("They said it first." if stance == "disagrees" else "")
    return actions.add_source(pattern=of, record=record, stance=stance, why=line, by=by, key=key or drafts.new_key())


def state(of: Pattern, *, to: str, by: Any, reason: str = "", seen: str = "", key: str = "") -> None:
    """Say how a pattern stands."""
    now = seen or Pattern.objects.get(pk=of.pk).state
    actions.change_state(pattern=of, seen=now, to=to, reason=reason, by=by, key=key or drafts.new_key())


def change(of: Pattern, *, by: Any, version: int = 0, key: str = "", **changes: Any) -> None:
    """Change what a pattern says."""
    seen = version or Pattern.objects.get(pk=of.pk).version
    actions.change_pattern(pattern=of, version=seen, changes=changes, by=by, key=key or drafts.new_key())
