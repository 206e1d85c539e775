"""Beginning an experiment, filling in its steps, and closing it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cycles.trying.models import Experiment
from cycles.trying.rules import require_ahead
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Space
from partnerships.reader import Reader
from records.models import Attribution, PersonLevel, Record
from records.placing import place, require_place
from records.rooms import open_room_of
from records.search import index
from records.versions import AlreadySent, keep_version, swap_version, words_at, words_of


@transaction.atomic
def begin_experiment(*, space: Space, title: str, look_again_on: date, by, key: str) -> Experiment:
    """Begin to try something in a space that one is in: a sentence, and the day to look again. Any member does.

    A repeated POST gets the experiment that the first one made. Raises PermissionDenied outside the space,
    ValidationError where the space is closed or the day has gone by, AlreadySent for other words under a used key.
    """
    membership = require_place(Reader(by), space)
    if membership is None:
        raise PermissionDenied("Experiments are a partnership's.")
    said: dict[str, Any] = {"title": title, "look_again_on": look_again_on}
    if not Draft.use(author=by, key=key, form="experiment"):
        made = Experiment.objects.filter(author=by, submission=key, space=space, **said).first()
        if made:
            return made
        raise AlreadySent
    require_ahead(look_again_on)
    experiment = Experiment(
        kind="experiment",
        author=by,
        person_level=PersonLevel.SECOND,
        created_at=timezone.now(),
        submission=key,
        **said,
    )
    place(experiment, space=space, attribution=Attribution.NAMED, membership=membership)
    experiment.save()
    index.write(experiment)
    open_room_of("trying", space=space, by=by)
    record_event(
        by=by,
        action="experiment.begin",
        kind="experiment",
        public_id=experiment.public_id,
        space=space.public_id,
    )
    return experiment


@transaction.atomic
def change_experiment(*, experiment: Experiment, version: int, changes: dict[str, Any], by, key: str) -> None:
    """Fill in or change a step, by anybody in the space, while it is being tried; what was there before is kept.

    Who fills in another step at the same time is not in the way. Raises StaleVersion where somebody saved these very
    boxes meanwhile, AlreadySent, PermissionDenied, ValidationError once it is closed or for a day gone by.
    """
    now = _held(experiment, by)
    if not Draft.use(author=by, key=key, form="experiment-step"):
        if _says(now, changes):
            return
        raise AlreadySent
    if now.is_closed:
        raise ValidationError(
            _("It was closed meanwhile. Your words are kept for you: say them under what you now believe."),
            code="closed",
        )
    day = changes.get("look_again_on")
    if day and day != now.look_again_on:
        require_ahead(day)
    _write(now, _version_for(now, version, changes), changes, by=by)
    record_event(by=by, action="experiment.change", kind="experiment", public_id=now.public_id)


@transaction.atomic
def close_experiment(
    *, experiment: Experiment, version: int, surprised: str, belief: str, decision: str, by, key: str
) -> None:
    """Close what was tried, by anybody in the space: what surprised, what they believe now, and what becomes of it.

    Once closed, the same words can be mended, and nothing opens it again. Raises ValidationError without what is
    believed now, StaleVersion where somebody closed or mended it meanwhile, AlreadySent, PermissionDenied.
    """
    now = _held(experiment, by)
    changes: dict[str, Any] = {"surprised": surprised, "belief": belief, "decision": decision}
    if not Draft.use(author=by, key=key, form="experiment-close"):
        if _says(now, changes):
            return
        raise AlreadySent
    if not belief.strip():
        raise ValidationError(_("Say what you now believe. Without it, it stays open."), code="no_belief")
    version = _version_for(now, version, changes)
    was_closed = now.is_closed
    if not was_closed:
        changes |= {"closed_at": timezone.now(), "closed_by": by}
    _write(now, version, changes, by=by)
    if was_closed:
        record_event(by=by, action="experiment.mend", kind="experiment", public_id=now.public_id)
    else:
        record_event(by=by, action="experiment.close", kind="experiment", public_id=now.public_id)


def _held(experiment: Experiment, by) -> Experiment:
    """Return the experiment as it is now, held until the end of the transaction; PermissionDenied outside its space."""
    Record.objects.select_for_update().get(pk=experiment.pk)
    now = Experiment.objects.select_related("space__partnership").get(pk=experiment.pk)
    if now.space is None or not now.stands or now.folded_at:
        raise PermissionDenied("It does not stand.")
    require_place(Reader(by), now.space)
    return now


def _says(now: Experiment, changes: dict[str, Any]) -> bool:
    return all(getattr(now, name) == value for name, value in changes.items())


def _version_for(now: Experiment, version: int, changes: dict[str, Any]) -> int:
    """Return the version to take the place of: the one now, where only other boxes were changed since `version`."""
    if 0 < version < now.version:
        then, today = words_at(now, version), words_of(now)
        if all(then.get(name, "") == today.get(name, "") for name in changes):
            return now.version
    return version


def _write(now: Experiment, version: int, changes: dict[str, Any], *, by) -> None:
    swap_version(now, version)
    keep_version(now, number=version, by=by)
    columns = changes | {"edited_at": timezone.now()}
    for name, value in columns.items():
        setattr(now, name, value)
    now.save(update_fields=list(columns))
    index.write(now)
