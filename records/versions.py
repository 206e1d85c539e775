"""What a record said before each change, and the number that lets only one of two writers win."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from . import kinds
from .models import Record, Telling, Version

LONGEST_TOKEN = 20


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
    return {
        "title": record.title,
        "text": record.text,
        **_said_beside(record),
        **kinds.get(record.kind).further_words(record),
    }


def _said_beside(record: Record) -> dict[str, Any]:
    """Return what it says of a change, and whose words it says they are; nothing that it does not say."""
    words = {name: getattr(record, name) for name in ("what_changed", "we_assumed", "we_now_assume", "told_by")}
    telling = Telling.objects.select_related("agreed_for").filter(record_id=record.pk).first()
    if telling:
        words["telling"] = {
            "from_outside": record.told_from_outside,
            "how_agreed": telling.how_agreed,
            "agreed_on": telling.agreed_on.isoformat() if telling.agreed_on else "",
            "agreed_for": telling.agreed_for.public_id if telling.agreed_for else "",
        }
    return {name: value for name, value in words.items() if value}


def saved_words(record: Record) -> dict[str, Any]:
    """Return what the record says in the database: a form may have changed the object, or be of no kind of its own."""
    return words_of(kinds.model_of(record.kind)._default_manager.get(pk=record.pk))


def words_at(record: Record, version: int) -> dict[str, Any]:
    """Return what the record said when it had that version number."""
    kept = record.versions.filter(number__gte=version).order_by("number").first()
    return kept.words if kept else words_of(record)


def token_of(record: Record) -> str:
    """Give a token for the version that a reader looks at: how often it was changed is its author's alone to know."""
    return _token(record, record.version)


def version_of(record: Record, token: str, *, since: int = 1) -> int:
    """Return the version that a token was given for; 0 where it was given for none `since` then."""
    numbers = range(record.version, since - 1, -1)
    return next((number for number in numbers if constant_time_compare(token, _token(record, number))), 0)


def _token(record: Record, version: int) -> str:
    return salted_hmac("records.versions", f"{record.public_id} {version}", algorithm="sha256").hexdigest()[
        :LONGEST_TOKEN
    ]


def keep_version(record: Record, *, number: int, by) -> dict[str, Any]:
    """Keep what the record says now, as version `number`, before it is changed by somebody; return that."""
    words = saved_words(record)
    Version.objects.create(record_id=record.pk, number=number, words=words, replaced_by=by, replaced_at=timezone.now())
    return words
