"""The doors for guests of a session: who holds the address of its link, and who has come in by it.

A guest is no reader. There is no account, so the one rule of reading gives them nothing; what they are shown stands in
`convening.live.guest_page`, and these two doors lead there and nowhere else.
"""

import secrets

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest

from partnerships.models.invitations import hash_of
from partnerships.reader import Reader

from .models import Guest, GuestLink, Session, UnsignedNote

# What a visitor's session remembers: one key for a browser. Each session of ours keeps another hash of it.
KEY = "guest_key"
# Addresses that nobody has are asked for so often at most, from one place and in all. Who has come in is not counted.
WRONG = {"guest_link": "60/10m/ip,1000/10m/key"}


def guest_link_or_404(request: HttpRequest, token: str) -> GuestLink:
    """Return the link of that address while it lets people in: turned on, its session near or going on, and standing.

    Whatever the reason, nothing is told of it. After too many wrong addresses the right one is not found either.
    """
    if not _may_guess(request, dry_run=True):
        raise Http404
    link = _links().ever_with_token(token).first()
    if link is None:
        _may_guess(request)
        raise Http404
    if not lets_in(link):
        raise Http404
    return link


def guest_of(request: HttpRequest, token: str) -> Guest | None:
    """Return the guest who comes back to that address with the key of their browser; None for everybody else.

    They stay the guest of a session that is over, or whose link was turned off: `lets_in` says whether they are shown
    anything but that.
    """
    key = request.session.get(KEY)
    link = _links().ever_with_token(token).first() if key else None
    if key is None or link is None:
        return None
    guest = Guest.objects.filter(key_hash=hash_for(key, link.session), session=link.session).first()
    if guest:
        guest.session = link.session
        guest.session.guest_link = link
    return guest


def guest_or_404(request: HttpRequest, token: str) -> Guest:
    """Return the guest who comes back while the link lets in; 404 for everybody else."""
    guest = guest_of(request, token)
    if guest is None or not lets_in(guest.session.guest_link):
        raise Http404
    return guest


def own_note_or_404(guest: Guest, public_id: str) -> UnsignedNote:
    """Return a note that this guest wrote at this session, seen by the others or not."""
    note = UnsignedNote.objects.filter(guest=guest, public_id=public_id).select_related("writing").first()
    if note is None:
        raise Http404
    return note


def lets_in(link: GuestLink) -> bool:
    """Say whether guests are shown something now: it is on, and its session takes place and stands."""
    session = link.session
    stands = not (session.folded_at or session.set_aside_at or session.withdrawn_at)
    return link.is_on and stands and session.is_live


def reads_it_anyway(reader: Reader, session: Session) -> bool:
    """Say whether somebody who is signed in reads the session as one of its space, so needs to be no guest."""
    return reader.person.is_authenticated and Session.objects.visible_to(reader).filter(pk=session.pk).exists()


def key_of(request: HttpRequest) -> str:
    """Return the key of this browser, which its session keeps from now on, until the browser is closed."""
    session = request.session
    if KEY not in session:
        if not request.user.is_authenticated:
            # Whoever knew the session's name before learns nothing by it.
            session.cycle_key()
            session.set_expiry(0)
        session[KEY] = secrets.token_urlsafe(32)
    return session[KEY]


def hash_for(key: str, session: Session) -> str:
    """Return what one session keeps of a key: two sessions cannot tell that the same browser came to both."""
    return hash_of(f"{session.public_id}:{key}")


def _links():
    return GuestLink.objects.select_related("session__partnership", "session__space")


def _may_guess(request: HttpRequest, *, dry_run: bool = False) -> bool:
    usage = ratelimit.consume(
        request, app="convening", action="guest_link", config=WRONG, key="all", limit_get=True, dry_run=dry_run
    )
    return usage is not None
