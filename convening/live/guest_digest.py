"""What an open page of a guest depends on: nothing that a guest may not see changes it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from convening.models import Contribution, GuestLink, SilentWriting, UnsignedNote

from .digests import Digest, in_short

# Contributions whose words guests are shown, once what was written to is revealed to them.
READABLE = Q(space__isnull=False, withdrawn_at=None, set_aside_at=None, folded_at=None)


def digest_for_guests(links: QuerySet[GuestLink]) -> Digest | None:
    """Return what the page of that link's guests shows; None where there is none.

    The members' own digest would tell a guest when something happens that is not for guests. Two queries, and two more
    once something was revealed.
    """
    session = links.values_list(
        *("session__public_id", "closed_at", "session__text", "session__confidentiality", "session__zone"),
        *("session__starts_at", "session__ends_at", "session__cancelled_at"),
        *("session__folded_at", "session__set_aside_at", "session__withdrawn_at"),
        *("session__live__item__public_id", "session__live__item__version"),
        *("session__live__step_began_at", "session__live__step_minutes"),
    ).first()
    if session is None:
        return None
    now = timezone.now()
    hours = (session[5] <= now, session[6] <= now)
    shown = SilentWriting.objects.filter(session__public_id=session[0], is_shown_to_guests=True)
    writings = list(shown.values_list("public_id", "question", "revealed_at"))
    return Digest(in_short((session, hours, writings, _notes(shown) if any(row[2] for row in writings) else [])))


def _notes(shown: QuerySet[SilentWriting]) -> list[Any]:
    """Return what was revealed and how it is sorted. What is not revealed changes nothing, not even its own page."""
    revealed = shown.exclude(revealed_at=None)
    where = ("public_id", "cluster__public_id", "cluster__name")
    signed = Contribution.objects.filter(READABLE, writing__in=revealed).order_by("public_id")
    unsigned = UnsignedNote.objects.filter(writing__in=revealed).order_by("public_id")
    return [*signed.values_list(*where, "version"), *unsigned.values_list(*where)]
