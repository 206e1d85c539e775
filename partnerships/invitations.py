"""What holds for invitations: who may invite, whom, and what has become of one."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from desk.models import Outbox

from .models import Affiliation, Invitation, Membership, Organisation, Partnership, Role
from .permissions import Permission, administers, membership_of, require

Place = Partnership | Organisation
KIND_OF_MAIL = "invitation"


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite. Role, organisation and duties belong to partnerships, `admin` to organisations.

    `own_words` stand beside the role; in an organisation they are the job.
    """

    email: str
    name: str = ""
    role: str = Role.PRACTITIONER
    own_words: str = ""
    organisation: Organisation | None = None
    learning_partner: bool = False
    steward: bool = False
    admin: bool = False

    @property
    def gets_a_duty(self) -> bool:
        """Say whether more than taking part is offered."""
        return self.learning_partner or self.steward or self.admin


class Standing(StrEnum):
    """What has become of an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    # Who invited may no longer invite: the duty has ended, or they have left.
    NOT_ALLOWED = "not allowed"
    # Nobody joins any more.
    CLOSED = "closed"


def standing_of(invitation: Invitation) -> Standing:
    """Say what has become of the invitation, as things are now."""
    if invitation.accepted_at:
        return Standing.ACCEPTED
    if invitation.declined_at:
        return Standing.DECLINED
    if invitation.withdrawn_at:
        return Standing.WITHDRAWN
    if not invitation.is_open:
        return Standing.EXPIRED
    if invitation.partnership and invitation.partnership.is_draft:
        return Standing.CLOSED
    try:
        require_to_invite(
            invitation.place,
            duty=invitation.has_duty,
            admin=invitation.organisation_admin,
            by=invitation.invited_by,
        )
    except PermissionDenied:
        return Standing.NOT_ALLOWED
    return Standing.OPEN


def require_to_invite(place: Place, *, duty: bool = False, admin: bool = False, by: User) -> None:
    """Raise PermissionDenied unless the person may invite there: with a duty, or as an admin, where that is asked."""
    if not by.is_active:
        raise PermissionDenied("The account is closed.")
    if isinstance(place, Partnership):
        mine = membership_of(by, place)
        require(mine, Permission.LOOK_AFTER_PEOPLE)
        if duty:
            require(mine, Permission.GIVE_DUTIES)
    elif not by.is_staff and (admin or not administers(by, place)):
        raise PermissionDenied("Not an admin of this organisation.")


def lacks_agreement(place: Place) -> bool:
    """Say whether nobody can be invited yet, since no agreement says what happens if somebody may come to harm."""
    return isinstance(place, Partnership) and not place.agreements.adopted().exists()


def belongs_already(person: User, place: Place) -> bool:
    """Say whether the person is a member of the partnership, or one of the organisation's people, now."""
    if isinstance(place, Partnership):
        return Membership.objects.of(person).current().filter(partnership=place).exists()
    return Affiliation.objects.of(person).current().filter(organisation=place).exists()


def holds_address(person: Any, invitation: Invitation) -> bool:
    """Say whether the invitation went to an address that the person has shown to be theirs."""
    mine = EmailAddress.objects.filter(user=person.pk, verified=True)
    return bool(invitation.email) and mine.filter(email=invitation.email).exists()


class Known:
    """Whom one cannot invite to a place: oneself, who is there, and who has an open invitation.

    Three queries, however many addresses are asked about. Of members the main address is known to those who look after
    people, and of nobody else is anything said: whether an address has an account, no answer tells.
    """

    def __init__(self, place: Place, *, by: User, among: Collection[str]):
        mine = EmailAddress.objects.filter(user=by, verified=True).values_list("email", flat=True)
        self.mine = {by.email.lower(), *mine}
        stays: Any = (
            Membership.objects.current().filter(partnership=place)
            if isinstance(place, Partnership)
            else Affiliation.objects.current().filter(organisation=place)
        )
        self.there = {address.lower() for address in stays.values_list("person__email", flat=True)}
        invited = Invitation.objects.open().to(place).filter(email__in=list(among))
        self.invited: dict[str, str] = dict(invited.values_list("email", "public_id"))
        self.is_partnership = isinstance(place, Partnership)

    def check(self, email: str) -> None:
        """Raise ValidationError where the address cannot be invited; the code says why."""
        if email in self.mine:
            raise ValidationError(_("This is your own address: you are here already."), code="own")
        if email in self.there:
            words = (
                _("Somebody with this address is a member already.")
                if self.is_partnership
                else _("Somebody with this address is among your people already.")
            )
            raise ValidationError(words, code="there")
        if email in self.invited:
            raise ValidationError(
                _("There is an open invitation to this address. You can send it again."), code="invited"
            )


def may_go(row: Outbox) -> bool:
    """Say, as the mail is about to go, whether the invitation in it can still be accepted by its link.

    One that was sent again since has another link.
    """
    invitation = Invitation.objects.filter(public_id=row.about).select_related("partnership", "invited_by").first()
    if invitation is None or standing_of(invitation) != Standing.OPEN:
        return False
    return row.created_at >= invitation.invited_at
