"""What spans rows, and no constraint of the database can hold: looked for in the data as it is."""

from collections.abc import Callable, Iterator
from itertools import batched

from django.db.models import Count, Exists, F, OuterRef, Q

from partnerships.models import Admission, Membership, Partnership, Space, SpaceMembership

from .models import Fold, Record, Response, SearchText, SettingAside
from .search import index

# Records at a time, where their words are looked through.
BATCH = 500


def _partnerships_in_a_circle() -> Iterator[str]:
    parents = dict(Partnership.objects.values_list("pk", "parent"))
    for start in parents:
        seen: set[int] = set()
        node: int | None = start
        while node is not None and node not in seen:
            seen.add(node)
            node = parents[node]
        if node is not None:
            yield f"partnership {start}"


def _partnerships_without_everyone_space() -> Iterator[str]:
    for pk in Partnership.objects.exclude(spaces__kind=Space.Kind.EVERYONE).values_list("pk", flat=True):
        yield f"partnership {pk}"


def _memberships_without_a_role() -> Iterator[str]:
    for pk in Membership.objects.filter(held_roles=None).values_list("pk", flat=True):
        yield f"membership {pk}"


def _members_twice_at_once() -> Iterator[str]:
    """Find people with two stays in a partnership that last now: one that ends in days to come."""
    twice = Membership.objects.current().values("person", "partnership").annotate(n=Count("pk")).filter(n__gt=1)
    for row in twice.order_by("person", "partnership"):
        yield f"person {row['person']} in partnership {row['partnership']}"


def _places_of_another_partnership() -> Iterator[str]:
    for pk in SpaceMembership.objects.exclude(space__partnership=F("membership__partnership")).values_list(
        "pk", flat=True
    ):
        yield f"place {pk}"


def _one_to_ones_of_more_than_two() -> Iterator[str]:
    pairs = Space.objects.filter(kind=Space.Kind.ONE_TO_ONE).annotate(n=Count("places__membership", distinct=True))
    for pk in pairs.filter(n__gt=2).values_list("pk", flat=True):
        yield f"space {pk}"


def _one_to_ones_of_the_same_two() -> Iterator[str]:
    pairs: dict[int, set[int]] = {}
    for found in (SpaceMembership.objects.all(), Admission.objects.all()):
        rows = found.filter(space__kind=Space.Kind.ONE_TO_ONE, space__closed_at=None)
        for space, membership in rows.order_by().values_list("space", "membership"):
            pairs.setdefault(space, set()).add(membership)
    seen: set[frozenset[int]] = set()
    for space in sorted(pairs):
        two = frozenset(pairs[space])
        if len(two) == 2 and two in seen:
            yield f"space {space}"
        seen.add(two)


def _asked_in_for_nothing() -> Iterator[str]:
    """Find questions about somebody whose stay has ended, or about a space that is closed."""
    pending = Admission.objects.pending()
    idle = pending.exclude(membership__in=Membership.objects.current()) | pending.exclude(space__closed_at=None)
    for pk in idle.values_list("pk", flat=True):
        yield f"admission {pk}"


def _asked_in_twice_at_a_time() -> Iterator[str]:
    twice = Admission.objects.pending().order_by().values("space", "membership").annotate(n=Count("pk"))
    for row in twice.filter(n__gt=1):
        yield f"membership {row['membership']} in space {row['space']}"


def _records_beside_their_space() -> Iterator[str]:
    """Find records whose partnership is not that of their space."""
    inside = Q(partnership=F("space__partnership")) | Q(partnership=None, space__partnership=None)
    for pk in Record.objects.shared().exclude(inside).values_list("pk", flat=True):
        yield f"record {pk}"


def _responses_wider_than_their_record() -> Iterator[str]:
    stray = Response.objects.exclude(Q(space=F("within__space")) | Q(space=None, within__space=None))
    for pk in stray.values_list("pk", flat=True):
        yield f"record {pk}"


def _records_searched_by_other_words() -> Iterator[str]:
    """Find records whose search text is missing, or is not what they say now; `manage.py reindex` puts it right."""
    keys = Record.objects.order_by("pk").values_list("pk", flat=True)
    for batch in batched(keys.iterator(chunk_size=BATCH), BATCH):
        kept = SearchText.objects.in_bulk(batch)
        for right in index.search_texts_of(list(Record.objects.filter(pk__in=batch).order_by("pk"))):
            found = kept.get(right.pk)
            if found is None or (found.words, found.stems) != (right.words, right.stems):
                yield f"record {right.pk}"


def _folded_or_aside_against_their_rows() -> Iterator[str]:
    """Find records that say they are folded or set aside where no row of it is open, or the other way round."""
    folds = Exists(Fold.objects.open().filter(record=OuterRef("pk")))
    aside = Exists(SettingAside.objects.open().filter(record=OuterRef("pk")))
    agree = (Q(folds, folded_at__isnull=False) | Q(~folds, folded_at=None)) & (
        Q(aside, set_aside_at__isnull=False) | Q(~aside, set_aside_at=None)
    )
    for pk in Record.objects.exclude(agree).order_by("pk").values_list("pk", flat=True):
        yield f"record {pk}"


def _told_to_others_than_agreed() -> Iterator[str]:
    """Find what somebody told that is in a space they did not agree to, or that no second member has confirmed."""
    shared = Record.objects.shared()
    unasked = shared.filter(Q(told_from_outside=True) | ~Q(told_by=""), telling=None)
    elsewhere = shared.exclude(telling=None).exclude(telling__agreed_for=F("space"))
    unsaid = shared.exclude(telling=None).exclude(telling__question__knows=True)
    for pk in (unasked | elsewhere | unsaid).order_by("pk").distinct().values_list("pk", flat=True):
        yield f"record {pk}"


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "A partnership lies within itself": _partnerships_in_a_circle,
    "A partnership has no everyone space": _partnerships_without_everyone_space,
    "A membership has no role": _memberships_without_a_role,
    "Somebody is a member twice": _members_twice_at_once,
    "Somebody is in a space of another partnership": _places_of_another_partnership,
    "A one to one has more than two people": _one_to_ones_of_more_than_two,
    "Two people have two one to ones": _one_to_ones_of_the_same_two,
    "A question who comes in is open, and nobody can": _asked_in_for_nothing,
    "Somebody is asked into a space twice at a time": _asked_in_twice_at_a_time,
    "A record is in a space of another partnership": _records_beside_their_space,
    "A response is not where its record is": _responses_wider_than_their_record,
    "Somebody else's words are shared otherwise than they agreed": _told_to_others_than_agreed,
    "A record is folded or set aside, and no row says so": _folded_or_aside_against_their_rows,
    "A record is searched by other words than it says": _records_searched_by_other_words,
}


def register(rule: str, check: Callable[[], Iterator[str]]) -> None:
    """Add a rule of an upper app; `check` gives a table and a primary key for each row that breaks it."""
    CHECKS[rule] = check


def broken_rules() -> list[str]:
    """Return a line for each row that breaks a rule: the rule, the table and the primary key; no words."""
    return [f"{rule}: {row}" for rule, check in CHECKS.items() for row in check()]
