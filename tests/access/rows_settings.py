"""The rows of the matrix about starting a partnership and its settings.

Who looks after settings may; other members are refused; to everybody else nothing is there. Of a draft nobody but its
starter knows, at any of these addresses.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.cast import SIGNED_IN, Cast

from .matrix import MEMBERS_OF, NOBODY, WITH_DUTY, WITHOUT_DUTY, Row, key_of, nothing, slug_of

STARTER = frozenset({"steward"})
Body = Callable[[Cast], dict[str, Any]]


def _day(name: str) -> dict[str, int]:
    today = timezone.localdate()
    return {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}


def _with_version(partnership: str, words: dict[str, Any]) -> Body:
    return lambda cast: {**words, "version": cast[partnership].version}


def _in(partnership: str, thing: Callable[[Cast], str]) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[partnership].slug, thing(cast))


def _rows(name: str, of: str, partnership: str, words: dict[str, Any], args=None, get: int = 200) -> Row:
    opened = partnership == "partnership"
    return Row(
        f"partnerships:{name}",
        of,
        args or slug_of(partnership),
        readers=WITH_DUTY if opened else STARTER,
        refused=WITHOUT_DUTY if opened else NOBODY,
        body=_with_version(partnership, words),
        get=get,
    )


LINE = {"kind": "time", "who": "The early shift", "days": "12"}
THING = {"title": "Read this", "address": "https://example.org/"}
FORMS: dict[str, dict[str, Any]] = {
    "purpose-edit": {"name": "Early Shift", "purpose": "Why.", "kind": "learning", **key_of("purpose")},
    "nesting-edit": {"parent": ""},
    "intentions-edit": {"intention_1": "Listen.", **key_of("intentions")},
    "phase-edit": {"phase": "working", **_day("began_on")},
    "words-edit": {"role:manager": "Team lead"},
    "talk-edit": {"talk_words": "10am", **_day("talk_on")},
    "resource-new": LINE,
    "shelf-new": THING,
}
THINGS = {
    "participation": {"ways": "hosts"},
    "resource": LINE,
    "shelf": THING,
}
WHERE = {
    ("participation", "partnership"): lambda cast: cast.council.public_id,
    ("participation", "unopened"): lambda cast: cast.council.public_id,
    ("resource", "partnership"): lambda cast: cast["resource"].public_id,
    ("resource", "unopened"): lambda cast: cast["draft_resource"].public_id,
    ("shelf", "partnership"): lambda cast: cast["shelf_item"].public_id,
    ("shelf", "unopened"): lambda cast: cast["draft_shelf_item"].public_id,
}
BOTH = ("partnership", "unopened")
STARTING = [
    Row(
        "partnerships:partnership-new",
        readers=SIGNED_IN,
        body=lambda cast: {"name": "A new one", "purpose": "", "kind": "learning", "role": "other", **key_of("start")},
    ),
    Row("partnerships:partnership-delete", "a draft", slug_of("unopened"), STARTER, body=nothing),
    Row("partnerships:partnership-delete", "opened", slug_of("partnership"), refused=WITHOUT_DUTY),
    *[
        Row(
            "partnerships:steps-close",
            partnership,
            slug_of(partnership),
            WITH_DUTY if partnership == "partnership" else STARTER,
            refused=WITHOUT_DUTY if partnership == "partnership" else NOBODY,
            body=nothing,
        )
        for partnership in BOTH
    ],
    *[
        Row(
            "partnerships:room-open",
            partnership,
            slug_of(partnership),
            readers,
            body=lambda cast: {"room": "spaces"},
        )
        for partnership, readers in MEMBERS_OF.items()
    ],
]
SETTINGS = [
    *[
        Row(
            "partnerships:settings-detail",
            partnership,
            slug_of(partnership),
            WITH_DUTY if partnership == "partnership" else STARTER,
            refused=WITHOUT_DUTY if partnership == "partnership" else NOBODY,
        )
        for partnership in BOTH
    ],
    *[_rows(name, partnership, partnership, words) for name, words in FORMS.items() for partnership in BOTH],
    *[
        Row(
            "partnerships:participation-new",
            partnership,
            slug_of(partnership),
            WITH_DUTY if partnership == "partnership" else STARTER,
            refused=WITHOUT_DUTY if partnership == "partnership" else NOBODY,
            body=lambda cast, partnership=partnership: {
                "organisation": cast.provider.public_id,
                "ways": "hosts",
                "version": cast[partnership].version,
            },
        )
        for partnership in BOTH
    ],
    *[
        _rows(f"{thing}-{verb}", partnership, partnership, sent, _in(partnership, WHERE[thing, partnership]))
        for thing, words in THINGS.items()
        for partnership in BOTH
        for verb, sent in (("edit", words), ("delete", {}))
    ],
    *[_rows("shelf-list", partnership, partnership, {}) for partnership in BOTH],
    # What belongs to another partnership is not found through one's own.
    *[
        Row(
            f"partnerships:{thing}-delete",
            "of another partnership",
            _in("unopened", WHERE[thing, "partnership"]),
            body=_with_version("unopened", {}),
        )
        for thing in ("resource", "shelf")
    ],
]
ROWS = [*STARTING, *SETTINGS]
