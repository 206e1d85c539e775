"""Telling people of what is new: each thing as a row, and mails made of what is due.

An app registers what its kind of notice means; the desk itself knows none. A mail says where and since when, never what
was written nor by whom, and whether it may be told is asked when the mail is written and again when it goes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import mail, unsubscribing
from .models import MailChoice, Notice, Outbox

# Somebody may undo at once what others were to be told of, and several things at a time make one mail.
SOON = timedelta(minutes=5)


@dataclass(frozen=True, order=True)
class Line:
    """One line of a mail: the place as its heading, a sentence without its full stop, and where to read on.

    `words` names the place itself ("Something new in Early peers") and no person; `address` begins with a slash. Lines
    that are alike become one, so that a mail counts nothing.
    """

    place: str
    words: str
    address: str


Find = Callable[[Any, str], Line | None]

_finders: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    """Add a kind of notice. `find(person, about)` gives its line, or None where the person may not be told."""
    _finders[kind] = find


def notify(*, people: Iterable[Any], kind: str, about: str, due_at: datetime | None = None) -> None:
    """Have these people told of a thing, in the transaction of the change; each as they chose, or not at all.

    `due_at` is for what nobody may know the hour of (`next_morning()`); otherwise it is told within minutes.
    """
    now = timezone.now()
    rows = [
        Notice(person=person, kind=kind, about=about, created_at=now, due_at=due_at or now + SOON)
        for person in set(people)
        if person.mail_choice != MailChoice.NEVER
    ]
    # A mail that has not gone says it as it was. It goes no more, and all that it tells of waits with this for another.
    again = Notice.objects.filter(person__in=[row.person for row in rows], kind=kind, about=about)
    overtaken = again.filter(mail__in=Outbox.objects.waiting()).values_list("mail", flat=True)
    Notice.objects.filter(mail__in=list(overtaken)).update(mail=None, done_at=None)
    Notice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "kind", "about"],
        update_fields=["created_at", "due_at", "mail", "done_at"],
    )


def people_to_tell() -> list[int]:
    """Return the primary keys of those for whom something is due."""
    return list(Notice.objects.due().order_by("person").values_list("person", flat=True).distinct())


@transaction.atomic
def write_mail_to(person: int) -> bool:
    """Make one mail of all that is due for the person with that primary key; return whether there is something to tell.

    A second worker waits for the rows, and finds them done.
    """
    notices = list(Notice.objects.due().filter(person=person).select_related("person").select_for_update(of=("self",)))
    lines = _lines_of(notices)
    row = _post(notices[0].person, lines, notices) if lines else None
    now = timezone.now()
    told = [notice.pk for notice in notices if notice.pk in lines]
    Notice.objects.filter(pk__in=told).update(mail=row, done_at=now)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices if notice.pk not in lines]).update(done_at=now)
    return row is not None


@transaction.atomic
def may_go(row: Outbox) -> bool:
    """Say whether all that a mail tells of may still be told, to this person at this address.

    Where only some of it may, the mail does not go, and what is left waits for another.
    """
    notices = list(row.notices.select_related("person"))
    lines = _lines_of(notices)
    if notices and len(lines) == len(notices) and row.recipients == [notices[0].person.email]:
        return True
    Notice.objects.filter(pk__in=lines).update(mail=None, done_at=None)
    return False


def _lines_of(notices: list[Notice]) -> dict[int, Line]:
    """Return the line of each notice that may be told, by its primary key. All are of one person."""
    if not notices or not _wants_mail(notices[0].person):
        return {}
    found = {notice.pk: _find(notice) for notice in notices}
    return {pk: line for pk, line in found.items() if line is not None}


def _find(notice: Notice) -> Line | None:
    find = _finders.get(notice.kind)
    return find(notice.person, notice.about) if find else None


def _wants_mail(person: Any) -> bool:
    return person.is_active and person.mail_choice != MailChoice.NEVER


def _post(person: Any, lines: dict[int, Line], notices: list[Notice]) -> Outbox:
    """Post the mail with these lines, each once, with the day since when, in an order that tells no hour."""
    since: dict[Line, datetime] = {}
    for notice in notices:
        if notice.pk in lines:
            line = lines[notice.pk]
            since[line] = min(since.get(line, notice.created_at), notice.created_at)
    ordered = sorted(since)
    places = [
        {"name": place, "lines": [{"line": line, "since": since[line]} for line in group]}
        for place, group in groupby(ordered, key=lambda line: line.place)
    ]
    weekly = person.mail_choice == MailChoice.WEEKLY
    return mail.post(
        to=person.email,
        template="notices",
        context={
            "subject": _subject(ordered, weekly=weekly),
            "places": places,
            "weekly": weekly,
            "unsubscribe_url": unsubscribing.address_for(person),
        },
        kind="notice",
        person=person,
        headers=unsubscribing.headers_for(person),
    )


def _subject(lines: list[Line], *, weekly: bool) -> str:
    if weekly:
        return _("Your week: what is new")
    return lines[0].words if len(lines) == 1 else _("What is new for you")
