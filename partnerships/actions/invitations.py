"""Inviting people, sending an invitation again, taking it back, and what the invited person answers."""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import open_account
from accounts.models import User
from desk import mail
from desk.audit import record_event
from desk.models import Outbox
from partnerships.invitations import (
    KIND_OF_MAIL,
    Invitee,
    Known,
    Place,
    Standing,
    belongs_already,
    holds_address,
    lacks_agreement,
    require_to_invite,
    standing_of,
)
from partnerships.models import Affiliation, Invitation, Membership, Organisation, Partnership
from partnerships.models.invitations import LASTS, hash_of, new_token

from .memberships import admit_member
from .organisations import affiliate
from .partnerships import open_partnership


@transaction.atomic
def invite(*, place: Place, invitee: Invitee, by: User) -> Invitation:
    """Invite one person into a partnership, or to an organisation's people, by a mail with a link of its own.

    A partnership that is a draft is opened by it. Raises PermissionDenied for who may not invite there, ValidationError
    where no agreement is adopted yet, or where the address is not to be invited. That it has an account elsewhere, no
    answer tells.
    """
    known = _begin(place, [invitee], by)
    known.check(invitee.email)
    return _write(place, invitee, by)


@transaction.atomic
def invite_all(*, place: Place, invitees: Sequence[Invitee], by: User) -> list[Invitee]:
    """Invite many, as `invite` does one; return those who were left out, since they cannot be invited any more."""
    known = _begin(place, invitees, by)
    left_out = []
    for invitee in invitees:
        try:
            known.check(invitee.email)
        except ValidationError:
            left_out.append(invitee)
        else:
            invitation = _write(place, invitee, by)
            known.invited[invitation.email] = invitation.public_id
    return left_out


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: User) -> None:
    """Send an invitation again, by who sends it now: with a new link, for seven more days. The old link is dead."""
    row = _locked(invitation)
    require_to_invite(row.place, by=by)
    if row.accepted_at or row.declined_at or row.withdrawn_at:
        raise ValidationError(_("This invitation has been answered, or withdrawn, meanwhile."), code="over")
    try:
        require_to_invite(row.place, duty=row.has_duty, admin=row.organisation_admin, by=by)
    except PermissionDenied:
        raise ValidationError(
            _("A duty comes with this invitation, which you cannot give. Ask who sent it, or withdraw it."), code="duty"
        )
    known = Known(row.place, by=by, among=[])
    known.check(row.email)
    token = new_token()
    row.token_hash = hash_of(token)
    row.invited_by = by
    row.invited_at = timezone.now()
    row.expires_at = row.invited_at + LASTS
    row.save(update_fields=["token_hash", "invited_by", "invited_at", "expires_at"])
    _post(row, token)
    record_event(by=by, action="invitation.renew", kind="invitation", public_id=row.public_id)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back that nobody has answered. Whom it was for is erased."""
    row = _locked(invitation)
    require_to_invite(row.place, by=by)
    if row.accepted_at or row.declined_at or row.withdrawn_at:
        raise ValidationError(_("This invitation has been answered, or withdrawn, meanwhile."), code="over")
    Invitation.objects.filter(pk=row.pk).forget()
    _forget_mails(row)
    record_event(by=by, action="invitation.withdraw", kind="invitation", public_id=row.public_id)


@transaction.atomic
def decline_invitation(*, invitation: Invitation, by: None = None) -> None:
    """Say no, and be forgotten: address and name are erased at once. Whoever has the link can; nobody is named."""
    row = _locked(invitation)
    _require_open(row)
    Invitation.objects.filter(pk=row.pk).update(declined_at=timezone.now(), email="", name="")
    _forget_mails(row)
    record_event(by=by, action="invitation.decline", kind="invitation", public_id=row.public_id)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User) -> Membership | Affiliation:
    """Say yes, once, with an account that has the invited address: a membership or an affiliation begins.

    It is who invited that lets the person in, so they must still be allowed to: the action that lets people in asks
    once more. Raises PermissionDenied for another account, ValidationError with its Standing as the code where the
    invitation is over, and what `admit_member` raises.
    """
    row = _locked(invitation)
    _require_open(row)
    if not holds_address(by, row):
        raise PermissionDenied("It went to another address.")
    if belongs_already(by, row.place):
        raise ValidationError(_("You are here already."), code="there")
    stay: Membership | Affiliation
    if isinstance(row.place, Partnership):
        stay = admit_member(
            partnership=row.place,
            person=by,
            role=row.role,
            own_words=row.own_words,
            organisation=row.organisation,
            learning_partner=row.learning_partner,
            steward=row.steward,
            by=row.invited_by,
        )
    else:
        stay = affiliate(
            person=by, organisation=row.place, job=row.own_words, is_admin=row.organisation_admin, by=row.invited_by
        )
    row.accepted_by, row.accepted_at = by, timezone.now()
    row.save(update_fields=["accepted_by", "accepted_at"])
    record_event(by=by, action="invitation.accept", kind="invitation", public_id=row.public_id)
    return stay


@transaction.atomic
def accept_with_new_account(*, invitation: Invitation, name: str, password: str, by: None = None) -> User:
    """Open an account for the invited address, which its mail has shown to be theirs, and accept with it.

    Raises ValidationError with the code "email_taken" where the address has one, and what `accept_invitation` raises.
    """
    row = _locked(invitation)
    _require_open(row)
    person = open_account(email=row.email, name=name, password=password, by=by)
    accept_invitation(invitation=row, by=person)
    return person


def _begin(place: Place, invitees: Sequence[Invitee], by: User) -> Known:
    """See that the person may invite all of these there, and return whom one cannot invite."""
    _lock(place)
    for duty, admin in {(row.learning_partner or row.steward, row.admin) for row in invitees}:
        require_to_invite(place, duty=duty, admin=admin, by=by)
    if lacks_agreement(place):
        raise ValidationError(
            _("Adopt the agreement first: it says what happens if somebody may come to harm."), code="agreement"
        )
    addresses = [row.email for row in invitees]
    known = Known(place, by=by, among=addresses)
    # Invitations that have run out make room for the new ones.
    Invitation.objects.to(place).unanswered().filter(email__in=addresses, expires_at__lte=timezone.now()).forget()
    return known


def _write(place: Place, invitee: Invitee, by: User) -> Invitation:
    if isinstance(place, Partnership) and place.is_draft:
        open_partnership(partnership=place, by=by)
    token = new_token()
    now = timezone.now()
    invitation = Invitation(
        token_hash=hash_of(token),
        email=invitee.email,
        name=invitee.name,
        own_words=invitee.own_words,
        invited_by=by,
        invited_at=now,
        expires_at=now + LASTS,
    )
    if isinstance(place, Partnership):
        invitation.partnership, invitation.organisation = place, invitee.organisation
        invitation.role = invitee.role
        invitation.learning_partner, invitation.steward = invitee.learning_partner, invitee.steward
    else:
        invitation.organisation, invitation.organisation_admin = place, invitee.admin
    invitation.save()
    _post(invitation, token)
    record_event(
        by=by,
        action="invitation.send",
        kind="invitation",
        public_id=invitation.public_id,
        place=place.slug if isinstance(place, Partnership) else place.public_id,
    )
    return invitation


def _post(invitation: Invitation, token: str) -> None:
    """Put the mail into the outbox: the only place that ever holds the token."""
    site = settings.SITE_URL.rstrip("/")
    mail.post(
        to=invitation.email,
        template="invitation",
        context={
            "invitation": invitation,
            "partnership": invitation.partnership,
            "organisation": invitation.organisation,
            "inviter": invitation.invited_by.name,
            "role": invitation.role_in_words,
            "address": site + reverse("partnerships:invitation-detail", args=[token]),
            "no_address": site + reverse("partnerships:invitation-decline", args=[token]),
        },
        kind=KIND_OF_MAIL,
        about=invitation.public_id,
    )


def _forget_mails(invitation: Invitation) -> None:
    """Erase the mails of the invitation, since they hold the address; one that waits never goes."""
    Outbox.objects.filter(kind=KIND_OF_MAIL, about=invitation.public_id).delete()


def _lock(place: Place) -> None:
    """Lock the place's row, so that nobody is invited, or let in, twice at once; but not its key (`admit_member`)."""
    if isinstance(place, Partnership):
        Partnership.objects.select_for_update(no_key=True).get(pk=place.pk)
    else:
        Organisation.objects.select_for_update(no_key=True).get(pk=place.pk)


def _locked(invitation: Invitation) -> Invitation:
    """Return the invitation as it is now, with its row and its place's locked: the place first, as when inviting."""
    _lock(invitation.place)
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related("partnership", "organisation", "invited_by").get(pk=invitation.pk)


def _require_open(invitation: Invitation) -> None:
    standing = standing_of(invitation)
    if standing != Standing.OPEN:
        raise ValidationError(_("This invitation is over."), code=standing.value)
