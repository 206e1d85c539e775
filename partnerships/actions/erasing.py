"""What becomes of memberships, invitations and names when somebody is erased. It is not undone."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.models import Outbox
from partnerships.admitting import end_places
from partnerships.invitations import KIND_OF_MAIL
from partnerships.models import HeldRole, Invitation, Membership, Partnership, Resource, SiteSettings
from partnerships.supervision import let_go

from .memberships import end_membership
from .partnerships import throw_away


@transaction.atomic
def leave_everything(*, name: str, addresses: Collection[str], again: bool, by) -> None:
    """End all stays of `by`, take back their invitations, and let nothing say their name or address any more.

    `again`, after a restore: where nobody else is steward, the member who is learning partner, or has been here
    longest, becomes one. Otherwise ValidationError, for they had to be asked.
    """
    for partnership in Partnership.objects.filter(opened_at=None, started_by=by):
        _throw_away(partnership, by=by)
    for membership in Membership.objects.of(by).filter(ended_at=None).select_related("partnership"):
        if _others(membership).exists():
            end_membership(membership=membership, by=by, successor=_successor(membership) if again else None)
        else:
            _end_alone(membership, by=by)
    _forget_invitations(addresses, by=by)
    _forget_name(name, addresses, by=by)


def _throw_away(partnership: Partnership, *, by) -> None:
    """Delete a draft that nobody else has seen; where another partnership lies in it, leave no word of it."""
    try:
        throw_away(partnership=partnership, by=by)
    except ValidationError:
        Partnership.objects.filter(pk=partnership.pk).update(name=_("A draft that was not opened"), purpose="")


def _others(membership: Membership):
    """Return the stays of the others who are here now, and can sign in."""
    stays = Membership.objects.current().filter(partnership=membership.partnership_id, person__is_active=True)
    return stays.exclude(pk=membership.pk)


def _successor(membership: Membership) -> Membership | None:
    """Return who becomes steward where nobody else is: a learning partner first, then who has been here longest."""
    if not membership.held_role.is_steward or membership.other_stewards().exists():
        return None
    rows = _others(membership).filter(held_roles__ended_at=None)
    return rows.order_by(F("held_roles__is_learning_partner").desc(), "started_at", "pk").first()


def _end_alone(membership: Membership, *, by) -> None:
    """End the stay of the last one here: there is nobody to hand anything over to."""
    now = timezone.now()
    HeldRole.objects.filter(membership=membership, ended_at=None).update(ended_at=now)
    Membership.objects.filter(pk=membership.pk).update(ended_at=now)
    membership.ended_at = now
    end_places(membership)
    let_go(membership)
    record_event(by=by, action="membership.end", kind="membership", public_id=membership.public_id)


def _forget_invitations(addresses: Collection[str], *, by) -> None:
    """Withdraw what they asked and what they are asked, and delete the mails of it, which name who invites."""
    theirs = Q(email__in=addresses)
    mine = Invitation.objects.filter(invited_by=by)
    mails = list(Invitation.objects.filter(theirs | Q(invited_by=by)).values_list("public_id", flat=True))
    Outbox.objects.filter(kind=KIND_OF_MAIL, about__in=mails).delete()
    mine.unanswered().forget()
    Invitation.objects.filter(theirs).unanswered().forget()
    Invitation.objects.filter(theirs | Q(accepted_by=by)).update(email="", name="", own_words="")


def _forget_name(name: str, addresses: Collection[str], *, by) -> None:
    """Take name and address out of the boxes that hold nothing else. What others wrote of them is the others'."""
    # Elsewhere it is somebody else of the same name.
    theirs = Resource.objects.filter(partnership__in=Membership.objects.of(by).values("partnership"))
    theirs.exclude(who="").filter(who__iexact=name).update(who=_("Somebody who has left"))
    for places in (Partnership.objects.all(), SiteSettings.objects.all()):
        known = places.annotate(lower=Lower("concern_email")).filter(lower__in=addresses)
        known.update(concern_name="", concern_email="")
