"""The "Start here" shelf as one reader sees it. Upper apps say which of their addresses the reader may open."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404, ResolverMatch, resolve

from .models import Partnership, ShelfItem
from .reader import Reader

# Which of the addresses the reader may open. Those that are none of the resolver's business it leaves out.
Resolver = Callable[[Reader, dict[str, ResolverMatch]], dict[str, bool]]

_resolvers: list[Resolver] = []


def register(resolver: Resolver) -> None:
    """Add something that knows who may open some addresses; it takes one query for all of them."""
    _resolvers.append(resolver)


def page_at(address: str) -> ResolverMatch | None:
    """Return what stands at an address on this site; None elsewhere, and where nothing is."""
    if not address.startswith("/"):
        return None
    try:
        return resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return None


def readable(reader: Reader, items: Iterable[ShelfItem]) -> list[ShelfItem]:
    """Return the items that the reader may open.

    The others are left out and not only unlinked: that there is something may be more than the reader may know.
    """
    items = list(items)
    pages = {item.address: match for item in items if (match := page_at(item.address))}
    known: dict[str, bool] = {}
    for resolver in _resolvers if pages else ():
        known |= resolver(reader, pages)
    return [
        item for item in items if known.get(item.address, item.address in pages or not item.address.startswith("/"))
    ]


def shelf_of(reader: Reader, partnership: Partnership) -> list[ShelfItem]:
    """Return what stands under "Start here" for this reader, in its order."""
    return readable(reader, partnership.shelf_items.all())


def pages_of_partnerships(reader: Reader, pages: dict[str, ResolverMatch]) -> dict[str, bool]:
    """Say which pages of partnerships and spaces the reader may open."""
    slugs = {membership.partnership.slug for membership in reader.memberships.values()}
    known = {}
    for address, match in pages.items():
        if "slug" in match.kwargs:
            known[address] = match.kwargs["slug"] in slugs
            if match.view_name == "partnerships:space-detail":
                known[address] &= match.kwargs["public_id"] in {row.public_id for row in reader.spaces.values()}
    return known
