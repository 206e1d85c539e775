"""What is asked of members about decisions that are carried out once nobody objected, and what mails tell of them."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from convening.models import Decision, Occasion, Session
from convening.notices import others_in
from desk import notices
from partnerships.asked import Asked
from partnerships.models import Space
from partnerships.reader import Reader
from records.notices import name_of, space_to_tell_of

DECISION = "decision"


def tell_of_decision(decision: Decision, *, by) -> None:
    """Have everybody told whose silence lets it be carried out, but who wrote it."""
    session = decision.session
    if decision.changes_something and session.space and session.space.kind == Space.Kind.EVERYONE:
        notices.notify(people=others_in(session, by), kind=DECISION, about=session.public_id)


def to_look_at(reader: Reader):
    """Return the decisions whose seven days are not over, and which are carried out unless somebody objects."""
    # Of what stands and is not folded, no words are withheld from anybody.
    sessions = Session.objects.visible_to(reader).standing().filter(folded_at=None)
    sessions = sessions.taking_place().filter(occasion=Occasion.LOOKING_AGAIN)  # type: ignore[attr-defined]
    return perhaps_to_look_at(reader).filter(session__in=sessions)


def perhaps_to_look_at(reader: Reader):
    """Return the decisions of others in spaces of everyone that wait, whatever became of their sessions."""
    spaces = [pk for pk, space in reader.spaces.items() if space.kind == Space.Kind.EVERYONE]
    waiting = Decision.objects.open_to_objections().filter(session__space__in=spaces)  # type: ignore[attr-defined]
    return waiting.exclude(written_by=reader.person)


def decision_line(person: Any, about: str) -> notices.Line | None:
    """Say in which space there is a decision to look at, and until when, while it stands to be looked at."""
    reader = Reader(person)
    rows = to_look_at(reader).filter(session__public_id=about).select_related("session__space__partnership")
    decision = rows.order_by("written_at", "pk").first()
    space = space_to_tell_of(reader, decision.session) if decision else None
    if decision is None or space is None or space.partnership is None:
        return None
    words = _("A decision to look at in %(space)s, until %(day)s")
    return notices.Line(
        place=space.partnership.name,
        words=words % {"space": name_of(space), "day": _last_day(decision)},
        address=f"{decision.session.get_absolute_url()}#looking-again",
    )


def asked_to_look(reader: Reader) -> list[Asked]:
    """Return what the reader is asked to look at: one line for a session, with the day that comes first."""
    rows = to_look_at(reader).select_related("session__partnership").defer("unintended", "session__text")
    first: dict[int, Decision] = {}
    for decision in rows.order_by("written_at", "pk"):
        first.setdefault(decision.session_id, decision)
    return [_asked(decision) for decision in first.values()]


def _asked(decision: Decision) -> Asked:
    session = decision.session
    return Asked(
        title=_("A decision, carried out unless somebody objects by %(day)s") % {"day": _last_day(decision)},
        words=session.title,
        where=session.partnership.name if session.partnership else "",
        address=f"{session.get_absolute_url()}#looking-again",
        label=_("Look at it"),
    )


def _last_day(decision: Decision) -> str:
    return formats.date_format(timezone.localtime(decision.stands_at), "l j F")
