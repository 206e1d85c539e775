"""What is asked of people after a session, and what mails tell of it: never a word of it, nor a name."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from convening.models import Attendee, Carrying, Commitment, Objection, Outcome, Session
from convening.models.outcomes import BOXES, last_day_before
from convening.notices import others_in
from desk import notices
from partnerships.asked import Asked
from partnerships.reader import Reader
from records.notices import name_of, space_to_tell_of

PROPOSED = "outcome"
# Home asks for a month; the session's page goes on asking.
ASKED_FOR = timedelta(days=30)


def tell_of_proposal(session: Session, *, by) -> None:
    """Have everybody in the space told that there is an outcome to look at, but who proposed it."""
    notices.notify(people=others_in(session, by), kind=PROPOSED, about=session.public_id)


def proposed_line(person: Any, about: str) -> notices.Line | None:
    """Say in which space there is an outcome to look at, and until when, while one may object to it."""
    reader = Reader(person)
    outcome = _open_to(reader).select_related("session__space").filter(session__public_id=about).first()
    space = space_to_tell_of(reader, outcome.session) if outcome else None
    if outcome is None or space is None or space.partnership is None:
        return None
    words = _("An outcome to look at in %(space)s, by %(day)s")
    return notices.Line(
        place=space.partnership.name,
        words=words % {"space": name_of(space), "day": formats.date_format(outcome.last_day, "l j F")},
        address=f"{outcome.session.get_absolute_url()}#outcome",
    )


def _sessions(reader: Reader):
    # Of what stands and is not folded, no words are withheld from anybody.
    return Session.objects.visible_to(reader).standing().filter(folded_at=None)


def _open_to(reader: Reader):
    return Outcome.objects.open_to_objections().filter(session__in=_sessions(reader))  # type: ignore[attr-defined]


def _to_look_at(reader: Reader):
    """Return the outcomes that wait for the reader: to look at before the day, or as host to mend an objection."""
    mine = Objection.objects.filter(outcome=OuterRef("pk"), version=OuterRef("version"), person=reader.person)
    to_read = Outcome.objects.open_to_objections().exclude(proposed_by=reader.person)  # type: ignore[attr-defined]
    to_mend = Outcome.objects.stopped().filter(session__host=reader.person)  # type: ignore[attr-defined]
    return to_read.exclude(Exists(mine)) | to_mend


def _with_session(outcomes):
    """Fetch the session of each, without what is said at length."""
    left_out = ("session__text", "session__we_assumed", "session__we_now_assume", *BOXES)
    return outcomes.select_related("session__partnership").defer(*left_out)


def _to_carry(reader: Reader):
    """Return the outcomes agreed lately of which the reader, who was there, has not said whether they may travel."""
    there = Attendee.objects.filter(session=OuterRef("session"), person=reader.person, attended=True)
    said = Carrying.objects.filter(outcome=OuterRef("pk"), person=reader.person)
    agreed = Outcome.objects.agreed().filter(agrees_at__gt=timezone.now() - ASKED_FOR)  # type: ignore[attr-defined]
    return agreed.filter(Exists(there), ~Exists(said))


def waiting(reader: Reader):
    """Return the outcomes of which the reader is asked anything: to look at, to mend, or whether they may travel."""
    return perhaps_waiting(reader).filter(session__in=_sessions(reader))


def perhaps_waiting(reader: Reader):
    """Return these, whatever became of their sessions."""
    return (_to_look_at(reader) | _to_carry(reader)).filter(session__space__in=list(reader.spaces))


def asked_about_outcomes(reader: Reader) -> list[Asked]:
    """Return what is asked of the reader about these, each in its own words: first what is not agreed. One query."""
    rows = _with_session(waiting(reader)).order_by("agrees_at", "pk")
    return [_asked_about(row) for row in sorted(rows, key=lambda row: row.is_agreed)]


def _asked_about(outcome: Outcome) -> Asked:
    if outcome.is_agreed:
        title = _("May this outcome be carried further, nobody named?")
        return _asked(outcome.session, title, "carry", _("Say yes or no"))
    if outcome.is_objected_to:
        title, label = _("Somebody objects to an outcome that you proposed"), _("Read why")
    else:
        day = formats.date_format(last_day_before(outcome.agrees_at, outcome.session), "l j F")  # type: ignore[arg-type]
        title, label = _("An outcome, agreed unless somebody objects by %(day)s") % {"day": day}, _("Look at it")
    return _asked(outcome.session, title, "outcome", label)


def due(reader: Reader):
    """Return what the reader has taken on whose day has come, or gone by."""
    return perhaps_due(reader).with_words_for(reader).standing()


def perhaps_due(reader: Reader):
    """Return this, and what was taken back or set aside."""
    mine = Commitment.objects.visible_to(reader).open().of(reader.person)  # type: ignore[attr-defined]
    return mine.filter(due_on__lte=timezone.localdate())


def asked_to_do(reader: Reader) -> list[Asked]:
    """Return what the reader has taken on whose day has come."""
    rows = due(reader).without_texts().select_related("partnership").order_by("due_on", "pk")
    return [
        Asked(
            title=_("You said that you would do this by %(day)s") % {"day": formats.date_format(row.due_on, "l j F")},
            words=row.title,
            where=row.partnership.name if row.partnership else "",
            address=reverse("convening:commitment-detail", args=[row.public_id]),
            label=_("Done, or let go"),
        )
        for row in rows
    ]


def _asked(session: Session, title: str, place: str, label: str) -> Asked:
    return Asked(
        title=title,
        words=session.title,
        where=session.partnership.name if session.partnership else "",
        address=f"{session.get_absolute_url()}#{place}",
        label=label,
    )
