"""The doors of this room. Who may not know that something exists gets the same answer as where nothing is: 404."""

from django.http import Http404

from .admitting import NAMED
from .models import Admission, Affiliation, Invitation, Membership, Organisation, Partnership, Space
from .permissions import administers
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


def named_space_or_404(reader: Reader, slug: str, public_id: str) -> Space:
    """Return an open space that members of the partnership know of, whether the reader is in it or not."""
    partnership = membership_or_404(reader, slug).partnership
    space = partnership.spaces.filter(kind__in=NAMED, closed_at=None, public_id=public_id).first()
    if space is None:
        raise Http404
    return space


def admission_or_404(reader: Reader, slug: str, public_id: str) -> Admission:
    """Return the question whether somebody comes into a space, for that person and for those inside."""
    mine = membership_or_404(reader, slug)
    about = Admission.objects.select_related("space__partnership", "membership__person", "asked_by__person")
    admission = about.filter(space__partnership=mine.partnership, public_id=public_id).first()
    if admission is None or (admission.membership_id != mine.pk and admission.space_id not in reader.spaces):
        raise Http404
    return admission


def member_or_404(partnership: Partnership, public_id: str) -> Membership:
    """Return somebody's current membership of a partnership that the reader has come into by its door."""
    membership = Membership.objects.current().filter(partnership=partnership, public_id=public_id).with_roles().first()
    if membership is None:
        raise Http404
    return membership


def organisation_or_404(reader: Reader, public_id: str) -> Organisation:
    """Return an organisation that the reader looks after: as one of its admins, or as a site admin."""
    organisation = Organisation.objects.filter(public_id=public_id).first()
    if organisation is None or not (reader.person.is_staff or administers(reader.person, organisation)):
        raise Http404
    return organisation


def affiliation_or_404(reader: Reader, public_id: str, person: str) -> Affiliation:
    """Return somebody's present time with an organisation that the reader looks after, by the person's public id."""
    organisation = organisation_or_404(reader, public_id)
    current = Affiliation.objects.current().select_related("person", "organisation")
    affiliation = current.filter(organisation=organisation, person__public_id=person).first()
    if affiliation is None:
        raise Http404
    return affiliation


def invitation_or_404(token: str) -> Invitation:
    """Return the invitation that the link of a mail leads to. Whoever has the link may know of it, signed in or not."""
    rows = Invitation.objects.with_token(token).select_related("partnership", "organisation", "invited_by")
    invitation = rows.first()
    if invitation is None:
        raise Http404
    return invitation
