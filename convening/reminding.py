"""Reminding people of a session, a day before it, and of what they said they would do, on its day."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.tasks import task
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from desk import notices
from desk.models.notices import MORNING
from partnerships.reader import Reader
from records.notices import name_of, space_to_tell_of

from .models import Answer, Attendee, Commitment, Session
from .notices import TOMORROW, line_about

AHEAD = timedelta(days=1)
DUE = "commitment_due"


@task
def remind_of_sessions() -> int:
    """Have people told of the sessions that are a day away; return of how many. Each is told of once.

    A session that was convened within its last day is told of already.
    """
    due = Session.objects.standing().taking_place().filter(**_is_near(), folded_at=None)
    due = due.filter(created_at__lte=F("starts_at") - AHEAD).select_related("space")
    return sum(_remind(session) for session in due)


@transaction.atomic
def _remind(session: Session) -> bool:
    """Have everybody in the space told, but who said that they do not come.

    Whoever marks the row reminds: a second tick at the same moment, or a host who moves it, finds nothing to mark.
    """
    mine = Session.objects.taking_place().filter(pk=session.pk, starts_at=session.starts_at, **_is_near())
    if session.space is None or not mine.update(reminded_at=timezone.now()):
        return False
    stays_away = Attendee.objects.filter(session=session, answer=Answer.NO).values("person")
    members = session.space.members().exclude(person__in=stays_away).select_related("person")
    notices.notify(people=[row.person for row in members], kind=TOMORROW, about=session.public_id)
    return True


def _is_near() -> dict[str, Any]:
    now = timezone.now()
    return {"reminded_at": None, "starts_at__gt": now, "starts_at__lte": now + AHEAD}


def tomorrow_line(person: Any, about: str) -> notices.Line | None:
    """Say where and when a session is that comes up, until it has begun, to who has not said that they stay away."""
    if Attendee.objects.filter(session__public_id=about, person=person, answer=Answer.NO).exists():
        return None
    words = _("Coming up: a session in %(space)s, %(when)s")
    return line_about(person, about, words, lambda session: not session.is_cancelled)


@task
def remind_of_commitments() -> int:
    """Have people told, on the morning of its day, of what they said they would do; return of how much. Once each."""
    now = timezone.localtime()
    if now.hour < MORNING:
        return 0
    due = Commitment.objects.standing().open().filter(due_on=now.date(), reminded_at=None, folded_at=None)
    return sum(_remind_doer(commitment) for commitment in due.select_related("doer"))


@transaction.atomic
def _remind_doer(commitment: Commitment) -> bool:
    mine = Commitment.objects.open().filter(pk=commitment.pk, reminded_at=None)
    if not mine.update(reminded_at=timezone.now()):
        return False
    notices.notify(people=[commitment.doer], kind=DUE, about=commitment.public_id)
    return True


def due_line(person: Any, about: str) -> notices.Line | None:
    """Say in which space there is something that the person said they would do by that day, while it is open."""
    reader = Reader(person)
    readable = Commitment.objects.visible_to(reader).with_words_for(reader).standing().open().of(person)
    commitment = readable.filter(public_id=about).first()
    space = space_to_tell_of(reader, commitment)
    if commitment is None or space is None or space.partnership is None or commitment.due_on is None:
        return None
    words = _("Something that you said you would do, from %(space)s, by %(day)s")
    return notices.Line(
        place=space.partnership.name,
        words=words % {"space": name_of(space), "day": formats.date_format(commitment.due_on, "l j F")},
        address=commitment.get_absolute_url(),
    )
