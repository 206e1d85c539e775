"""Folding words and setting them aside: who may, why not, and the columns that say so.

The words of a record that could identify somebody are folded by any of its readers, until its author has looked. Those
who look after its space may set it aside. `records.withholding` says from whom words are then withheld.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.asked import Asked
from partnerships.models import HeldRole, Space
from partnerships.reader import Reader

from . import kinds
from .access import may_edit
from .models import Fold, Record, SettingAside
from .withholding import spaces_looked_after


def why_not_fold(record: Record, *, by) -> str:
    """Say why this reader cannot fold the record's words; nothing where they can."""
    if record.is_by(by):
        return _("This is yours. Change it, or take it back: then nobody else reads it.")
    if record.withdrawn_at:
        return _("Its author has taken it back: nobody else reads it any more.")
    if record.set_aside_at:
        return _("It is set aside: nobody but its author reads it.")
    if record.folded_at:
        return _("A reader has folded it already, and its author was told.")
    last = record.folds.filter(folded_by=by).first()
    if last and last.end == Fold.End.PUT_BACK and not _edited_since(record, last):
        return _("You folded this before, and it was put back with a reason. Its words have not changed since.")
    return ""


def _edited_since(record: Record, fold: Fold) -> bool:
    # Sharing was undone meanwhile: what was changed in the notebook has no day.
    changed_at = [day for day in (record.edited_at, record.shared_at) if day]
    return bool(fold.ended_at and max(changed_at) > fold.ended_at)


def may_put_back(reader: Reader, record: Record) -> bool:
    """Say whether the reader may put folded words back: their author; once the author is gone, who looks after them."""
    if not record.folded_at or not record.stands:
        return False
    return may_edit(reader, record) if record.is_by(reader.person) else not record.words_withheld_from(reader.person)


def may_set_aside(reader: Reader, record: Record, *, stewards: Collection[int] | None = None) -> bool:
    """Say whether the reader may set the record aside and lift that: who looks after its space, not its author.

    `stewards` are those in its space, where that was asked already.
    """
    return not record.is_by(reader.person) and _looks_after_space(reader, record, stewards)


def _looks_after_space(reader: Reader, record: Record, stewards: Collection[int] | None) -> bool:
    """Say whether the reader looks after the space that a record is in; never by office alone.

    A steward who is in the space; where none is, or none but its author, who opened it, while they are in it.
    """
    space = reader.spaces.get(record.space_id or 0)
    if space is None or space.pk in spaces_looked_after(reader):
        return space is not None
    if space.opened_by_id != reader.person.pk:
        return False
    return {record.author_id}.issuperset(stewards_in(space) if stewards is None else stewards)


def stewards_in(space: Space) -> set[int]:
    """Return the primary keys of the stewards who are in a space."""
    held = HeldRole.objects.current().filter(is_steward=True, membership__in=space.members())
    return set(held.values_list("membership__person", flat=True))


def why_not_set_aside(record: Record) -> str:
    """Say why who looks after its space cannot set the record aside; nothing where they can."""
    if record.withdrawn_at:
        return _("Its author has taken it back: nobody else reads it any more.")
    if _open_side(record, by_order=False):
        return _("It is set aside already.")
    return ""


def _open_side(record: Record, *, by_order: bool) -> SettingAside | None:
    if record.set_aside_at is None:
        return None
    return record.settings_aside.open().filter(by_order=by_order).first()


def set_aside_by_space(record: Record) -> SettingAside | None:
    """Return how those who look after its space set it aside, where they have."""
    return _open_side(record, by_order=False)


def to_look_at(reader: Reader):
    """Return what was folded and is to be looked at by the reader: what they wrote, or may put back."""
    folded = Record.objects.visible_to(reader).with_words_for(reader).standing().exclude(folded_at=None)
    return folded.filter(space__in=list(reader.spaces))


def perhaps_asked(reader: Reader):
    """Return what is folded of their own, or in a space that they look after: nobody is asked about anything else."""
    folded = Record.objects.visible_to(reader).exclude(folded_at=None)
    return folded.filter(Q(author=reader.person) | Q(space__in=spaces_looked_after(reader)))


def asked_of(reader: Reader) -> list[Asked]:
    """Ask people to look at what was folded: their own, and what nobody else can put back since its author is gone."""
    rows = to_look_at(reader).for_rows(reader).order_by("-folded_at", "-pk")
    return [_asked(row, mine=row.is_by(reader.person)) for row in rows]


def _asked(row: Record, *, mine: bool) -> Asked:
    place = row.space.partnership if row.space else None
    return Asked(
        title=_("A reader says that this could identify somebody") if mine else _("Folded, and its author is gone"),
        words=row.first_words if mine else _("You look after its space: put it back with a reason, or set it aside."),
        where=place.name if place else _("The wider field"),
        address=row.get_absolute_url(),
        label=_("Look at it"),
    )


def orders() -> list[SettingAside]:
    """Return what is set aside by order of law now, the latest first; of the records no more than their addresses."""
    rows = SettingAside.objects.open().filter(by_order=True).select_related("record", "set_aside_by")
    return list(rows.only("reason", "set_aside_at", "set_aside_by__name", "record__kind", "record__public_id"))


def standing_order(public_id: str) -> SettingAside | None:
    """Return the order by which the record of that public id is set aside now."""
    return next((row for row in orders() if row.record.public_id == public_id), None)


def unfold_after_change(record: Record, *, by) -> None:
    """End the fold where its author has changed the words; saving the same again does not."""
    if record.folded_at:
        unfold(record, end=Fold.End.EDITED, by=by)


def unfold(record: Record, *, end: str, by, reason: str = "") -> None:
    """End the fold of a record, where there is one: part of a change, and in its transaction."""
    ended = {"ended_at": timezone.now(), "ended_by": by, "end": end, "reason": reason}
    if Fold.objects.open().filter(record_id=record.pk).update(**ended):
        note_state(record)


def note_state(record: Record) -> None:
    """Write on the record itself whether it is folded or set aside: these two columns follow the rows, here alone."""
    folded = Fold.objects.open().filter(record_id=record.pk).values_list("folded_at", flat=True).first()
    aside = SettingAside.objects.open().filter(record_id=record.pk).order_by("set_aside_at")
    record.folded_at = folded
    record.set_aside_at = aside.values_list("set_aside_at", flat=True).first()
    record.save(update_fields=["folded_at", "set_aside_at"])


def public_id_at(address: str) -> str:
    """Return the public id of the record whose page an address is, on whatever host; nothing where it is none.

    A response is often known by the address of the page that it stands on, with its own part at the end.
    """
    try:
        parts = urlsplit(address.strip())
        if parts.fragment.startswith("response-"):
            return parts.fragment.removeprefix("response-")
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return ""
    return match.kwargs.get("public_id", "") if match.view_name in {kind.url_name for kind in kinds.all_kinds()} else ""
