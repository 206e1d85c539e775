"""What tests about the time after a session begin with, made by the real actions."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from convening import actions
from convening.models import Commitment, Objection, Outcome, Session
from convening.models.outcomes import BOXES
from desk import drafts
from tests import factories as make


def held(cast: Any, *, by: Any = None, space: Any = None, ago: timedelta = timedelta(hours=2), **words: Any) -> Session:
    """Give a session that is over, hosted by the practitioner in the peers' space where nothing else is said."""
    return make.make_session(by=by or cast.practitioner, space=space or cast.peers, begins_in=-ago, **words)


def words(**given: str) -> dict[str, str]:
    return dict.fromkeys(BOXES, "") | (given or {"learned": "That the list is printed twice."})


def note(session: Session, *, by: Any, version: int = 0, key: str = "", **given: str) -> Outcome:
    """Take notes."""
    return actions.note_outcome(
        session=session, version=version, words=words(**given), by=by, key=key or drafts.new_key()
    )


def today(session: Session) -> date:
    return timezone.now().astimezone(session.tzinfo).date()


def propose(session: Session, *, by: Any, days: int = 7) -> Outcome:
    """Propose what is noted, with a day so many days from now."""
    version = Outcome.objects.get(session=session).version
    return actions.propose_outcome(
        session=session, version=version, last_day=today(session) + timedelta(days=days), by=by
    )


def object_to(session: Session, *, by: Any, text: str = "Nobody said that.", key: str = "") -> Objection:
    """Object to what is proposed."""
    version = Outcome.objects.get(session=session).version
    return actions.object_to_outcome(session=session, version=version, text=text, by=by, key=key or drafts.new_key())


def let_its_day_pass(session: Session) -> Outcome:
    """Have the day until which one may object lie back, as it does once it has passed."""
    now = timezone.now()
    Outcome.objects.filter(session=session).update(
        proposed_at=now - timedelta(days=3), agrees_at=now - timedelta(minutes=1)
    )
    return Outcome.objects.get(session=session)


def agreed(cast: Any, *, there: Any = (), **given: Any) -> Session:
    """Give a session with an agreed outcome, at which these people were."""
    session = held(cast, **given)
    host = session.host
    if there:
        actions.note_attendance(session=session, present=[person.public_id for person in there], by=host)
    note(session, by=host)
    propose(session, by=host)
    let_its_day_pass(session)
    return session


def commit(
    session: Session, *, by: Any, doer: Any, what: str = "Ring the ward", due_on: date | None = None, key: str = ""
) -> Commitment:
    """Write a commitment down."""
    return actions.commit(session=session, what=what, doer=doer, due_on=due_on, by=by, key=key or drafts.new_key())
