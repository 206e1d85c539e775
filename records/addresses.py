"""The pages that records of every kind have, each at the address of its own kind: /reflections/<id>/fold/."""

from functools import cache

from django.urls import reverse

from . import kinds


@cache
def _root_of(url_name: str) -> str:
    """Return the first word of the address of a kind's records, such as "reflections"."""
    return reverse(url_name, args=["id"]).split("/")[1]


class KindConverter:
    """The first word of a record's address, which views get as the key of the kind."""

    regex = "[-a-z0-9]+"

    def to_python(self, value: str) -> str:
        """Return the kind whose records stand there; ValueError, and with it no such page, where none do."""
        for kind in kinds.all_kinds():
            if _root_of(kind.url_name) == value:
                return kind.key
        raise ValueError(value)

    def to_url(self, value: str) -> str:
        """Return the first word of the addresses of that kind."""
        known = {kind.key: kind for kind in kinds.all_kinds()}
        return _root_of(known[value].url_name) if value in known else value
