"""The doors of this room. Who may not know that something exists gets the same answer as where nothing is: 404."""

from django.http import Http404

from .models import Membership, Space
from .reader import Reader


def membership_or_404(reader: Reader, slug: str) -> Membership:
    """Return the reader's current membership of the partnership at that address, partnership included."""
    for membership in reader.memberships.values():
        if membership.partnership.slug == slug:
            return membership
    raise Http404


def space_or_404(reader: Reader, slug: str, public_id: str) -> Space:
    """Return the space of that partnership, which the reader is in."""
    membership = membership_or_404(reader, slug)
    for space in reader.spaces_of(membership.partnership):
        if space.public_id == public_id:
            return space
    raise Http404
