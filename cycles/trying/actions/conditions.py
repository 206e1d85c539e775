"""Raising what is in the way, changing who is asked, and answering it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cycles.trying.models import Answer, Condition, ConditionAnswer
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Space
from partnerships.reader import Reader
from records.models import Attribution, PersonLevel, Record
from records.placing import place, require_place
from records.rooms import open_room_of
from records.search import index
from records.versions import AlreadySent, keep_version, swap_version


@transaction.atomic
def raise_condition(*, space: Space, title: str, text: str, asked, by, key: str) -> Condition:
    """Say what is in the way, in a space that one is in, and ask somebody in it for an answer. Any member does.

    A repeated POST gets what the first one made. Raises PermissionDenied outside the space, ValidationError where the
    space is closed or who is asked is not in it, AlreadySent for other words under a used key.
    """
    membership = require_place(Reader(by), space)
    if membership is None:
        raise PermissionDenied("Conditions are a partnership's.")
    said: dict[str, Any] = {"title": title, "text": text, "asked": asked}
    if not Draft.use(author=by, key=key, form="condition"):
        made = Condition.objects.filter(author=by, submission=key, space=space, **said).first()
        if made:
            return made
        raise AlreadySent
    _require_inside(space, asked)
    condition = Condition(
        kind="condition", author=by, person_level=PersonLevel.SECOND, created_at=timezone.now(), submission=key, **said
    )
    place(condition, space=space, attribution=Attribution.NAMED, membership=membership)
    condition.save()
    index.write(condition)
    open_room_of("trying", space=space, by=by)
    record_event(
        by=by, action="condition.raise", kind="condition", public_id=condition.public_id, space=space.public_id
    )
    return condition


@transaction.atomic
def change_condition(*, condition: Condition, version: int, title: str, text: str, asked, by, key: str) -> None:
    """Change how it is said, and who is asked, by who raised it; its age stays. Raises StaleVersion, AlreadySent."""
    now = _held(condition, by)
    if now.author_id != by.pk:
        raise PermissionDenied("Not who raised it.")
    changes: dict[str, Any] = {"title": title, "text": text, "asked": asked}
    if not Draft.use(author=by, key=key, form="condition-edit"):
        if all(getattr(now, name) == value for name, value in changes.items()):
            return
        raise AlreadySent
    if now.asked_id != asked.pk and now.space:
        _require_inside(now.space, asked)
    swap_version(now, version)
    keep_version(now, number=version, by=by)
    columns = changes | {"edited_at": timezone.now()}
    for name, value in columns.items():
        setattr(now, name, value)
    now.save(update_fields=list(columns))
    index.write(now)
    record_event(by=by, action="condition.change", kind="condition", public_id=now.public_id)


@transaction.atomic
def answer_condition(*, condition: Condition, answer: str, text: str, by, key: str) -> ConditionAnswer:
    """Answer what is in the way, by who was asked; each answer is kept, and the last one holds.

    Raises PermissionDenied for others, ValidationError for "cannot" and "yours to decide" without words.
    """
    now = _held(condition, by)
    if now.asked_id != by.pk:
        raise PermissionDenied("Not who was asked.")
    if not Draft.use(author=by, key=key, form="condition-answer"):
        made = now.answers.filter(by=by, answer=answer, text=text).last()
        if made:
            return made
        raise AlreadySent
    if answer in (Answer.CANNOT, Answer.YOURS) and not text.strip():
        raise ValidationError(_("Say it in a line or two."), code="no_words")
    made = ConditionAnswer.objects.create(condition=now, answer=answer, text=text, by=by, made_at=timezone.now())
    index.write(now)
    record_event(by=by, action="condition.answer", kind="condition", public_id=now.public_id)
    return made


def _held(condition: Condition, by) -> Condition:
    Record.objects.select_for_update().get(pk=condition.pk)
    now = Condition.objects.select_related("space__partnership").get(pk=condition.pk)
    if now.space is None or not now.stands or now.folded_at:
        raise PermissionDenied("It does not stand.")
    require_place(Reader(by), now.space)
    return now


def _require_inside(space: Space, person) -> None:
    if not space.members().filter(person=person).exists():
        raise ValidationError(_("They are not in this space. Choose somebody who is."), code="not_here")
