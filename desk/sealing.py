"""The chain of audit events: each is sealed with a digest of itself and of all that were sealed before it.

Events are added in the request, in any order in which transactions end. The clock seals them afterwards, one process
at a time, so that no request waits for another; what is not sealed yet is at most a minute old where the clock runs.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.tasks import task
from django.utils import timezone

from .models import AuditEvent, AuditSeal

# What the first link follows.
BEGINNING = "0" * 64
BATCH = 500
# Events come in the order of their moments, but for transactions that were open beside each other, and these are over
# long before that. Whatever comes later than so was written in afterwards.
LATEST = timedelta(hours=1)


@task
def seal_due_events() -> int:
    """Seal what is not sealed yet; return how many events that were."""
    sealed = 0
    while number := _seal_some():
        sealed += number
    return sealed


def _seal_some() -> int:
    try:
        with transaction.atomic():
            return len(AuditSeal.objects.bulk_create(_next_links()))
    except IntegrityError:
        # Another process is sealing, and was first with a number: the next tick goes on after it.
        return 0


def _next_links() -> list[AuditSeal]:
    # Where there is a last link, others wait for it; its unique number stops those who do not.
    AuditSeal.objects.select_for_update().order_by("-number").first()
    last = AuditSeal.objects.order_by("-number").first()
    number, before = (last.number, last.digest) if last else (0, BEGINNING)
    now = timezone.now()
    links = []
    for event in AuditEvent.objects.unsealed().order_by("pk")[:BATCH]:
        number += 1
        before = digest_of(event, number=number, sealed_at=now, before=before)
        links.append(AuditSeal(number=number, event=event, sealed_at=now, digest=before))
    return links


def digest_of(event: AuditEvent, *, number: int, sealed_at: datetime, before: str) -> str:
    """Return the digest of an event at this place of the chain: SHA-256 of the one before and of all its fields.

    The fields are written in one way only (JSON with sorted keys and no spaces, moments in UTC), on both databases.
    """
    fields = {
        "number": number,
        "event": event.pk,
        "actor": event.actor_id,  # type: ignore[attr-defined]
        "action": event.action,
        "kind": event.kind,
        "public_id": event.public_id,
        "facts": event.facts,
        "happened_at": _in_utc(event.happened_at),
        "sealed_at": _in_utc(sealed_at),
    }
    words = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{before}{words}".encode()).hexdigest()


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def latest_anchor() -> str:
    """Return the digest of the last link, which holds all before it: to be noted outside of this server."""
    return AuditSeal.objects.order_by("-number").values_list("digest", flat=True).first() or ""


def first_break(*, anchor: str = "") -> str:
    """Go through the whole chain; say in a sentence where it first breaks, or nothing where it holds.

    `anchor` is a digest that was noted elsewhere, and must be one of the chain's.
    """
    # Those that wait are looked at first: whatever is sealed meanwhile is looked at twice, and not missed.
    waiting = list(AuditEvent.objects.unsealed().order_by("pk"))
    before, number, newest, found_anchor = BEGINNING, 0, None, not anchor
    for seal in AuditSeal.objects.select_related("event").order_by("number").iterator(chunk_size=BATCH):
        number += 1
        words = _fault_at(seal, number=number, before=before, newest=newest)
        if words:
            return words
        found_anchor = found_anchor or seal.digest == anchor
        before, newest = seal.digest, max(newest or seal.event.happened_at, seal.event.happened_at)
    if not found_anchor:
        return (
            f"The anchor {anchor} is not in the chain: events at its end were taken away, or all links after some event"
            " were made anew."
        )
    if not number and not waiting and get_user_model()._default_manager.exists():
        return "There are people, and not one event: all of them were taken away."
    late = next((event for event in waiting if _is_late(event, newest)), None)
    return f"{_called(late)} is not sealed yet, and older than what is: it was added afterwards." if late else ""


def _fault_at(seal: AuditSeal, *, number: int, before: str, newest: datetime | None) -> str:
    """Say what is wrong with one link, which should be the one of this number; nothing where all is well."""
    if seal.number != number:
        return f"Link {number} is missing: an event was taken away, or its seal."
    if seal.digest != digest_of(seal.event, number=number, sealed_at=seal.sealed_at, before=before):
        return f"{_called(seal.event)} at link {number} is not what was sealed: it was changed, moved, or its seal was."
    if _is_late(seal.event, newest):
        return f"{_called(seal.event)} at link {number} is older than one before it: it was added afterwards."
    return ""


def _is_late(event: AuditEvent, newest: datetime | None) -> bool:
    return newest is not None and event.happened_at < newest - LATEST


def _called(event: AuditEvent) -> str:
    return f"Event {event.pk} ({event})"
