"""Which words of a record are searched. Whoever keeps words of records elsewhere registers a source of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from records.models import Record

# Gives, for the primary keys of records, the texts that are theirs; keys without any may be missing.
Provider = Callable[[Sequence[int]], Mapping[int, Iterable[str]]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a source of words. It is asked for many records at once, in as many queries as for one."""
    _providers.append(provider)


def texts_of(records: Sequence[Record]) -> dict[int, list[str]]:
    """Return the texts that its page shows of each record, by its primary key: its title first, which may be empty.

    Tags are not among them: they have a filter, and must never find what is not named.
    """
    found = {
        row.pk: [row.title, row.text, *(part["text"] for part in row.before_and_now), row.told_by] for row in records
    }
    for provider in _providers:
        for key, texts in provider(list(found)).items():
            found[key] += texts
    return found
