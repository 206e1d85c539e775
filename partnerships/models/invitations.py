"""Invitations: the only way to an account, and into a partnership or an organisation."""

import hashlib
import secrets
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from learnpartner.fields import PublicIdField

from .memberships import Role
from .organisations import Organisation
from .partnerships import Partnership

LASTS = timedelta(days=7)


def new_token() -> str:
    """Give the secret of one invitation: 256 random bits, url-safe. It stands in the mail, and nowhere here."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what is kept of a token. A plain hash will do, since a token cannot be guessed (ASVS 5.0.0-11.4)."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    """Words for finding invitations."""

    def unanswered(self):
        """Return those that nobody has accepted, declined or withdrawn, expired ones among them."""
        return self.filter(accepted_at=None, declined_at=None, withdrawn_at=None)

    def open(self):
        """Return those that can be accepted now."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def to(self, place: Partnership | Organisation):
        """Return those that invite to this partnership, or to the people of this organisation."""
        if isinstance(place, Partnership):
            return self.filter(partnership=place)
        return self.filter(partnership=None, organisation=place)

    def with_token(self, token: str):
        """Return the one that the link of a mail leads to, if any."""
        return self.filter(token_hash=hash_of(token))

    def forget(self) -> int:
        """Withdraw them, and erase whom they were for: nobody needs the address any more."""
        return self.update(withdrawn_at=timezone.now(), email="", name="")


class Invitation(models.Model):
    """One address, invited once: into a partnership with a role, or to an organisation's people.

    Bound to the address, good for seven days and one acceptance. The address is erased when it is declined.
    `organisation` is where the invited person comes from; without a partnership, what they are invited to.
    """

    public_id = PublicIdField()
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True, help_text="As whoever invites knows the person.")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    own_words = models.CharField(max_length=120, blank=True)
    learning_partner = models.BooleanField(default=False)
    steward = models.BooleanField(default=False)
    organisation_admin = models.BooleanField(default=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(partnership=None) & ~Q(role="")) | (Q(partnership=None, role="") & ~Q(organisation=None)),
                name="%(app_label)s_%(class)s_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None) | (~Q(accepted_at=None) & ~Q(accepted_by=None)),
                name="%(app_label)s_%(class)s_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, withdrawn_at=None)
                | Q(accepted_at=None, declined_at=None)
                | Q(accepted_at=None, withdrawn_at=None),
                name="%(app_label)s_%(class)s_has_one_end",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | Q(email="", name=""),
                name="%(app_label)s_%(class)s_declined_forgets_the_address",
            ),
            models.UniqueConstraint(
                fields=["partnership", "email"],
                condition=Q(accepted_at=None, declined_at=None, withdrawn_at=None, partnership__isnull=False),
                name="%(app_label)s_%(class)s_open_once_per_partnership",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, declined_at=None, withdrawn_at=None, partnership__isnull=True),
                name="%(app_label)s_%(class)s_open_once_per_organisation",
            ),
        ]

    def __str__(self):
        return f"invitation {self.pk}"

    @property
    def place(self) -> Partnership | Organisation:
        """Return what it invites to: the partnership, or without one the organisation."""
        return cast(Partnership | Organisation, self.partnership or self.organisation)

    @property
    def has_duty(self) -> bool:
        """Say whether a duty comes with it, which only a steward gives."""
        return self.learning_partner or self.steward

    @property
    def role_in_words(self) -> str:
        """Return the role as it was put for this person, or the partnership's word for it."""
        if self.partnership is None or self.own_words:
            return self.own_words
        return self.partnership.word_for(f"role:{self.role}", self.get_role_display())

    @property
    def is_open(self) -> bool:
        """Say whether it can be accepted now, as far as the row tells."""
        ended = self.accepted_at or self.declined_at or self.withdrawn_at
        return not ended and self.expires_at > timezone.now()
