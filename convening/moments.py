"""What the timeline of a partnership tells of sessions: that they were held, and what was decided there."""

from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from partnerships.reader import Reader
from records import moments

from .models import Decision, Session
from .models.sessions import Confidentiality

CANCELLED = "cancelled"


def sessions_held(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return the sessions whose time has gone by, each with what came of it where that is agreed on.

    Nothing says who was there, or who hosted. On a timeline for all, the day is the site's, wherever a session was.
    """
    now = timezone.now()
    return moments.tell(
        moments.told_of(Session.objects.filter(ends_at__lte=now), reader, partnership),
        day="starts_at",
        became=Case(When(cancelled_at=None, then=F("confidentiality")), default=Value(CANCELLED)),
        told=_what_came(Q(outcome__agrees_at__lte=now, outcome__stopped_at=None)),
    )


def _what_came(is_agreed: Q) -> Case:
    """Give what was learned; where nothing is said of that, what will be tried, or what stays open."""
    said = [
        When(is_agreed & ~Q(**{f"outcome__{name}": ""}), then=F(f"outcome__{name}"))
        for name in ("learned", "will_try", "questions")
    ]
    return Case(*said, default=Value(""), output_field=TextField())


def of_session(became: str) -> str:
    """Say that a session was cancelled, or under which rule it was held."""
    if became == CANCELLED:
        return _now("Cancelled")
    return str(Confidentiality.CHATHAM_HOUSE.label) if became == Confidentiality.CHATHAM_HOUSE else ""


def decisions_carried_out(reader: Reader, partnership: Partnership) -> QuerySet:
    """Return what sessions decided and somebody carried out; whom a duty was given to is not told.

    What was decided of the phase is told by the phase that began with it.
    """
    sessions = moments.told_of(Session.objects.all(), reader, partnership)
    rows = Decision.objects.filter(session__in=sessions, carried_out_at__isnull=False, phase_change=None)
    return moments.tell(
        rows,
        day="carried_out_at",
        record="session",
        called=Case(
            When(intention__isnull=False, then=F("intention__text")),
            When(about=Decision.About.PHASE, then=F("phase_word")),
            default=F("session__title"),
        ),
        became=Concat("about", Value(":"), "verdict", output_field=CharField()),
        told=Case(When(new_words="", then=F("why")), default=F("new_words")),
    )


def of_decision(became: str) -> str:
    """Say what was decided."""
    about, _colon, verdict = became.partition(":")
    if about != Decision.About.INTENTION:
        return {
            Decision.About.PHASE: _now("Where we are"),
            Decision.About.LEARNING_PARTNER: _now("Who is learning partner"),
            Decision.About.STEWARD: _now("Who is a steward"),
        }[Decision.About(about)]
    return (
        {
            Decision.Verdict.CHANGE: _now("Something we set out to do changes"),
            Decision.Verdict.LET_GO: _now("Something we set out to do is let go"),
        }.get(Decision.Verdict(verdict), "")
        if verdict
        else ""
    )


def register_moments() -> None:
    """Have the timeline tell of sessions and decisions."""
    sort = moments.Sort("session", _("Sessions"))
    moments.register(
        moments.Source("session", (sort,), sessions_held, of_session, told_is=_("What came of it"), kind="session")
    )
    moments.register(
        moments.Source(
            "decision",
            (moments.DECISIONS,),
            decisions_carried_out,
            of_decision,
            kind="session",
            label=_("Decided together"),
        )
    )
