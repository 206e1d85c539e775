"""Running a session: going from step to step, giving more time, and ending it."""

from datetime import datetime, timedelta
from math import ceil

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.changing import change_columns, require_host, require_live
from convening.models import AgendaItem, LiveState, Session
from convening.models.agenda import MOST_MINUTES
from desk.audit import record_event

MOST_HOURS = timedelta(hours=24)


@transaction.atomic
def go_to_step(*, session: Session, step: str, by) -> None:
    """Go to one item of the agenda, by its public id, and start its timer.

    Two hosts who press "next" at once both name the same step, so none is skipped, and its timer is not begun anew.
    """
    locked = _running(session, by)
    item = AgendaItem.objects.filter(session=locked, public_id=step).first()
    if item is None:
        raise ValidationError(_("That step is not on the agenda any more. Choose another one."), code="gone")
    state, _made = LiveState.objects.get_or_create(session=locked)
    if state.item_id == item.pk:
        return
    state.item, state.step_began_at, state.step_minutes = item, timezone.now(), item.minutes
    state.save(update_fields=["item", "step_began_at", "step_minutes"])
    record_event(by=by, action="session.step", kind="session", public_id=locked.public_id)


@transaction.atomic
def give_minutes(*, session: Session, step: str, had: int, more: int, by) -> None:
    """Give the step some minutes more than it had, or than have gone by where its time is up already.

    Of two who press at once, both on a step that had four minutes, the second changes nothing. Raises ValidationError
    where the step is another one by now, or would take more than eight hours.
    """
    locked = _running(session, by)
    state = LiveState.objects.select_related("item").filter(session=locked).first()
    if state is None or state.item is None or state.step_began_at is None or state.item.public_id != step:
        raise ValidationError(_("It is another step by now. Look at the time once more."), code="gone")
    if state.step_minutes != had:
        return
    gone_by = ceil((timezone.now() - state.step_began_at).total_seconds() / 60)
    minutes = max(had, gone_by - 1) + more
    if more < 1 or minutes > MOST_MINUTES:
        raise ValidationError(_("A step takes eight hours at most."), code="minutes")
    state.step_minutes = minutes
    state.save(update_fields=["step_minutes"])
    record_event(by=by, action="session.give_time", kind="session", public_id=locked.public_id)


@transaction.atomic
def extend_session(*, session: Session, until: datetime, by) -> None:
    """Let a running session go on until then, which is later than it was to end."""
    locked = _running(session, by)
    if until <= locked.ends_at:
        return
    if until - locked.starts_at > MOST_HOURS:
        raise ValidationError(_("A session ends within a day."), code="long")
    change_columns(locked, version=locked.version, changes={"ends_at": until}, by=by)
    record_event(by=by, action="session.extend", kind="session", public_id=locked.public_id)


@transaction.atomic
def end_session(*, session: Session, by) -> None:
    """End a session now, before its time; what came of it can be written down from then on."""
    locked = _running(session, by)
    if not locked.has_started:
        raise ValidationError(_("This session has not begun yet. You can move or cancel it."), code="early")
    change_columns(locked, version=locked.version, changes={"ends_at": timezone.now()}, by=by)
    record_event(by=by, action="session.end", kind="session", public_id=locked.public_id)


def _running(session: Session, by) -> Session:
    """Return the session, locked, for its host while its live page is open."""
    locked = Session.objects.held(session.pk)
    require_host(locked, by)
    require_live(locked)
    return locked
