"""The "Start here" shelf, for those who join later."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships.models import Partnership, ShelfItem
from partnerships.models.shelf import MOST_ON_SHELF
from partnerships.versions import begin_change


@transaction.atomic
def add_to_shelf(
    *, partnership: Partnership, title: str, address: str, why: str = "", version: int | None = None, by
) -> ShelfItem:
    """Put something on the shelf, as its last. Five things at most: ValidationError."""
    begin_change(partnership, version=version, by=by)
    if partnership.shelf_items.count() >= MOST_ON_SHELF:
        raise ValidationError(
            _("There are %(n)d things on the shelf already. Take one off first: nobody reads a long list."),
            params={"n": MOST_ON_SHELF},
        )
    last = partnership.shelf_items.aggregate(last=Max("position"))["last"] or 0
    item = ShelfItem.objects.create(
        partnership=partnership,
        title=title,
        why=why,
        address=address,
        position=last + 1,
        added_by=by,
        added_at=timezone.now(),
    )
    record_event(by=by, action="shelf.add", kind="shelf", public_id=item.public_id, partnership=partnership.slug)
    return item


@transaction.atomic
def change_on_shelf(*, item: ShelfItem, title: str, address: str, why: str, version: int | None, by) -> None:
    """Change what is said of a thing on the shelf, or where it leads."""
    begin_change(item.partnership, version=version, by=by)
    ShelfItem.objects.filter(pk=item.pk).update(title=title, address=address, why=why)
    record_event(by=by, action="shelf.change", kind="shelf", public_id=item.public_id)


@transaction.atomic
def move_on_shelf(*, item: ShelfItem, up: bool, by) -> None:
    """Let a thing on the shelf change places with the one above or below it, if there is one."""
    begin_change(item.partnership, version=None, by=by)
    rows = list(item.partnership.shelf_items.all())
    here = next((place for place, row in enumerate(rows) if row.pk == item.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is not None and there is not None and 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        ShelfItem.objects.filter(pk=row.pk).update(position=position)
    record_event(by=by, action="shelf.move", kind="shelf", public_id=item.public_id)


@transaction.atomic
def take_off_shelf(*, item: ShelfItem, version: int | None, by) -> None:
    """Take a thing off the shelf. What it led to stays where it is."""
    begin_change(item.partnership, version=version, by=by)
    record_event(by=by, action="shelf.remove", kind="shelf", public_id=item.public_id)
    item.delete()
