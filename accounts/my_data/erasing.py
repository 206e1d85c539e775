"""Erase me: what becomes of an account, of what is held about its person, and of their words. It is not undone.

What each table needs stands in `held.toml`. What takes more than deleting rows and emptying fields, an app does itself:
it registers a `Part` in its `apps.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Export, User
from desk.audit import record_event
from desk.models import Outbox

from . import ledger
from .declaration import declared


class Choice(models.TextChoices):
    """What becomes of the words that somebody has shared."""

    NAMED = "named", gettext_lazy("It stays, with my name")
    NOT_NAMED = "not_named", gettext_lazy("It stays, without my name")
    TAKEN_BACK = "taken_back", gettext_lazy("I take it back")


@dataclass(frozen=True)
class Leaving:
    """Somebody who is being erased: who, as what they were known, and what becomes of what they have shared.

    `again` is after a restore: what then stands in the way is no reason to keep somebody who was erased before.
    """

    person: User
    choice: str
    name: str
    addresses: frozenset[str]
    again: bool = False


@dataclass(frozen=True)
class Obstacle:
    """What must be done first, and where."""

    words: str
    address: str


@dataclass(frozen=True)
class Part:
    """What one app does when somebody is erased.

    `effects` says in sentences what will happen, before anything does; `obstacles` what must be done first; `erase`
    does it.
    """

    erase: Callable[[Leaving], None]
    effects: Callable[[Leaving], list[str]] = lambda leaving: []
    obstacles: Callable[[Any], list[Obstacle]] = lambda person: []


_parts: list[Part] = []


def register(part: Part) -> None:
    """Add what an app does. Upper floors go first: what hangs on a place goes before the place."""
    _parts.insert(0, part)


def leaving(person: User, choice: str, *, again: bool = False) -> Leaving:
    """Return what the parts need to know of somebody."""
    found = set(person.emailaddress_set.values_list("email", flat=True)) | {person.email}  # type: ignore[attr-defined]
    return Leaving(person, choice, person.name, frozenset({*found, *map(str.lower, found)}), again)


def effects_of(person: User, choice: str) -> list[str]:
    """Say in sentences what will happen."""
    who = leaving(person, choice)
    return [words for part in reversed(_parts) for words in part.effects(who)]


def obstacles_of(person: User) -> list[Obstacle]:
    """Return what the person must do first."""
    return [obstacle for part in reversed(_parts) for obstacle in part.obstacles(person)]


@transaction.atomic
def erase(*, person: User, choice: str, by: User | None, again: bool = False) -> None:
    """Erase somebody for good; twice is once. `by` is the person, or None where a restore is followed up.

    Raises ValidationError where something must be done first, and OSError where the ledger cannot be written; then
    nothing is changed.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return
    if not again and obstacles_of(person):
        raise ValidationError(_("Something has to be done first."), code="obstacle")
    who = leaving(person, Choice(choice).value, again=again)
    for part in _parts:
        part.erase(who)
    _delete_and_empty(person)
    _forget_mails_and_sign_ins(who)
    Export.objects.filter(person=person).let_go()
    person.empty(name_on_words=who.name if choice == Choice.NAMED else "")
    record_event(by=by, action="account.erase", kind="account", public_id=person.public_id, again=again)
    if not again:
        ledger.note(person=person.public_id, choice=choice)
    transaction.on_commit(_delete_files, robust=True)


@transaction.atomic
def sweep(person: User) -> None:
    """Erase once more what is to be erased of somebody in any case, who was erased before."""
    who = Leaving(person, Choice.NAMED, "", frozenset(), again=True)
    for part in _parts:
        part.erase(who)
    _delete_and_empty(person)


def _delete_and_empty(person: User) -> None:
    """Do what the declaration says, table by table."""
    for held in declared().values():
        if held.table == "accounts.User" or not held.whose:
            continue
        if held.erased == "deleted":
            held.of_person(person, *held.deletes).delete()
        for name in held.emptied if held.erased == "stays" else ():
            ways = [held.of[name]] if name in held.of else []
            held.of_person(person, *ways).update(**{name: _empty(held.rows, name)})


def _empty(table: type[models.Model], name: str) -> Any:
    """Return what stands in a field that holds nothing."""
    column = table._meta.get_field(name)
    if getattr(column, "null", False):
        return None
    return column.get_default() if isinstance(column, models.JSONField) else ""  # type: ignore[union-attr]


def _forget_mails_and_sign_ins(who: Leaving) -> None:
    """Delete the mails to each address of theirs, their sign-ins, and how the admin's log names them."""
    for address in who.addresses:
        Outbox.objects.filter(recipients=[address]).delete()
    Session.objects.filter(pk__in=list(_sessions_of(who.person))).delete()
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(who.person.pk))
    about.update(object_repr="", change_message="")


def _sessions_of(person: User) -> Iterator[str]:
    """Give the keys of their sign-ins. Whose a session is stands inside it only, so each is opened."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            yield session.pk


def _delete_files() -> None:
    from .tasks import delete_old_exports

    delete_old_exports.enqueue()
