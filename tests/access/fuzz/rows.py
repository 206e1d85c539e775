"""All rows of the database, whose each is, and what somebody has changed of others'."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from tests.house.code import FLOORS

# Being here is noted, and rate limits and sessions come and go.
NOTED = {"here_at", "last_visit_ended_at", "last_login"}
APPS = {*FLOORS, "taggit", "account", "mfa"}
PARTNERSHIP, RECORD, MEMBERSHIP = "partnerships.Partnership", "records.Record", "partnerships.Membership"
# A partnership is not its parent's, and a person is nobody's.
LEADS_NOWHERE = {(PARTNERSHIP, "parent_id")}
Row = dict[str, Any]


class Rows:
    """Every row of our own tables, by model and primary key."""

    def __init__(self) -> None:
        self._held = {
            model._meta.label: {row[model._meta.pk.attname]: row for row in self._read(model)}
            for model in apps.get_models()
            if model._meta.app_label in APPS
        }

    @staticmethod
    def _read(model: type[models.Model]) -> Iterator[Row]:
        names = [field.attname for field in model._meta.concrete_fields if field.name not in NOTED]
        for values in model._base_manager.order_by().values_list(*names):
            yield dict(zip(names, values, strict=True))

    def of(self, label: str) -> dict[Any, Row]:
        """Give the rows of a model by primary key."""
        return self._held[label]

    def owners(self, label: str, row: Row, *, of: int | None, seen: frozenset = frozenset()) -> frozenset[int]:
        """Give the partnerships that a row belongs to, by following what it points at. What `of` wrote is theirs."""
        model = apps.get_model(label)
        key = (label, row[model._meta.pk.attname])
        if label == PARTNERSHIP:
            return frozenset({row["id"]})
        if key in seen or (label == RECORD and of is not None and row["author_id"] == of):
            return frozenset()
        found: frozenset[int] = frozenset()
        for field in model._meta.concrete_fields:
            if not field.is_relation or (label, field.attname) in LEADS_NOWHERE or row.get(field.attname) is None:
                continue
            there = field.related_model._meta.concrete_model._meta.label
            if there != settings.AUTH_USER_MODEL and (target := self._held.get(there, {}).get(row[field.attname])):
                found |= self.owners(there, target, of=of, seen=seen | {key})
        return found

    def partnerships_of(self, person: int | None) -> frozenset[int]:
        """Give the partnerships that somebody is in now."""
        now = timezone.now()
        return frozenset(
            row["partnership_id"]
            for row in self.of(MEMBERSHIP).values()
            if row["person_id"] == person and (row["ended_at"] is None or row["ended_at"] > now)
        )

    def changed(self, after: "Rows") -> Iterator[tuple[str, Row | None, Row | None]]:
        """Give each row that is another one after, with how it was and how it is."""
        for label, rows in self._held.items():
            others = after._held[label]
            if rows != others:
                for pk in rows.keys() | others.keys():
                    if rows.get(pk) != others.get(pk):
                        yield label, rows.get(pk), others.get(pk)


def others_changed(before: Rows, after: Rows, *, person: int | None, allowed: frozenset[int]) -> list[str]:
    """Say which rows a person has changed that are another partnership's, or another person's words or drafts."""
    mine = before.partnerships_of(person) | after.partnerships_of(person) | allowed
    faults = []
    for label, was, now in before.changed(after):
        for rows, row in ((before, was), (after, now)):
            if row and (whose := rows.owners(label, row, of=person) - mine):
                faults.append(f"changed {label} of partnership {sorted(whose)}: {differences(was, now)}")
                break
        faults += [f"changed {label}: {fault}" for fault in _anothers(label, was, now, person)]
    return faults


def _anothers(label: str, was: Row | None, now: Row | None, person: int | None) -> Iterator[str]:
    """Say what is wrong where somebody's own words, draft, file or account was changed by somebody else."""
    row = was or now or {}
    if label == RECORD and row["author_id"] != person:
        words = ("title", "text", "author_id", "space_id", "attribution", "told_by")
        if not (was and now) or any(was[name] != now[name] for name in words):
            yield "another's words"
    if label == "desk.Draft" and row["author_id"] != person and (now or {}).get("data"):
        yield "another's draft"
    if label == "records.Attachment" and row["owner_id"] != person:
        yield "another's file"
    if label == settings.AUTH_USER_MODEL and row["id"] != person:
        yield "another's account"


def differences(was: Row | None, now: Row | None) -> str:
    """Say in a line what differs between a row and the same row later."""
    if not (was and now):
        return f"{'gone' if was else 'made'}: {str(was or now)[:300]}"
    return ", ".join(f"{name}: {was[name]!r:.60} → {now[name]!r:.60}" for name in was if was[name] != now[name])
