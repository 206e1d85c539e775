"""Which words of a record are searched. Whoever keeps words of records elsewhere registers a source of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from records.models import Record

# Gives, for the primary keys of records, the texts that are theirs; keys without any may be missing.
Provider = Callable[[Sequence[int]], Mapping[int, Iterable[str]]]

_providers: list[tuple[Provider, frozenset[str]]] = []


def register(provider: Provider, *, of: Iterable[str] = ()) -> None:
    """Add a source of words. It is asked for many records at once, in as many queries as for one.

    `of` are the kinds of records that it has words of: it is not asked for others. Without, it is asked for all.
    """
    _providers.append((provider, frozenset(of)))


def texts_of(records: Sequence[Record]) -> dict[int, list[str]]:
    """Return the texts that its page shows of each record, by its primary key: its title first, which may be empty.

    Tags are not among them: they have a filter, and must never find what is not named.
    """
    found = {
        row.pk: [row.title, row.text, *(part["text"] for part in row.before_and_now), row.told_by] for row in records
    }
    for provider, kinds in _providers:
        keys = [row.pk for row in records if not kinds or row.kind in kinds]
        for key, texts in provider(keys).items() if keys else ():
            found[key] += texts
    return found
