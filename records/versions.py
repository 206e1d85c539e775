"""What a record said before each change, and the number that lets only one of two writers win."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from . import kinds
from .models import Record, Version


class StaleVersion(Exception):
    """Somebody saved the record after this form was opened. Nothing was written."""


class AlreadySent(Exception):
    """The form was sent before, and holds other words now. Nothing was written: the words need a form of their own."""


def swap_version(record: Record, version: int) -> None:
    """Take the next version number, or raise StaleVersion: first thing in the transaction of every change.

    On `Record` itself and never through the kind's model, where on PostgreSQL several of twenty writers would win.
    """
    if not Record.objects.filter(pk=record.pk, version=version).update(version=F("version") + 1):
        raise StaleVersion
    record.version = version + 1


def words_of(record: Record) -> dict[str, Any]:
    """Return all that the record says, as JSON: its title and text, and the further words of its kind."""
    return {"title": record.title, "text": record.text, **kinds.get(record.kind).further_words(record)}


def keep_version(record: Record, *, number: int, by) -> None:
    """Keep what the record says now, as version `number`, before it is changed by somebody."""
    # From the database: a form may have changed the object already.
    words = words_of(type(record)._default_manager.get(pk=record.pk))
    Version.objects.create(record_id=record.pk, number=number, words=words, replaced_by=by, replaced_at=timezone.now())
