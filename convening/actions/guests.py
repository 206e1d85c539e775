"""Letting guests into one session, and what they write there. They have no account, so nothing here names one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.changing import require_host, require_live
from convening.guests import hash_for, lets_in
from convening.models import Guest, GuestLink, LiveState, Session, SilentWriting, UnsignedNote
from desk.audit import record_event
from partnerships.models.invitations import hash_of

MOST_GUESTS = 60
MOST_NOTES = 30


@transaction.atomic
def let_guests_in(*, session: Session, by) -> None:
    """Turn on the link for guests, at an address that nobody knows yet; while it is on, that changes nothing."""
    locked = Session.objects.held(session.pk)
    require_host(locked, by)
    if locked.is_over:
        raise ValidationError(_("This session is over."), code="over")
    link = GuestLink.objects.filter(session=locked).first() or GuestLink(session=locked)
    if link.pk and link.is_on:
        return
    link.turn_on(by)
    LiveState.changed(locked)
    record_event(by=by, action="session.let_guests_in", kind="session", public_id=locked.public_id)


@transaction.atomic
def shut_guests_out(*, session: Session, by) -> None:
    """Turn off the link for guests: from then on nobody is shown anything by it. What they wrote stays."""
    locked = Session.objects.held(session.pk)
    require_host(locked, by)
    if not GuestLink.objects.filter(session=locked, closed_at=None).update(closed_at=timezone.now()):
        return
    LiveState.changed(locked)
    record_event(by=by, action="session.shut_guests_out", kind="session", public_id=locked.public_id)


@transaction.atomic
def come_in(*, session: Session, key: str, first_name: str, by: None = None) -> Guest:
    """Let somebody in who holds the address, with a first name or without one. Who comes again may change it.

    Raises: ValidationError where it lets nobody in any more, or sixty are there already.
    """
    locked = Session.objects.held(session.pk)
    _require_open(locked)
    own_hash = hash_for(key, locked)
    guest = Guest.objects.filter(key_hash=own_hash).first()
    if guest is None:
        if Guest.objects.filter(session=locked).count() >= MOST_GUESTS:
            raise ValidationError(
                _("Sixty guests are here already, and that is as many as can be. Ask the host for a place."),
                code="full",
            )
        guest = Guest(session=locked, key_hash=own_hash, joined_at=timezone.now())
    guest.first_name = first_name
    guest.save()
    LiveState.changed(locked)
    return guest


@transaction.atomic
def write_as_guest(*, guest: Guest, writing: str, text: str, key: str, knows: bool, by: None = None) -> UnsignedNote:
    """Keep a note of a guest for that silent writing, by its public id. Sent twice with one key, it is kept once.

    Before the reveal nobody else sees it, nor that it is there. `knows`: the guest was told that all see it at once.

    Raises: ValidationError with code "shown" where what was written has been revealed and the guest does not know.
    """
    _require_open(guest.session)
    held = Guest.objects.select_for_update().get(pk=guest.pk)
    asked = _writing(held, writing)
    # The key is the browser's own, so it is bound to the guest: nobody meets another one's note by it.
    submission = hash_of(f"{held.key_hash}:{key}")[:24]
    same = list(UnsignedNote.objects.filter(writing=asked, submission=submission))
    for note in same:
        if note.text == text:
            return note
    if asked.is_revealed and not knows:
        raise ValidationError(
            _("They were shown while you were writing. Press once more to show yours to all."), code="shown"
        )
    if UnsignedNote.objects.filter(guest=held).count() >= MOST_NOTES:
        raise ValidationError(_("That is thirty notes: as many as one guest can write."), code="many")
    note = UnsignedNote.objects.create(
        writing=asked,
        source=UnsignedNote.Source.GUEST,
        guest=held,
        text=text,
        made_at=timezone.now(),
        submission=submission,
        line=len(same),
    )
    if asked.is_revealed:
        LiveState.changed(held.session)
    return note


@transaction.atomic
def change_as_guest(*, note: UnsignedNote, guest: Guest, text: str, by: None = None) -> None:
    """Put other words in place of a note of one's own that nobody else has seen; ValidationError once they have."""
    _hold_unseen(note, guest)
    UnsignedNote.objects.filter(pk=note.pk, guest=guest).update(text=text)


@transaction.atomic
def delete_as_guest(*, note: UnsignedNote, guest: Guest, by: None = None) -> None:
    """Delete a note of one's own that nobody else has seen; ValidationError once they have."""
    _hold_unseen(note, guest)
    UnsignedNote.objects.filter(pk=note.pk, guest=guest).delete()


def _require_open(session: Session) -> GuestLink:
    """Return the session's link as it is now; ValidationError unless it lets in."""
    require_live(session)
    link = GuestLink.objects.select_related("session").filter(session=session).first()
    if link is None or not lets_in(link):
        raise ValidationError(_("The way in for guests is closed."), code="closed")
    return link


def _writing(guest: Guest, public_id: str) -> SilentWriting:
    """Return a writing that guests read, held until the note is kept: so a reveal comes before it or after it."""
    rows: Any = SilentWriting.objects.select_for_update().filter(session=guest.session, is_shown_to_guests=True)
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise ValidationError(_("That question is not asked any more."), code="gone")
    return found


def _hold_unseen(note: UnsignedNote, guest: Guest) -> None:
    _require_open(guest.session)
    if _writing(guest, note.writing.public_id).is_revealed:
        raise ValidationError(_("All have seen it meanwhile, so it stays as it is."), code="shown")
