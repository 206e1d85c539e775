"""The doors to sessions, and who runs one. Reading is the one rule's; these ask what may be done."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from partnerships.reader import Reader
from records.access import record_or_404
from records.placing import know_space

from .models import CalendarFeed, Contribution, Session


def session_or_404(reader: Reader, public_id: str) -> Session:
    """Return a session of a space that the reader is in."""
    return record_or_404(reader, Session, public_id)


def open_session_or_404(reader: Reader, public_id: str) -> Session:
    """Return a session in which the reader may do something; PermissionDenied while it is folded or set aside."""
    session = session_or_404(reader, public_id)
    if session.words_withheld or session.set_aside_at:
        raise PermissionDenied("Folded or set aside.")
    return session


def hosted_session_or_404(reader: Reader, public_id: str) -> Session:
    """Return a session that the reader runs; PermissionDenied for the others in its space."""
    session = open_session_or_404(reader, public_id)
    if not is_host(reader, session):
        raise PermissionDenied("Not its host.")
    return session


def live_session_or_404(reader: Reader, public_id: str) -> Session:
    """Return a session for its live page: as `open_session_or_404`, without what only the page of a record tells.

    When something changes, forty people ask for it within a second. What nobody has taken back, folded or set aside is
    withheld from nobody who may know of it, so only of the rest the other half of the rule is asked.
    """
    rows = Session.objects.visible_to(reader).select_related("host", "partnership", "live", "guest_link")
    session = rows.filter(public_id=public_id).first()
    if session is None:
        raise Http404
    if session.folded_at or session.set_aside_at or session.withdrawn_at:
        return open_session_or_404(reader, public_id)
    if space := reader.spaces.get(session.space_id or 0):
        space.partnership = session.partnership
        know_space([session], space)
    return session


def is_host(reader: Reader, session: Session) -> bool:
    """Say whether the reader runs the session: named as its host, and in its space still."""
    return session.host_id == reader.person.pk and session.space_id in reader.spaces


def may_take_over(reader: Reader, session: Session) -> bool:
    """Say whether the reader may become the host without being asked.

    So it is in the hands of those in the space where its host has left, or has not come when its time has.
    """
    if is_host(reader, session) or session.space_id not in reader.spaces or session.is_cancelled:
        return False
    return session.is_running or all(row.person_id != session.host_id for row in session.members_now)


def contributions_to(reader: Reader, session: Session) -> QuerySet[Contribution]:
    """Return what was written for the session, as far as the reader may read it; in an order that tells nothing."""
    readable = Contribution.objects.visible_to(reader).standing().with_words_for(reader)  # type: ignore[attr-defined]
    return readable.filter(within=session).select_related("author", "space__partnership").order_by("public_id")


def contributions_live(reader: Reader, session: Session) -> QuerySet[Contribution]:
    """Return what a live page shows of it: what is folded to its author alone, so that no duty has to be asked for.

    Who looks after the space judges what is folded on the session's page.
    """
    readable = Contribution.objects.visible_to(reader).standing()  # type: ignore[attr-defined]
    unfolded = readable.filter(Q(folded_at=None) | Q(author=reader.person))
    return unfolded.filter(within=session).order_by("public_id")


def feed_or_404(token: str) -> CalendarFeed:
    """Return the calendar feed of that secret address, while its owner's account is open. Nobody is signed in."""
    feed = CalendarFeed.objects.with_token(token).select_related("person").first()
    if feed is None:
        raise Http404
    return feed


def following(reader: Reader, session: Session) -> QuerySet[Session]:
    """Return the sessions after this one in its series that a change of it by the reader takes along: the next first.

    Those that have not begun, stand, and are hosted by the same person; or all of them for who made the series.
    """
    later = Session.objects.filter(series=session.series_id, starts_at__gt=max(session.starts_at, timezone.now()))
    later = later.standing().taking_place().filter(folded_at=None)  # type: ignore[attr-defined]
    if session.series_id is None:
        return later.none()
    return later.filter(Q(host=reader.person) | Q(series__made_by=reader.person)).order_by("starts_at", "pk")
