"""What people did, in words: each app has words for each action that it records, and knows where its things are."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from .models import AuditEvent

# So many on a page.
PAGE = 50
Words = Mapping[str, str | Promise]
# From a reader and public ids to the addresses of those that the reader can open.
Addresses = Callable[[Any, Collection[str]], Mapping[str, str]]

_words: dict[str, str | Promise] = {}
_addresses: dict[str, Addresses] = {}


def register(words: Words, addresses: Mapping[str, Addresses] | None = None) -> None:
    """Add the words for an app's actions, and by kind how its things are found."""
    _words.update(words)
    _addresses.update(addresses or {})


def registered() -> Words:
    """Return the words of all actions."""
    return dict(_words)


def in_words(event: AuditEvent) -> str:
    """Return what was done, as a sentence without who did it; the bare name of an action that is no longer recorded."""
    return str(_words.get(event.action, event.action))


def addresses_of(events: Collection[AuditEvent], reader: Any) -> dict[int, str]:
    """Return where the things of these events can still be read, by the event's key; one question for each kind."""
    found: dict[int, str] = {}
    for kind in {event.kind for event in events} & _addresses.keys():
        rows = [event for event in events if event.kind == kind]
        addresses = _addresses[kind](reader, {event.public_id for event in rows})
        found |= {event.pk: addresses[event.public_id] for event in rows if event.public_id in addresses}
    return found


def page_of(events: QuerySet[AuditEvent], before: str) -> tuple[list[AuditEvent], str]:
    """Return the newest of these events, or those before a place in the list, and where the older ones begin.

    A place is the seal of the last event shown, since the keys of events tell how much others do (decision 6). A
    made-up one gives the first page. What is not sealed yet is at most a minute old, and never ends a page.
    """
    rows = events.select_related("actor", "seal").order_by("-pk")
    last = events.filter(seal__digest=before).values_list("pk", flat=True).first() if before else None
    page = list((rows.filter(pk__lt=last) if last else rows)[: PAGE + 1])
    shown = page[:PAGE]
    sealed = next((row.seal.digest for row in reversed(shown) if hasattr(row, "seal")), "")
    return shown, sealed if len(page) > PAGE else ""
