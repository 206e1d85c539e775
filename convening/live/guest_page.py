"""What a guest of a session is shown: its purpose, the agreement in short, the step, what was revealed to guests.

Never who anybody is, whose words these are, how many people there are, or an address within the app. The page of the
members is made elsewhere, so that nothing comes in here by being added there.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from convening.agenda.reading import agenda_of
from convening.forms.guests import GuestNoteForm
from convening.models import Guest, GuestLink, LiveState, Session, SilentWriting, UnsignedNote
from partnerships.agreements import current_agreement

from .guest_digest import digest_for_guests
from .polling import token_for
from .steps import steps_of
from .writing import notes_for_guests

# So much of what a group has agreed on is read while somebody waits at a door.
MOST_LINES = 6


def agreed_in_short(session: Session) -> list[str]:
    """Return the first lines of what the group has agreed on: what its fields say may name people and their numbers."""
    agreement = current_agreement(session.partnership) if session.partnership else None
    lines = agreement.text.splitlines() if agreement else []
    return [line.strip() for line in lines if line.strip()][:MOST_LINES]


@dataclass(frozen=True)
class Box:
    """A writing, and the form for it: none where it is revealed and nobody was typing."""

    writing: SilentWriting
    form: GuestNoteForm | None


def shown_to(request: HttpRequest, guest: Guest, *, form: GuestNoteForm | None = None) -> dict[str, Any]:
    """Return the page of a guest whom the link lets in. `form`: what they sent, where something is wrong with it."""
    session = guest.session
    # Before anything else is asked: what changes while the page is made is then new to it.
    digest = digest_for_guests(GuestLink.objects.filter(session=session))
    steps = steps_of(agenda_of(session), LiveState.objects.filter(session=session).first())
    writings = writings_for_guests(session)
    now = next((row for row in writings if not row.is_revealed), None)
    return {
        "session": session,
        "step": steps.now,
        "number": steps.number,
        "of": len(steps.rows),
        "timer": steps.timer,
        "seen": token_for(request, digest, address=reverse("convening:guest-live", args=[session.guest_link.token]))
        if digest
        else "",
        "writing": now,
        "boxes": [box_of(row, form) for row in writings],
        "own": own_unseen(guest, now),
        "revealed": notes_for_guests(session),
        "agreed": agreed_in_short(session),
        "first_name": guest.first_name,
        "says": _says(now, steps),
    }


def writings_for_guests(session: Session) -> list[SilentWriting]:
    """Return the writings at a session that guests take part in, the last first."""
    return list(SilentWriting.objects.filter(session=session, is_shown_to_guests=True).order_by("-opened_at", "-pk"))


def box_of(writing: SilentWriting, sent: GuestNoteForm | None = None) -> Box:
    """Return the box for a writing, with what was sent for it where something is wrong with that."""
    if sent and sent["writing"].value() == writing.public_id:
        return Box(writing, sent)
    return Box(writing, None if writing.is_revealed else GuestNoteForm(writing=writing))


def own_unseen(guest: Guest, writing: SilentWriting | None) -> list[UnsignedNote]:
    """Return what the guest has written for a writing and nobody else has seen, in the order of writing."""
    if writing is None or writing.is_revealed:
        return []
    return list(UnsignedNote.objects.filter(guest=guest, writing=writing).order_by("made_at", "pk"))


def _says(now: SilentWriting | None, steps) -> str:
    if now:
        return _("Write in silence: %(question)s") % {"question": now.question}
    return _("Now: %(step)s") % {"step": steps.now.heading} if steps.now else ""
