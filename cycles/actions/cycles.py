"""Beginning a cycle, changing what is said of it, and moving it: on, back, over a stage; pausing and ending it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cycles.access import require_change
from cycles.changing import begin_record, change_columns, name_people, named_as
from cycles.models import CycleMove, CycleState, LearningCycle
from cycles.models.move import PLACES
from cycles.parts import legible
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Space
from partnerships.reader import Reader
from records.models import PersonLevel, Record
from records.versions import AlreadySent, StaleVersion


@transaction.atomic
def begin_cycle(
    *, space: Space, stage: str, began_on: date, people: Collection[Any], by, key: str, **words: Any
) -> LearningCycle:
    """Begin a cycle in a space that one is in, at a stage. Any member does; it belongs to the space from then on.

    `words` are columns of a cycle: title, text, scale and so on; `people` those who are in it. A repeated POST gets the
    cycle that the first one made. Raises PermissionDenied outside the space, ValidationError where it is closed or
    somebody is not in it, AlreadySent where other words come under a used key.
    """
    if not Draft.use(author=by, key=key, form="cycle"):
        made = LearningCycle.objects.filter(author=by, submission=key, space=space).first()
        if made and all(getattr(made, name) == value for name, value in words.items()):
            return made
        raise AlreadySent
    cycle = LearningCycle(kind="cycle", person_level=PersonLevel.SECOND, **words)
    begin_record(cycle, space=space, by=by, key=key)
    _require_larger(cycle, by)
    name_people(cycle, facilitators=(), participants=people)
    CycleMove.objects.create(cycle=cycle, stage=stage, moved_on=began_on, by=by, made_at=timezone.now())
    record_event(by=by, action="cycle.begin", kind="cycle", public_id=cycle.public_id, space=space.public_id)
    return cycle


@transaction.atomic
def change_cycle(
    *, cycle: LearningCycle, version: int, changes: dict[str, Any], people: Collection[Any], by, key: str
) -> None:
    """Change what is said of a cycle, and who is in it; by anybody in its space.

    Raises StaleVersion where somebody saved it meanwhile; a repeated POST changes nothing.
    """
    require_change(Reader(by), cycle)
    if not Draft.use(author=by, key=key, form="cycle-edit"):
        same_people = named_as(cycle, facilitators=(), participants=people)
        if same_people and all(getattr(cycle, name) == value for name, value in changes.items()):
            return
        raise StaleVersion
    change_columns(cycle, version=version, changes=changes, by=by)
    if "parent" in changes:
        _require_larger(cycle, by)
    name_people(cycle, facilitators=(), participants=people)
    record_event(by=by, action="cycle.edit", kind="cycle", public_id=cycle.public_id)


@transaction.atomic
def move_cycle(
    *, cycle: LearningCycle, seen: int, stage: str, state: str, moved_on: date, note: str, by, key: str
) -> None:
    """Put a cycle at a stage, and say whether it goes on; by anybody in its space. `seen` are the moves on the page.

    It may go back, and over a stage; then a line says why. Raises StaleVersion where somebody moved it meanwhile,
    ValidationError where nothing moves, the line is missing, or the day lies before the last move or ahead.
    """
    require_change(Reader(by), cycle)
    # Two at once: the second finds what the first has made of it.
    Record.objects.select_for_update().get(pk=cycle.pk)
    moves = list(cycle.moves.all())
    if not Draft.use(author=by, key=key, form="cycle-move"):
        if moves[-1].by_id == by.pk and (moves[-1].stage, moves[-1].state, moves[-1].note) == (stage, state, note):
            return
        raise AlreadySent
    if len(moves) != seen:
        raise StaleVersion
    _require_move(moves[-1], stage, state, moved_on, note)
    CycleMove.objects.create(
        cycle=cycle, stage=stage, state=state, moved_on=moved_on, note=note, by=by, made_at=timezone.now()
    )
    record_event(by=by, action="cycle.move", kind="cycle", public_id=cycle.public_id)


def _require_move(last: CycleMove, stage: str, state: str, moved_on: date, note: str) -> None:
    if (last.stage, last.state) == (stage, state):
        raise ValidationError({"stage": _("It stands there already. Choose where it goes.")})
    if moved_on < last.moved_on:
        raise ValidationError({"moved_on": _("It moved after that day last. Look at the day.")})
    if moved_on > timezone.localdate():
        raise ValidationError({"moved_on": _("That day has not come yet. Please look at the date.")})
    steps = PLACES[stage] - PLACES[last.stage]
    if steps < 0 and not note:
        raise ValidationError({"note": _("Say in a line why it goes back. Going back is learning, too.")})
    if steps > 1 and not note:
        raise ValidationError({"note": _("Say in a line why it goes over a stage.")})
    if state == CycleState.ENDED and not note:
        raise ValidationError({"note": _("Say in a line why it ends here.")})


def _require_larger(cycle: LearningCycle, by) -> None:
    """Refuse a larger cycle that the writer does not read, of another partnership, or that lies within this one."""
    if cycle.parent is None:
        return
    # Of cycles that the writer does not read nothing is told, so the way up ends at those.
    rows = LearningCycle.objects.filter(pk__in=legible(Reader(by)), partnership=cycle.partnership_id)
    parents = dict(rows.values_list("pk", "parent"))
    seen: set[int] = set()
    node: int | None = cycle.parent.pk
    while node is not None and node not in seen:
        seen.add(node)
        node = parents.get(node)
    if cycle.parent.pk not in parents or cycle.pk in seen:
        raise ValidationError({"parent": _("It cannot be part of that one. Choose another.")}, code="in_a_circle")
