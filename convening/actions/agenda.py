"""Planning a session: beginning its agenda, and adding, changing, moving and removing items. Its host does.

Whoever changes an agenda holds the row of its session meanwhile, so of two at once both are done, one after the other.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from convening.agenda import Agenda, kinds
from convening.agenda.planning import check_time, commitments_first, held_for_agenda, insert, number
from convening.models import AgendaItem, Session
from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records.versions import AlreadySent, StaleVersion

WORDS = ("kind", "title", "text", "minutes")


class ItemGone(Exception):
    """Somebody took the item off the agenda. Nothing was written."""


@transaction.atomic
def begin_agenda(*, session: Session, agenda: Agenda, by) -> None:
    """Fill an empty agenda with copies of what is there to begin with. ValidationError where it is empty no more.

    What is open from the last time comes first, after the check-in, wherever it stands in what one begins with; and an
    item whose kind has no room here yet is a free one.
    """
    locked = held_for_agenda(session, by)
    if locked.agenda.exists():
        raise ValidationError(_("There is an agenda by now. Change what stands there."), code="not_empty")
    rows = [step.row() | {"kind": kinds.known(step.kind)} for step in agenda.steps]
    check_time(locked, sum(row["minutes"] for row in rows))
    _fill(locked, commitments_first(rows))
    _record(locked, "begin", by=by, agenda=agenda.key)


@transaction.atomic
def copy_agenda(*, source: Session, target: Session, by) -> None:
    """Copy the agenda of a session that one can read to one that one has just convened; nothing where it has one.

    What somebody offered was theirs to bring that day: its place is copied, and not its words. In another space none of
    the words appear, since other people read there; nor does anybody lead who is not in it.
    """
    locked = held_for_agenda(target, by)
    if locked.agenda.exists() or locked.space is None or source.space_id not in Reader(by).spaces:
        return
    here = set(locked.space.members().values_list("person", flat=True))
    same = source.space_id == locked.space_id
    rows = []
    for item in source.agenda.select_related("offer"):
        with_words = same and not hasattr(item, "offer")
        words = {name: getattr(item, name) for name in WORDS} | ({} if with_words else {"title": "", "text": ""})
        rows.append(words | {"lead_id": item.lead_id if with_words and item.lead_id in here else None})
    if rows:
        _fill(locked, rows)
        _record(locked, "copy", by=by)


@transaction.atomic
def add_item(*, session: Session, words: Mapping[str, Any], by, key: str) -> AgendaItem:
    """Add an item where its kind belongs: `words` are kind, title, text, minutes and lead. A repeated POST adds none.

    Raises PermissionDenied, ValidationError (cancelled, over, more than a day in all), AlreadySent for other words
    under a used key.
    """
    locked = held_for_agenda(session, by)
    if not Draft.use(author=by, key=key, form="agenda-item"):
        made = locked.agenda.filter(**words).first()
        if made:
            return made
        raise AlreadySent
    check_time(locked, words["minutes"])
    item = insert(locked, **words)
    _record(locked, "add", by=by, item=item.public_id)
    return item


@transaction.atomic
def change_item(*, session: Session, item: AgendaItem, version: int, words: Mapping[str, Any], by, key: str) -> None:
    """Change an item. Raises StaleVersion where somebody saved it meanwhile, ItemGone where somebody removed it."""
    locked = held_for_agenda(session, by)
    now = locked.agenda.filter(pk=item.pk).first()
    if now is None:
        raise ItemGone
    used_before = not Draft.use(author=by, key=key, form="agenda-item-edit")
    if all(getattr(now, name) == value for name, value in words.items()):
        return
    if used_before or now.version != version:
        raise StaleVersion
    check_time(locked, words["minutes"] - now.minutes)
    for name, value in words.items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    _record(locked, "change", by=by, item=now.public_id)


@transaction.atomic
def move_item(*, session: Session, item: str, up: bool, by) -> None:
    """Move the item of that public id by one place. At the end of the agenda it stays. Raises ItemGone."""
    locked = held_for_agenda(session, by)
    rows = list(locked.agenda.all())
    at = next((number for number, row in enumerate(rows) if row.public_id == item), None)
    if at is None:
        raise ItemGone
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows.insert(to, rows.pop(at))
        number(rows)
        _record(locked, "move", by=by, item=item)


@transaction.atomic
def remove_item(*, session: Session, item: AgendaItem, by) -> None:
    """Take an item off the agenda; where somebody did, nothing is left to do."""
    locked = held_for_agenda(session, by)
    if locked.agenda.filter(pk=item.pk).delete()[0]:
        _record(locked, "remove", by=by, item=item.public_id)


def _fill(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, position=number, **row) for number, row in enumerate(rows)
    )


def _record(session: Session, what: str, *, by: Any, **details: str) -> None:
    record_event(by=by, action=f"agenda.{what}", kind="session", public_id=session.public_id, **details)
