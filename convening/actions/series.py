"""Repeating a session as a series, and changing one of them with all that follow it."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening import series_news
from convening.access import following
from convening.changing import call_off, change_columns, put_at, require_ahead, require_host
from convening.models import Series, Session
from convening.repeating import Times, moved_by, times_on
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Membership, Space
from partnerships.reader import Reader
from records.models import Attribution, Record
from records.placing import place, require_place
from records.search import index

from .agenda import copy_agenda
from .sessions import change_session, hand_over_hosting

# What the sessions of a series have in common with the one that is repeated; each has its times and its host.
REPEATED = (
    "title",
    "text",
    "person_level",
    "occasion",
    "activity",
    "zone",
    "place",
    "link",
    "confidentiality",
    "missing",
    "question",
    "is_silent",
)


@transaction.atomic
def repeat_session(*, session: Session, rhythm: str, days: list[date], hosts: list[Membership], by) -> Series:
    """Make a series of a session: one more on each of `days` after the first, which is the session's own.

    `hosts` take turns, beginning with the session itself; without them whoever makes the series hosts all. People are
    told once. A repeated POST gets the series that the first one made. Raises PermissionDenied for others than the
    session's host, ValidationError where it is over, cancelled or in another series, or where an hour does not strike.
    """
    locked = (
        Session.objects.select_for_update(of=("self",))
        .select_related("space__partnership", "series")
        .get(pk=session.pk)
    )
    require_host(locked, by)
    if locked.series:
        return _made_already(locked.series, rhythm=rhythm, number=len(days), by=by)
    if locked.is_over:
        raise ValidationError(_("This session is over. Make a copy of it, and repeat that."), code="over")
    if days[0] != locked.day or locked.space is None:
        raise ValidationError(_("This session was moved meanwhile. Look at the days once more."), code="moved")
    membership = require_place(Reader(by), locked.space)
    series = Series.objects.create(rhythm=rhythm, made_by=by, made_at=timezone.now())
    locked.series = series
    locked.save(update_fields=["series"])
    if hosts and hosts[0].person_id != by.pk:
        hand_over_hosting(session=locked, to=hosts[0], by=by)
    for turn, times in enumerate(times_on(locked, days[1:]), 1):
        made = _repeat_once(locked, space=locked.space, at=times, membership=membership, by=by)
        if hosts:
            Session.objects.filter(pk=made.pk).update(host=hosts[turn % len(hosts)].person_id)
    series_news.tell_of_series(locked, by=by)
    record_event(by=by, action="session.repeat", kind="session", public_id=locked.public_id)
    return series


def _made_already(series: Series, *, rhythm: str, number: int, by) -> Series:
    if (series.rhythm, series.made_by_id, series.sessions.count()) == (rhythm, by.pk, number):
        return series
    raise ValidationError(_("This session is one of a series already. To make another one, copy it."), code="in_one")


def _repeat_once(session: Session, *, space: Space, at: Times, membership: Membership | None, by) -> Session:
    made = Session(
        kind="session",
        author=by,
        host=by,
        created_at=timezone.now(),
        series=session.series,
        starts_at=at.starts_at,
        ends_at=at.ends_at,
        **{name: getattr(session, name) for name in REPEATED},
    )
    place(made, space=space, attribution=Attribution.NAMED, membership=membership)
    made.save()
    index.write(made)
    copy_agenda(source=session, target=made, by=by)
    return made


def _held(session: Session, *, by) -> list[Session]:
    """Return what follows as it is now, held against other changes until this one is done."""
    held = [session.pk, *following(Reader(by), session).values_list("pk", flat=True)]
    # In one order, and the table first that every change takes first: two at once wait, and none of them for ever.
    list(Record.objects.select_for_update().filter(pk__in=held).order_by("pk").values_list("pk"))
    return list(following(Reader(by), session))


@transaction.atomic
def change_following(*, session: Session, version: int, changes: dict[str, Any], by, key: str) -> None:
    """Change what is said of a session, and of all that follow; what one of them says differently stays there."""
    before = {name: getattr(session, name) for name in changes}
    later = _held(session, by=by)
    change_session(session=session, version=version, changes=changes, by=by, key=key)
    changed = {name: value for name, value in changes.items() if value != before[name]}
    for row in later:
        fitting = {name: value for name, value in changed.items() if getattr(row, name) == before[name]}
        if fitting:
            change_columns(row, version=row.version, changes=fitting | {"edited_at": timezone.now()}, by=by)
            record_event(by=by, action="session.edit", kind="session", public_id=row.public_id)


@transaction.atomic
def move_following(*, session: Session, version: int, starts_at: datetime, ends_at: datetime, zone: str, by) -> None:
    """Move a session, and all that follow by as many days, to the same hours; what was moved alone keeps its time.

    Raises ValidationError, with the day, where one of them would be at an hour that does not strike, or strikes twice.
    """
    require_host(session, by)
    require_ahead(session, _("This session has begun, so it cannot be moved. Convene another one."))
    if session.moved_alone:
        raise ValidationError(_("This session was moved by itself before, so it moves by itself."), code="alone")
    if (session.starts_at, session.ends_at, session.zone) == (starts_at, ends_at, zone):
        return
    new = Times(starts_at, ends_at)
    later = [row for row in _held(session, by=by) if not row.moved_alone]
    days = new.day_in(zone) - Times(session.starts_at, session.ends_at).day_in(zone)
    for row in [session, *later]:
        times = new if row is session else moved_by(row, days, like=new, zone=zone)
        put_at(
            row,
            version=version if row is session else row.version,
            times={"starts_at": times.starts_at, "ends_at": times.ends_at, "zone": zone},
            alone=False,
            by=by,
        )
        record_event(by=by, action="session.move", kind="session", public_id=row.public_id)
    series_news.tell_of_moving(session, by=by)


@transaction.atomic
def cancel_following(*, session: Session, because: str, by, key: str) -> None:
    """Cancel a session and all that follow, with one reason."""
    if not Draft.use(author=by, key=key, form="session-cancel") and session.is_cancelled:
        return
    require_host(session, by)
    if session.is_over:
        raise ValidationError(_("This session is over, so it cannot be cancelled."), code="over")
    for row in [session, *_held(session, by=by)]:
        call_off(row, because=because, by=by)
        record_event(by=by, action="session.cancel", kind="session", public_id=row.public_id)
    series_news.tell_of_cancelling(session, by=by)
