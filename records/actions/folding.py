"""Folding words that could identify somebody, putting them back; setting words aside, and lifting that."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records import notices
from records.folding import (
    may_put_back,
    may_set_aside,
    note_state,
    public_id_at,
    set_aside_by_space,
    unfold,
    why_not_fold,
    why_not_set_aside,
)
from records.models import Fold, Record, SettingAside
from records.versions import AlreadySent, swap_version


def _locked(record: Record) -> Record:
    """Return the row as it is now, which nobody else changes before this transaction ends."""
    return Record.objects.select_for_update(of=("self",)).select_related("space__partnership").get(pk=record.pk)


@transaction.atomic
def fold(record: Record, *, version: int, words: str, key: str, by) -> None:
    """Fold the words of a record that could identify somebody, at once and for all but its author.

    `words` are for its author, who is told that a reader folded it, and never who. A repeated POST changes nothing.
    Raises PermissionDenied outside its space, ValidationError where it cannot be folded, and StaleVersion where its
    author has changed it since the reader looked.
    """
    locked = _locked(record)
    if locked.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    if not Draft.use(author=by, key=key, form="fold"):
        if Fold.objects.open().filter(record=locked, folded_by=by, words=words).exists():
            return
        raise AlreadySent
    problem = why_not_fold(locked, by=by)
    if problem:
        raise ValidationError(problem, code="not_to_fold")
    swap_version(locked, version)
    Fold.objects.create(record=locked, folded_by=by, folded_at=timezone.now(), words=words)
    note_state(locked)
    notices.tell_of_folding(locked)
    record_event(by=by, action=f"{locked.kind}.fold", kind=locked.kind, public_id=locked.public_id)


@transaction.atomic
def put_back(record: Record, *, reason: str, key: str, by) -> None:
    """Let readers read folded words again, as they were, with a reason that they are shown.

    Its author does; once they are gone from the space, a steward in it. A repeated POST changes nothing. Raises
    PermissionDenied, ValidationError where it is not folded, and AlreadySent where a used form comes with other words.
    """
    locked = _locked(record)
    if not Draft.use(author=by, key=key, form="put-back"):
        last = locked.folds.order_by("-folded_at").first()
        if last and (last.end, last.ended_by_id, last.reason) == (Fold.End.PUT_BACK, by.pk, reason):
            return
        raise AlreadySent
    if locked.folded_at is None:
        raise ValidationError(_("It is not folded any more."), code="not_folded")
    if not may_put_back(Reader(by), locked):
        raise PermissionDenied("Not its author, nor a steward in its space once the author is gone.")
    swap_version(locked, locked.version)
    unfold(locked, end=Fold.End.PUT_BACK, by=by, reason=reason)
    record_event(by=by, action=f"{locked.kind}.put_back", kind=locked.kind, public_id=locked.public_id)


@transaction.atomic
def set_aside(record: Record, *, reason: str, key: str, by) -> None:
    """Set a record aside, as somebody who looks after its space: nobody but its author reads it until that is lifted.

    Raises PermissionDenied, ValidationError where there is nothing to set aside, and AlreadySent where a used form
    comes with other words. A repeated POST changes nothing.
    """
    locked = _locked(record)
    if not may_set_aside(Reader(by), locked):
        raise PermissionDenied("Looks not after its space.")
    if not Draft.use(author=by, key=key, form="set-aside"):
        return _require_same(set_aside_by_space(locked), reason=reason, by=by)
    problem = why_not_set_aside(locked)
    if problem:
        raise ValidationError(problem, code="not_to_set_aside")
    _set_aside(locked, reason=reason, by_order=False, by=by)


@transaction.atomic
def set_aside_by_order(*, address: str, reason: str, key: str, by) -> None:
    """Set aside what is at an address, by order of law: by a site admin, who sees nothing of it.

    What is unknown, in a notebook, or taken back gives one and the same ValidationError. A repeated POST changes
    nothing; AlreadySent where a used form comes with another address or other words.
    """
    if not by.is_staff:
        raise PermissionDenied("Not a site admin.")
    found = Record.objects.shared().filter(withdrawn_at=None, public_id=public_id_at(address))
    locked = found.select_for_update(of=("self",)).first()
    standing = locked.settings_aside.open().filter(by_order=True).first() if locked else None
    if not Draft.use(author=by, key=key, form="order"):
        return _require_same(standing, reason=reason, by=by)
    if locked is None:
        raise ValidationError(
            {"address": _("Nothing that others can read is at this address. Look at each letter of it.")}
        )
    if standing:
        raise ValidationError({"address": _("It is set aside by order already.")})
    _set_aside(locked, reason=reason, by_order=True, by=by)


def _require_same(standing: SettingAside | None, *, reason: str, by) -> None:
    """Let a form pass that is sent once more, while what it asked for stands; or raise AlreadySent."""
    if standing is None or (standing.set_aside_by_id, standing.reason) != (by.pk, reason):
        raise AlreadySent


def _set_aside(locked: Record, *, reason: str, by_order: bool, by) -> None:
    swap_version(locked, locked.version)
    SettingAside.objects.create(
        record=locked, by_order=by_order, reason=reason, set_aside_by=by, set_aside_at=timezone.now()
    )
    note_state(locked)
    notices.tell_of_setting_aside(locked)
    record_event(
        by=by, action=f"{locked.kind}.set_aside", kind=locked.kind, public_id=locked.public_id, by_order=by_order
    )


@transaction.atomic
def lift(record: Record, *, by) -> None:
    """Let a record stand again that was set aside by those who look after its space; by one of them.

    What was set aside by order of law stays so until a site admin lifts that.
    """
    locked = _locked(record)
    if not may_set_aside(Reader(by), locked):
        raise PermissionDenied("Looks not after its space.")
    row = set_aside_by_space(locked)
    if row is None:
        raise ValidationError(_("It is not set aside any more, or by order of law only."), code="not_set_aside")
    _lift(locked, row, by=by)


@transaction.atomic
def lift_order(*, public_id: str, by) -> None:
    """Lift what a site admin set aside by order of law; by a site admin, who sees nothing of it."""
    if not by.is_staff:
        raise PermissionDenied("Not a site admin.")
    locked = Record.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    row = locked.settings_aside.open().filter(by_order=True).first() if locked else None
    if locked is None or row is None:
        raise ValidationError(_("It is not set aside by order any more."), code="not_set_aside")
    _lift(locked, row, by=by)


def _lift(locked: Record, row: SettingAside, *, by) -> None:
    swap_version(locked, locked.version)
    SettingAside.objects.filter(pk=row.pk).update(lifted_at=timezone.now(), lifted_by=by)
    note_state(locked)
    record_event(
        by=by, action=f"{locked.kind}.lift", kind=locked.kind, public_id=locked.public_id, by_order=row.by_order
    )
